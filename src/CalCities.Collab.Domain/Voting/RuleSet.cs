using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>The rules of order that ship; a body picks one.</summary>
[GenerateSerializer, Alias("voting.rules")]
public enum RulesOfOrder
{
    Rosenberg = 0,
    RobertSmallBoard = 1,
}

/// <summary>One motion in one set of rules. Rank: a motion is in order over those of a lower rank. Section is where the rule stands.</summary>
public sealed record MotionRule(
    MotionKind Kind, string Name, bool NeedsSecond, bool Debatable, bool Amendable, Threshold Threshold,
    MotionTime When, MayMove Mover, int Rank, string Section)
{
    /// <summary>Fewer than a quorum may adopt it.</summary>
    public bool WithoutQuorum { get; init; }
}

/// <summary>
/// Rules of order as data. MostMotions: basic motions, amendments and substitutes on the floor together.
/// SubstituteDisposes: an adopted substitute is adopted for good, and the motions under it are moot.
/// VoteAtOnce: a motion that is not debatable is put to the vote before anything else.
/// ReconsideredReturns: the motion itself is on the floor again, not only its item.
/// </summary>
public sealed record RuleSet(
    RulesOfOrder Rules, string Name, int MostMotions, bool ChairMayWaiveSecond, bool FriendlyAmendments, bool WithdrawnAtAnyTime,
    bool SubstituteDisposes, bool VoteAtOnce, bool ReconsideredReturns, ImmutableArray<MotionRule> Motions)
{
    /// <summary>The League's own: Rosenberg's Rules of Order (rev. 2011).</summary>
    public static RuleSet Rosenberg { get; } = new(
        RulesOfOrder.Rosenberg, "Rosenberg's Rules", MostMotions: 3, ChairMayWaiveSecond: true, FriendlyAmendments: true, WithdrawnAtAnyTime: true,
        SubstituteDisposes: true, VoteAtOnce: true, ReconsideredReturns: false,
        [
            Row(MotionKind.Main, "a basic motion", second: true, debate: true, amend: true, Threshold.Majority, MotionTime.NothingPending, 0, "The Basic Motion"),
            Row(MotionKind.Amend, "a motion to amend", second: true, debate: true, amend: true, Threshold.Majority, MotionTime.OnAMotion, 1, "The Motion to Amend"),
            Row(MotionKind.Substitute, "a substitute motion", second: true, debate: true, amend: true, Threshold.Majority, MotionTime.OnAMotion, 1, "The Substitute Motion"),
            Row(MotionKind.LimitDebate, "a motion to limit debate", second: true, debate: false, amend: false, Threshold.TwoThirds, MotionTime.InDebate, 3, "Motion to Limit Debate"),
            Row(MotionKind.CallTheQuestion, "a motion to call the question", second: true, debate: false, amend: false, Threshold.TwoThirds, MotionTime.InDebate, 3, "Motion to Limit Debate"),
            Row(MotionKind.Table, "a motion to table", second: true, debate: false, amend: false, Threshold.Majority, MotionTime.ItemOpen, 4, "Motion to Table"),
            Row(MotionKind.ObjectToConsideration, "an objection to consideration", second: true, debate: false, amend: false, Threshold.TwoThirds, MotionTime.BeforeDebate, 4, "Objection to the Consideration of a Question"),
            Row(MotionKind.CloseNominations, "a motion to close nominations", second: true, debate: false, amend: false, Threshold.TwoThirds, MotionTime.NominationsOpen, 4, "Motion to Close Nominations"),
            Row(MotionKind.OffAgenda, "a finding that an item must be added to the agenda", second: true, debate: true, amend: false, OffAgenda.TwoThirdsOfPresent, MotionTime.OffTheAgenda, 0, "Gov. Code 54954.2(b)(2)"),
            Row(MotionKind.Emergency, "a finding of an emergency", second: true, debate: true, amend: false, Threshold.Majority, MotionTime.OffTheAgenda, 0, "Gov. Code 54954.2(b)(1)"),
            Row(MotionKind.Reconsider, "a motion to reconsider", second: true, debate: true, amend: false, Threshold.Majority, MotionTime.AfterADecision, 0, "Motion to Reconsider") with { Mover = MayMove.PrevailingSide },
            Row(MotionKind.SuspendRules, "a motion to suspend the rules", second: true, debate: true, amend: false, Threshold.TwoThirds, MotionTime.AnyTime, 5, "Motion to Suspend the Rules"),
            Row(MotionKind.Appeal, "an appeal", second: true, debate: true, amend: false, Threshold.Majority, MotionTime.AfterARuling, 6, "Appeal"),
            Row(MotionKind.Recess, "a motion to recess", second: true, debate: false, amend: false, Threshold.Majority, MotionTime.AnyTime, 7, "Motion to Recess") with { WithoutQuorum = true },
            Row(MotionKind.Adjourn, "a motion to adjourn", second: true, debate: false, amend: false, Threshold.Majority, MotionTime.AnyTime, 8, "Motion to Adjourn") with { WithoutQuorum = true },
            Row(MotionKind.FixTimeToAdjourn, "a motion to fix the time to adjourn", second: true, debate: false, amend: false, Threshold.Majority, MotionTime.AnyTime, 9, "Motion to Fix the Time to Adjourn") with { WithoutQuorum = true },
        ]);

    /// <summary>Robert's Rules for boards of about a dozen (RONR 12th ed., 49:21): no second is needed.</summary>
    public static RuleSet RobertSmallBoard { get; } = new(
        RulesOfOrder.RobertSmallBoard, "Robert's Rules for small boards", MostMotions: 3, ChairMayWaiveSecond: false, FriendlyAmendments: false, WithdrawnAtAnyTime: false,
        SubstituteDisposes: false, VoteAtOnce: false, ReconsideredReturns: true,
        [
            Row(MotionKind.Main, "a main motion", second: false, debate: true, amend: true, Threshold.Majority, MotionTime.NothingPending, 0, "RONR 10"),
            Row(MotionKind.Amend, "a motion to amend", second: false, debate: true, amend: true, Threshold.Majority, MotionTime.OnAMotion, 1, "RONR 12"),
            Row(MotionKind.Substitute, "a substitute", second: false, debate: true, amend: true, Threshold.Majority, MotionTime.OnAMotion, 1, "RONR 12:69"),
            Row(MotionKind.LimitDebate, "a motion to limit debate", second: false, debate: false, amend: true, Threshold.TwoThirds, MotionTime.InDebate, 2, "RONR 15"),
            Row(MotionKind.CallTheQuestion, "the previous question", second: false, debate: false, amend: false, Threshold.TwoThirds, MotionTime.InDebate, 3, "RONR 16"),
            Row(MotionKind.Table, "a motion to lay on the table", second: false, debate: false, amend: false, Threshold.Majority, MotionTime.ItemOpen, 4, "RONR 17"),
            Row(MotionKind.ObjectToConsideration, "an objection to consideration", second: false, debate: false, amend: false, Threshold.TwoThirds, MotionTime.BeforeDebate, 4, "RONR 26"),
            Row(MotionKind.CloseNominations, "a motion to close nominations", second: false, debate: false, amend: true, Threshold.TwoThirds, MotionTime.NominationsOpen, 4, "RONR 31"),
            Row(MotionKind.OffAgenda, "a finding that an item must be added to the agenda", second: false, debate: true, amend: false, OffAgenda.TwoThirdsOfPresent, MotionTime.OffTheAgenda, 0, "Gov. Code 54954.2(b)(2)"),
            Row(MotionKind.Emergency, "a finding of an emergency", second: false, debate: true, amend: false, Threshold.Majority, MotionTime.OffTheAgenda, 0, "Gov. Code 54954.2(b)(1)"),
            Row(MotionKind.Reconsider, "a motion to reconsider", second: false, debate: true, amend: false, Threshold.Majority, MotionTime.AfterADecision, 0, "RONR 37:35") with { Mover = MayMove.NotTheLosingSide },
            Row(MotionKind.SuspendRules, "a motion to suspend the rules", second: false, debate: false, amend: false, Threshold.TwoThirds, MotionTime.AnyTime, 5, "RONR 25"),
            Row(MotionKind.Appeal, "an appeal", second: false, debate: true, amend: false, Threshold.Majority, MotionTime.AfterARuling, 6, "RONR 24"),
            Row(MotionKind.Recess, "a motion to recess", second: false, debate: false, amend: true, Threshold.Majority, MotionTime.AnyTime, 7, "RONR 20") with { WithoutQuorum = true },
            Row(MotionKind.Adjourn, "a motion to adjourn", second: false, debate: false, amend: false, Threshold.Majority, MotionTime.AnyTime, 8, "RONR 21") with { WithoutQuorum = true },
            Row(MotionKind.FixTimeToAdjourn, "a motion to fix the time to adjourn", second: false, debate: false, amend: true, Threshold.Majority, MotionTime.AnyTime, 9, "RONR 22") with { WithoutQuorum = true },
        ]);

    public static RuleSet Of(RulesOfOrder rules) => rules switch
    {
        RulesOfOrder.Rosenberg => Rosenberg,
        RulesOfOrder.RobertSmallBoard => RobertSmallBoard,
        _ => throw new System.Diagnostics.UnreachableException($"No rules called {rules}."),
    };

    public MotionRule this[MotionKind kind] => Motions.Single(row => row.Kind == kind);

    /// <summary>A row's rule by name, to stand before a reason or in a derivation: "Rosenberg's Rules, Motion to Adjourn".</summary>
    public string Cite(MotionKind kind) => this[kind].Section is var section && section.StartsWith("Gov.", StringComparison.Ordinal) ? section : $"{Name}, {section}";

    private static MotionRule Row(MotionKind kind, string name, bool second, bool debate, bool amend, Threshold threshold, MotionTime when, int rank, string section) =>
        new(kind, name, second, debate, amend, threshold, when, MayMove.AnyMember, rank, section);
}
