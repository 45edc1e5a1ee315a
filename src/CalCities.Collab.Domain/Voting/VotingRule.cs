namespace CalCities.Collab.Voting;

/// <summary>What a tie does where it would matter.</summary>
[GenerateSerializer, Alias("voting.tie-rule")]
public enum TieRule
{
    Fails = 0,
    /// <summary>A second vote within 48 hours, then rejected (A/520 rule 95), only where a body says so.</summary>
    VoteAgainWithin48Hours = 1,
}

/// <summary>All that decides one vote. Cite: where the rule stands, shown to people.</summary>
[GenerateSerializer, Immutable, Alias("voting.rule")]
public sealed record VotingRule(Threshold Threshold, QuorumRule Quorum, TieRule Tie, bool NotVotingIsPresent, bool UnreachableIsPresent, string Cite)
{
    /// <summary>As most bodies have it: who is present and silent is present, who can't be reached is not.</summary>
    public static VotingRule Of(Threshold threshold, QuorumRule quorum, string cite) =>
        new(threshold, quorum, TieRule.Fails, NotVotingIsPresent: true, UnreachableIsPresent: false, cite);

    /// <summary>Whether a seat there is present for the item.</summary>
    public bool IsPresent(SeatVote vote) => vote switch
    {
        SeatVote.Yes or SeatVote.No or SeatVote.Abstain => true,
        SeatVote.NotVoting => NotVotingIsPresent,
        SeatVote.Unreachable => UnreachableIsPresent,
        SeatVote.Recused or SeatVote.Absent or SeatVote.Vacant => false,
        _ => throw new System.Diagnostics.UnreachableException($"No seat is at {vote}."),
    };

    /// <summary>Whether a seat there is in the number that the share is taken of.</summary>
    public bool IsCounted(SeatVote vote) => Threshold.Base switch
    {
        VoteBase.Cast => vote is SeatVote.Yes or SeatVote.No || (vote is SeatVote.Abstain && Threshold.Abstentions is Abstentions.AsNo or Abstentions.AsYes),
        VoteBase.Present => IsPresent(vote),
        VoteBase.Membership => vote is not SeatVote.Vacant,
        VoteBase.Seats => true,
        _ => throw new System.Diagnostics.UnreachableException($"A share of {Threshold.Base}."),
    };
}
