namespace CalCities.Collab.Voting;

/// <summary>What an appeal does to the chair's ruling.</summary>
[GenerateSerializer, Alias("voting.ruling")]
public enum Ruling
{
    Sustained = 0,
    Overruled = 1,
}

/// <summary>An appeal is a motion to reverse: Yes overrules the chair, and without a majority of Yes the ruling stands, a tie included.</summary>
public static class Appeals
{
    public static Ruling Of(RuleSet rules, int sustain, int overrule) =>
        Tally.Of(VotingRule.Of(rules[MotionKind.Appeal].Threshold, QuorumRule.NotAsked, rules.Cite(MotionKind.Appeal)), new Count(overrule, sustain, 0, 0, 0, 0, 0, 0)).Outcome is VoteOutcome.Adopted
            ? Ruling.Overruled
            : Ruling.Sustained;
}
