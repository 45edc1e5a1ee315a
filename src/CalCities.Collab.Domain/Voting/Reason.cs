using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

/// <summary>Why a move is not lawful. Rule: its name, which the sentence begins with. Yields: a ruling of the chair, or suspending the rules, puts the move in order.</summary>
[GenerateSerializer, Immutable, Alias("voting.reason")]
public sealed record Reason(string Code, string Rule, string Text, bool Yields)
{
    public string Sentence => $"{Rule}: {Text}";

    public Refusal Refusal => new(Code, Sentence);
}

/// <summary>What is said of a move; Warning: it is lawful, and the chair should know something first.</summary>
[GenerateSerializer, Immutable, Alias("voting.move-answer")]
public sealed record MoveAnswer(Move Move, Reason? Against, string? Warning);
