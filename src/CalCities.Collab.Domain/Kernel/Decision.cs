using System.Collections.Immutable;

namespace CalCities.Collab.Kernel;

/// <summary>A fact that stands against a command: a stable code for programs, a sentence for people that says what is missing and what would work.</summary>
[GenerateSerializer, Immutable, Alias("kernel.refusal")]
public sealed record Refusal(string Code, string Sentence);

/// <summary>What a decider answers: events to record (none: all is as asked already), or a refusal.</summary>
public sealed record Decision<TEvent>
{
    private Decision(ImmutableArray<TEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public ImmutableArray<TEvent> Events { get; }
    public Refusal? Refusal { get; }

    public static Decision<TEvent> Accept(params ImmutableArray<TEvent> events) => new(events, null);

    public static implicit operator Decision<TEvent>(TEvent accepted) => Accept(accepted);
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
}

/// <summary>The rules of one aggregate as pure functions: no clock, no chance, no waiting.</summary>
public interface IDecider<TState, TCommand, TEvent>
{
    static abstract TState Initial { get; }
    static abstract Decision<TEvent> Decide(TState state, TCommand command, Circumstances given);
    static abstract TState Fold(TState state, Recorded<TEvent> recorded);

    /// <summary>Raised whenever <see cref="Fold"/> or the state's shape changes: snapshots of another version are ignored.</summary>
    static abstract int FoldVersion { get; }

    /// <summary>What other slices may know; null before there is anything.</summary>
    static abstract Fact? Tell(TState state);
}
