namespace CalCities.Collab.Voting;

/// <summary>What the floor is after a lawful move. Whether it is lawful is <see cref="Moves"/>' to say.</summary>
public static class Course
{
    /// <summary>The floor after a move. An item is called with <see cref="Called"/>, a vote is closed with <see cref="Closed"/>: they bring something with them.</summary>
    public static Floor After(RuleSet rules, Floor floor, Move move) => move.Act switch
    {
        Act.Motion => Made(rules, floor, move),
        Act.CallToOrder or Act.Resume => floor with { Session = FloorPhase.InSession },
        Act.Recess => Business(floor) with { Session = FloorPhase.InRecess },
        Act.Adjourn => Adjourned(floor),
        Act.FinishItem => WithoutItem(floor),
        Act.Second or Act.GoOnWithoutSecond => Top(floor, motion => motion with { TakenUp = true }),
        Act.DeclareNoSecond or Act.Withdraw => Gone(floor),
        Act.OpenRollCall or Act.ObjectToConsent => floor with { Vote = VoteMethod.RollCall },
        Act.OpenHandCount => floor with { Vote = VoteMethod.HandCount },
        Act.AskConsent => floor with { Vote = VoteMethod.UnanimousConsent },
        Act.VoidVote => floor.Vote is null && floor.BeforeVote is { } before ? before with { Quorum = floor.Quorum, Vote = null } : floor with { Vote = null },
        Act.RaisePointOfOrder => floor with { PointOfOrder = true },
        // A ruling while an appeal is pending can't be appealed from in its turn.
        Act.RuleOnPoint => floor with { PointOfOrder = false, Ruled = floor.Motions.All(motion => motion.Kind is not MotionKind.Appeal) },
        Act.OfferFriendlyAmendment or Act.Vote or Act.ObtainQuorum => floor,
        _ => throw new ArgumentException($"{move.Act} brings something with it.", nameof(move)),
    };

    /// <summary>The chair has called an item.</summary>
    public static Floor Called(Floor floor, FloorItem item) => Business(WithoutItem(floor)) with { Item = item };

    /// <summary>Someone has spoken in debate.</summary>
    public static Floor Spoken(Floor floor) =>
        Business(floor.Top is null ? floor : Top(floor, motion => motion with { Debated = true })) with { Item = floor.Item is null ? null : floor.Item with { Debated = true } };

    /// <summary>The chair has closed the open vote, on the motion that was made last.</summary>
    /// <exception cref="InvalidOperationException">No vote is open.</exception>
    public static Floor Closed(RuleSet rules, Floor floor, VoteOutcome outcome)
    {
        if (floor is not { Top: { } top, Vote: not null })
        {
            throw new InvalidOperationException("No vote is open.");
        }

        var put = floor with { Vote = null, BeforeVote = null };
        return outcome switch
        {
            VoteOutcome.NoQuorum or VoteOutcome.VoteAgain => put,
            VoteOutcome.Rejected => Decided(Gone(put), top) with { BeforeVote = put },
            VoteOutcome.Adopted => Adopted(rules, Gone(put), top) is var after && after.Session is FloorPhase.Adjourned ? after : after with { BeforeVote = put },
            _ => throw new System.Diagnostics.UnreachableException($"No floor after {outcome}."),
        };
    }

    private static Floor Made(RuleSet rules, Floor floor, Move move)
    {
        var under = Business(floor.Top is null ? floor : Top(floor, motion => motion with { Debated = true }));
        return under with
        {
            Motions = under.Motions.Add(new PendingMotion(move.Motion!.Value, TakenUp: !rules[move.Motion.Value].NeedsSecond, Debated: false, DebateClosed: false)),
            RuledInOrder = under.RuledInOrder.Remove(move),
        };
    }

    /// <summary>The floor with a motion adopted that is off it already.</summary>
    private static Floor Adopted(RuleSet rules, Floor floor, PendingMotion motion) => motion.Kind switch
    {
        MotionKind.Main or MotionKind.Amend => Decided(floor, motion),
        MotionKind.Substitute => rules.SubstituteDisposes
            ? Decided(floor with { Motions = [] }, motion)
            : floor with { Motions = [floor.Motions[0]] },
        MotionKind.Adjourn => Adjourned(floor),
        MotionKind.Recess => floor with { Session = FloorPhase.InRecess },
        MotionKind.Table or MotionKind.ObjectToConsideration => WithoutItem(floor),
        MotionKind.CallTheQuestion => Top(floor, under => under with { DebateClosed = true }),
        MotionKind.CloseNominations => floor with { Nominations = false },
        MotionKind.SuspendRules => floor with { RulesSuspended = true },
        MotionKind.Reconsider => floor with
        {
            Decided = false,
            Motions = rules.ReconsideredReturns ? [new PendingMotion(MotionKind.Main, TakenUp: true, Debated: true, DebateClosed: false)] : [],
        },
        MotionKind.Appeal => floor with { Ruled = false },
        MotionKind.OffAgenda or MotionKind.Emergency => floor with { Item = floor.Item! with { Found = true } },
        MotionKind.FixTimeToAdjourn or MotionKind.LimitDebate => floor,
        _ => throw new System.Diagnostics.UnreachableException($"Nothing follows from {motion.Kind}."),
    };

    /// <summary>A motion of substance with none under it is a decision, which can be reconsidered; what was decided upon a motion to do that can't again.</summary>
    private static Floor Decided(Floor floor, PendingMotion motion) =>
        motion.Kind is MotionKind.Reconsider ? floor with { Decided = false }
        : motion.Kind is MotionKind.Appeal ? floor with { Ruled = false }
        : motion.IsOfSubstance && floor.Motions.IsEmpty ? floor with { Decided = true }
        : floor;

    /// <summary>Other business: no appeal from the last ruling any more, and the last vote stands.</summary>
    private static Floor Business(Floor floor) => floor with { Ruled = false, BeforeVote = null };

    private static Floor Adjourned(Floor floor) => WithoutItem(floor) with { Session = FloorPhase.Adjourned };

    private static Floor WithoutItem(Floor floor) => Business(floor) with { Item = null, Motions = [], Vote = null, PointOfOrder = false, RulesSuspended = false, RuledInOrder = [] };

    private static Floor Gone(Floor floor) => floor with { Motions = floor.Motions[..^1] };

    private static Floor Top(Floor floor, Func<PendingMotion, PendingMotion> changed) => floor with { Motions = floor.Motions.SetItem(floor.Motions.Length - 1, changed(floor.Top!)) };
}
