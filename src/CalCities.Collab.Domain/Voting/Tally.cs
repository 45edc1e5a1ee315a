namespace CalCities.Collab.Voting;

/// <summary>The arithmetic of one vote, in whole numbers.</summary>
public sealed record Tally
{
    private Tally(VotingRule rule, Count count)
    {
        (Rule, Count) = (rule, count);
        Present = Enum.GetValues<SeatVote>().Where(rule.IsPresent).Sum(count.At);
        QuorumNeeded = rule.Quorum.Needed(count.Seats, count.Membership);

        var without = Enum.GetValues<SeatVote>().Where(rule.IsCounted).Sum(count.At);
        Concurring = rule.Threshold.Abstentions is Abstentions.ConcurIfOneShort && count.Abstain > 0 && count.Yes + 1 == rule.Threshold.Needed(without) ? 1 : 0;
        Denominator = without + (rule.Threshold.Base is VoteBase.Cast ? Concurring : 0);
        Needed = rule.Threshold.Needed(Denominator);
        Given = count.Yes + (rule.Threshold.Abstentions is Abstentions.AsYes ? count.Abstain : Concurring);
    }

    public static Tally Of(VotingRule rule, Count count) =>
        count.IsCount ? new(rule, count) : throw new ArgumentException($"{count} is no count of seats.", nameof(count));

    public VotingRule Rule { get; }
    public Count Count { get; }

    /// <summary>Present for the item, by the body's rule.</summary>
    public int Present { get; }
    public int QuorumNeeded { get; }

    public int Denominator { get; }
    public int Needed { get; }
    public int Given { get; }

    /// <summary>Abstentions (one at most) that concur because one Yes is missing.</summary>
    public int Concurring { get; }

    public VoteOutcome Outcome =>
        Present < QuorumNeeded ? VoteOutcome.NoQuorum
        : Given >= Needed ? VoteOutcome.Adopted
        : Rule.Tie is TieRule.VoteAgainWithin48Hours && Count.Yes == Count.No && Count.Yes > 0 ? VoteOutcome.VoteAgain
        : VoteOutcome.Rejected;

    /// <summary>How many of the seats there are in the denominator.</summary>
    public int Counted(SeatVote vote) =>
        Rule.IsCounted(vote) ? Count.At(vote)
        : vote is SeatVote.Abstain && Rule.Threshold.Base is VoteBase.Cast ? Concurring
        : 0;
}
