namespace CalCities.Collab.Voting;

/// <summary>How many of the recused are drawn by lot to take part, and who is there then.</summary>
[GenerateSerializer, Immutable, Alias("voting.lot")]
public sealed record Lot(int Draw, int OfRecused, int PresentAfter);

/// <summary>What recusals do to a body's power to act.</summary>
public static class Recusals
{
    /// <summary>
    /// Those who must be drawn by lot so that enough are there to act: for an item that needs so many Yes, that many are its quorum (2 CCR 18705).
    /// Null where none need be drawn, or all the recused would not suffice.
    /// </summary>
    public static Lot? ToDraw(VotingRule rule, Count count)
    {
        var tally = Tally.Of(rule, count);
        var required = rule.Threshold.Base is VoteBase.Membership or VoteBase.Seats ? Math.Max(tally.Needed, tally.QuorumNeeded) : tally.QuorumNeeded;
        var missing = required - tally.Present;
        return missing <= 0 || missing > count.Recused ? null : new(missing, count.Recused, required);
    }
}
