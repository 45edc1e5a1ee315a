using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>What a vote came to.</summary>
[GenerateSerializer, Alias("voting.outcome")]
public enum VoteOutcome
{
    Adopted = 0,
    Rejected = 1,
    /// <summary>Nothing is decided.</summary>
    NoQuorum = 2,
    /// <summary>A tie, where the body's rule asks for a second vote.</summary>
    VoteAgain = 3,
}

/// <summary>The seats that stand in one place: how many, how many of them count, who they are (if named) and why.</summary>
[GenerateSerializer, Immutable, Alias("voting.portion")]
public sealed record Portion(SeatVote Vote, int Seats, int Counted, string Why, ImmutableArray<string> Names);

/// <summary>Some seats that would stand elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("voting.shift")]
public sealed record Shift(SeatVote From, SeatVote To, int Seats);

/// <summary>
/// Why a vote came out as it did. A pure function of the rule and the count: computed again from the log it is the same to the byte.
/// Given and Needed are Yes votes (with abstentions where the rule makes them so), GivenShare their share of the Denominator (null: of nobody).
/// Flip is the smallest change that would have brought the other result (or a quorum); empty when none would.
/// </summary>
[GenerateSerializer, Immutable, Alias("voting.derivation")]
public sealed record Derivation(
    VoteOutcome Outcome, VotingRule Rule, string RuleText, Count Count, ImmutableArray<Portion> Portions,
    int Denominator, int Needed, int Given, Fraction? GivenShare, int QuorumNeeded, int QuorumPresent, ImmutableArray<Shift> Flip)
{
    /// <summary>Why it passed or failed, for people: one short sentence a line.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableArray<string> Sentences => DerivationWords.Of(this);

    /// <summary>Counted by hand, or not to be named.</summary>
    public static Derivation Of(VotingRule rule, Count count) => Of(rule, count, []);

    /// <summary>Called by name: each seat of the body is on the roll once.</summary>
    public static Derivation Of(VotingRule rule, ImmutableArray<RollLine> roll) => Of(rule, Count.Of(roll), roll);

    private static Derivation Of(VotingRule rule, Count count, ImmutableArray<RollLine> roll)
    {
        var tally = Tally.Of(rule, count);
        return new(
            tally.Outcome, rule, DerivationWords.Text(rule), count,
            [
                .. from vote in Enum.GetValues<SeatVote>()
                   where count.At(vote) > 0
                   let counted = tally.Counted(vote)
                   select new Portion(vote, count.At(vote), counted, DerivationWords.Why(rule, vote, counted), [.. roll.Where(line => line.Vote == vote && line.Name.Length > 0).Select(line => line.Name)]),
            ],
            tally.Denominator, tally.Needed, tally.Given, tally.Denominator == 0 ? null : new Fraction(tally.Given, tally.Denominator),
            tally.QuorumNeeded, tally.Present, Flips.Of(rule, count));
    }
}
