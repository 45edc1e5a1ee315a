using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

/// <summary>When a chair who is a member votes.</summary>
[GenerateSerializer, Alias("voting.chair-votes")]
public enum ChairVotes
{
    AsAnyMember = 0,
    /// <summary>To make or break a tie, or to make or break two thirds (RONR 12th ed., 44:12).</summary>
    WhenItDecides = 1,
    ToBreakATie = 2,
}

/// <summary>The chair's own vote.</summary>
public static class ChairsVote
{
    /// <summary>What stands against the chair's vote on this count, in which a chair who may still vote is one of those not voting; null when it counts.</summary>
    public static Refusal? Against(ChairVotes when, VotingRule rule, Count count, bool isMember, bool hasVoted, bool secret, SeatVote vote) =>
        !isMember ? VotingRefusals.ChairNotAMember
        : hasVoted ? VotingRefusals.ChairAlreadyVoted
        // In a secret ballot the chair votes with the others, while nobody knows what it would decide.
        : when is ChairVotes.AsAnyMember || secret ? null
        : when is ChairVotes.ToBreakATie && count.Yes != count.No ? VotingRefusals.ChairOnlyBreaksTies
        : Tally.Of(rule, count).Outcome == Tally.Of(rule, Cast(count, vote)).Outcome ? VotingRefusals.ChairDecidesNothing
        : null;

    public static Count Cast(Count count, SeatVote vote) => count.With(SeatVote.NotVoting, vote, 1);
}
