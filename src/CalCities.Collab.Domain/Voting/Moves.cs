using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>The lawful moves: for each that there is, that it is in order, or why it is not.</summary>
public static class Moves
{
    public const string CommentNotHeard = "Public comment on this item has not been heard yet.";

    /// <summary>Every move, in the order of <see cref="Move.All"/>.</summary>
    public static ImmutableArray<MoveAnswer> Of(RuleSet rules, Floor floor, Mover who) =>
        [.. Move.All.Select(move => new MoveAnswer(move, Against(rules, floor, who, move), Warning(floor, move)))];

    /// <summary>The first thing that stands against a move; null when it is in order.</summary>
    public static Reason? Against(RuleSet rules, Floor floor, Mover who, Move move)
    {
        var lifted = floor.RulesSuspended || floor.RuledInOrder.Contains(move);
        return All(new Judge(rules, floor, who, move)).FirstOrDefault(reason => !(lifted && reason.Yields));
    }

    private static IEnumerable<Reason> All(Judge judge) =>
        new[] { judge.Meeting(), judge.Person(), judge.Quorum(), judge.PointOfOrder(), judge.OpenVote() }.OfType<Reason>().Concat(judge.Itself());

    private static string? Warning(Floor floor, Move move) =>
        move.Act is Act.OpenRollCall or Act.OpenHandCount or Act.AskConsent
        && floor is { Item: { CommentHeard: false, Kind: ItemKind.Action or ItemKind.Consent }, Top.IsOfSubstance: true }
            ? CommentNotHeard
            : null;

    /// <summary>One move of one person on one floor.</summary>
    private sealed class Judge(RuleSet rules, Floor floor, Mover who, Move move)
    {
        private readonly MotionRule? top = floor.Top is { } pending ? rules[pending.Kind] : null;

        public Reason? Meeting() => (floor.Session, move.Act) switch
        {
            (FloorPhase.Adjourned, _) => Never("Adjourned", "the meeting is adjourned."),
            (FloorPhase.NotCalled, Act.CallToOrder or Act.Adjourn) => null,
            (FloorPhase.NotCalled, _) => Never("NotCalled", "the meeting has not been called to order."),
            (FloorPhase.InRecess, Act.Resume or Act.Adjourn) => null,
            (FloorPhase.InRecess, _) => Never("InRecess", "the body is in recess. The chair resumes the meeting."),
            (FloorPhase.InSession, Act.CallToOrder) => Never("Called", "the meeting is called to order already."),
            (FloorPhase.InSession, Act.Resume) => Never("NotInRecess", "the body is not in recess."),
            _ => null,
        };

        public Reason? Person() => move.Act switch
        {
            _ when who.Recused && floor.Item is not null => new("Recused", "2 CCR 18707", who.Chairs
                ? "you are recused from this item. Ask the vice chair to take the chair for it."
                : "you are recused from this item, and take no part in it.", Yields: false),
            Act.CallToOrder or Act.CallItem or Act.FinishItem or Act.GoOnWithoutSecond or Act.DeclareNoSecond or Act.OpenRollCall or Act.OpenHandCount
                or Act.AskConsent or Act.CloseVote or Act.VoidVote or Act.RuleOnPoint or Act.ObtainQuorum or Act.Recess or Act.Resume or Act.Adjourn =>
                who.Chairs ? null : Never("ChairOnly", "the chair does this."),
            Act.Motion or Act.Second or Act.Withdraw or Act.OfferFriendlyAmendment or Act.ObjectToConsent or Act.Vote or Act.RaisePointOfOrder =>
                who.Votes ? null : Never("MembersOnly", "a member who is present and votes here does this."),
            _ => throw new System.Diagnostics.UnreachableException($"Nobody is named for {move.Act}."),
        };

        public Reason? Quorum() => move.Act switch
        {
            _ when floor.Session is not FloorPhase.InSession => null,
            Act.ObtainQuorum => floor.Quorum ? Never("QuorumHolds", "a quorum is present.") : null,
            Act.RuleOnPoint or Act.Recess or Act.Adjourn or Act.CloseVote or Act.VoidVote => null,
            Act.Motion when rules[move.Motion!.Value].WithoutQuorum => null,
            // What such a motion needs to be seconded, put and voted.
            Act.Second or Act.GoOnWithoutSecond or Act.DeclareNoSecond or Act.Withdraw or Act.OpenRollCall or Act.OpenHandCount or Act.AskConsent or Act.ObjectToConsent or Act.Vote
                when top?.WithoutQuorum == true => null,
            _ => floor.Quorum ? null : Never("NoQuorum", "without a quorum the body may only adjourn, recess, fix the time to meet again, or call the absent."),
        };

        public Reason? PointOfOrder() => (floor.PointOfOrder, move.Act) switch
        {
            (true, Act.RuleOnPoint) => null,
            (true, _) when floor.Session is FloorPhase.InSession => Never("PointOfOrder", "a point of order halts everything until the chair rules on it."),
            (false, Act.RuleOnPoint) => Never("NoPoint", "no point of order is raised."),
            _ => null,
        };

        public Reason? OpenVote() => (floor.Vote, move.Act) switch
        {
            (null, Act.Vote or Act.CloseVote or Act.ObjectToConsent) => Never("NoVoteOpen", "no vote is open."),
            (null, Act.VoidVote) when floor.BeforeVote is null => Never("NothingToVoid", "only an open vote, or the last one before other business, can be made void."),
            (null, _) => null,
            (_, Act.CloseVote or Act.VoidVote or Act.RaisePointOfOrder or Act.RuleOnPoint or Act.ObtainQuorum) => null,
            (VoteMethod.RollCall, Act.Vote) => null,
            (VoteMethod.HandCount, Act.Vote) => Never("HandsCounted", "hands are counted in the room. The clerk enters the numbers."),
            (VoteMethod.UnanimousConsent, Act.ObjectToConsent) => null,
            (VoteMethod.UnanimousConsent, Act.Vote) => Never("ConsentAsked", "the chair asks for unanimous consent. Object, and the roll is called."),
            (_, Act.ObjectToConsent) => Never("NoConsentAsked", "the chair has not asked for unanimous consent."),
            _ => Never("VoteOpen", "a vote is open. This has to wait until the chair closes it."),
        };

        public IEnumerable<Reason> Itself() => move.Act switch
        {
            Act.Motion => Motion(rules[move.Motion!.Value]),
            Act.CallItem => Some(
                floor.Item is not null ? Never("ItemOpen", "an item is open. It is finished first.") : null,
                OnTheFloor()),
            Act.FinishItem => Some(
                floor.Item is null ? Never("NoItem", "no item is open.") : null,
                OnTheFloor()),
            Act.Recess or Act.Adjourn => Some(floor.Quorum && OnTheFloor() is { } reason ? reason with { Yields = true } : null),
            Act.Second => Some(
                Waits() ? null : Never("NothingToSecond", top is { NeedsSecond: false } ? $"{top.Name} needs no second." : "no motion waits for a second."),
                who.Made ? Never("OwnMotion", "who made a motion doesn't second it.") : null),
            Act.GoOnWithoutSecond => Some(
                Waits() ? null : Never("NothingToSecond", "no motion waits for a second."),
                rules.ChairMayWaiveSecond ? null : Order("SecondNeeded", "a motion needs a second before it is taken up.")),
            Act.DeclareNoSecond => Some(Waits() ? null : Never("NothingToSecond", "no motion waits for a second.")),
            Act.Withdraw => Some(
                NothingMoved(),
                who.Made ? null : Never("NotYours", "only who made the motion that is taken next withdraws it."),
                !rules.WithdrawnAtAnyTime && floor.Top?.Debated == true ? Order("BelongsToTheBody", "once it is debated a motion belongs to the body. The chair asks whether anyone objects.") : null),
            Act.OfferFriendlyAmendment => Some(
                NothingMoved(),
                rules.FriendlyAmendments ? null : Order("NotFriendly", "a friendly amendment is an amendment like any other. Move to amend."),
                top is { Amendable: false } ? Order("NotAmendable", $"{top.Name} can't be amended.") : null,
                WaitsFor(),
                DebateClosed()),
            Act.OpenRollCall => Some(NothingMoved(), WaitsFor()),
            Act.OpenHandCount or Act.AskConsent => Some(
                NothingMoved(),
                floor.RollCallOnly ? new("RollCallOnly", "Gov. Code 54953", "someone takes part from elsewhere, so every vote is a roll call.", Yields: false) : null,
                WaitsFor()),
            Act.CallToOrder or Act.Resume or Act.ObjectToConsent or Act.Vote or Act.CloseVote or Act.VoidVote or Act.RaisePointOfOrder or Act.RuleOnPoint or Act.ObtainQuorum => [],
            _ => throw new System.Diagnostics.UnreachableException($"No rule for {move.Act}."),
        };

        private IEnumerable<Reason> Motion(MotionRule row) =>
            Some(Time(row)).Concat(Some(
                // Amendments stand on one another, as many as there may be motions; of the others one each.
                row.When is not MotionTime.OnAMotion && floor.Motions.Any(motion => motion.Kind == row.Kind) ? Never("OnTheFloor", $"{row.Name} is on the floor already.") : null,
                WaitsFor(),
                DebateIsShut(row),
                rules.VoteAtOnce && top is { Debatable: false } ? Order("VotedAtOnce", $"{top.Name} is not debatable, and is voted at once.") : null,
                row.When is not MotionTime.OnAMotion && top is not null && row.Rank <= top.Rank ? Order("Outranked", $"{top.Name} is decided before {row.Name}.") : null,
                By(row)));

        private Reason? Time(MotionRule row) => row.When switch
        {
            MotionTime.NothingPending =>
                floor.Item is null ? Never("NoItem", "a motion is made on an item. The chair calls one first.")
                : floor.Item is { Posted: false, Found: false } ? new("NotPosted", "Gov. Code 54954.2", "this item is not on the posted agenda. Move a finding first.", Yields: false)
                : floor.Motions.Count(motion => motion.IsOfSubstance) is var floorNow && floorNow >= rules.MostMotions ? Full()
                : floorNow > 0 ? Never("OnTheFloor", $"{rules[MotionKind.Main].Name} is on the floor. Move to amend it, or move a substitute.")
                : OnTheFloor() is { } pending ? pending
                : floor.Item.Kind is ItemKind.Informational or ItemKind.PublicComment ? Order("NotForAction", "this item is not for action.")
                : null,
            MotionTime.OnAMotion =>
                floor.Motions.Count(motion => motion.IsOfSubstance) >= rules.MostMotions ? Full()
                : floor.Top is not { IsOfSubstance: true } ? Never("NothingToChange", "there is no motion here that could be changed.")
                : null,
            MotionTime.InDebate =>
                floor.Top is null ? Never("NothingMoved", "no motion is on the floor.")
                : !top!.Debatable ? Never("NotDebatable", $"{top.Name} is not debatable.")
                : null,
            MotionTime.ItemOpen => floor.Item is null ? Never("NoItem", "no item is open.") : null,
            MotionTime.BeforeDebate =>
                floor.Item is null ? Never("NoItem", "no item is open.")
                : floor.Item.Debated || floor.Motions.Any(motion => motion.Debated || motion.Kind is not MotionKind.Main) ? Order("Debated", $"{row.Name} comes before any debate.")
                : null,
            MotionTime.AnyTime => row.Kind is MotionKind.SuspendRules && floor.RulesSuspended ? Never("Suspended", "the rules are suspended already.") : null,
            MotionTime.NominationsOpen => floor.Nominations ? null : Never("NoNominations", "no nominations are open."),
            MotionTime.AfterADecision => !floor.Decided ? Never("NothingDecided", "nothing was decided in this meeting.") : OnTheFloor(),
            MotionTime.AfterARuling => floor.Ruled ? null : Never("NoRuling", "an appeal follows at once upon a ruling of the chair, and there is none."),
            MotionTime.OffTheAgenda =>
                floor.Item is not { Posted: false, Found: false } ? Never("NoFindingNeeded", "the body may act on what is before it without a finding.")
                : OnTheFloor(),
            _ => throw new System.Diagnostics.UnreachableException($"No time for {row.When}."),
        };

        private Reason? By(MotionRule row) => (row.Mover, who.LastVote) switch
        {
            (MayMove.AnyMember, _) or (_, VotedSide.Prevailing) or (MayMove.NotTheLosingSide, VotedSide.DidNotVote) => null,
            (MayMove.PrevailingSide, _) => Order("NotPrevailing", $"{row.Name} is made by a member who voted on the side that won."),
            (MayMove.NotTheLosingSide, _) => Order("NotPrevailing", $"{row.Name} is not made by a member who voted on the side that lost."),
            _ => throw new System.Diagnostics.UnreachableException($"Nobody may make {row.Kind}."),
        };

        private Reason Full() => Never("ThreeMotions", $"{rules.MostMotions} motions are on the floor, and no more may be. The last one is decided first.");

        private Reason? DebateIsShut(MotionRule row) => row.When is MotionTime.OnAMotion or MotionTime.InDebate ? DebateClosed() : null;

        private Reason? DebateClosed() => floor.Top?.DebateClosed == true ? Order("DebateClosed", $"debate on {top!.Name} is closed. The vote follows.") : null;

        private Reason? NothingMoved() => floor.Top is null ? Never("NothingMoved", "no motion is on the floor.") : null;

        private Reason? OnTheFloor() => top is null ? null : Never("OnTheFloor", $"{top.Name} is on the floor. It is decided first.");

        private bool Waits() => floor.Top is { TakenUp: false };

        private Reason? WaitsFor() => Waits() ? Order("NoSecond", $"{top!.Name} waits for a second.") : null;

        private Reason Never(string code, string text) => new(code, rules.Name, text, Yields: false);

        private Reason Order(string code, string text) => new(code, rules.Name, text, Yields: true);

        private static IEnumerable<Reason> Some(params ImmutableArray<Reason?> reasons) => reasons.OfType<Reason>();
    }
}
