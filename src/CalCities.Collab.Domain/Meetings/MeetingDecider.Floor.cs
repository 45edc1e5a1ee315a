using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>Motions and points of order. What is in order, the body's rules of order say (<see cref="Lawful"/>); what the floor is afterwards, <see cref="Course"/>.</summary>
public sealed partial class MeetingDecider
{
    private static Decision<MeetingEvent> MakeMotion(Meeting.Sitting m, MeetingCommand.MakeMotion c, Actor.Person by)
    {
        var session = m.Session;
        if (TakesPart(m, c.Seat, by, MeetingRights.Move, Voting.Move.Make(c.Kind)) is { } refusal)
            return refusal;
        if (session.Power == GroupPower.Shares && c.Kind is not (MotionKind.Adjourn or MotionKind.Recess or MotionKind.FixTimeToAdjourn))
            return MeetingRefusals.VotesOnNothing;
        if (session.Power == GroupPower.Discusses && c.Words.Position is not null)
            return MeetingRefusals.TakesNoPositions;
        var words = Lawful.SaysItself(c.Kind) && PlainText.IsBlank(PlainText.Line(c.Words.Text)) ? c.Words with { Text = Sentence(Lawful.RulesOf(session)[c.Kind].Name) } : c.Words;
        return Cleaned(words) is not { } clean ? MeetingRefusals.BadWords
            : new MeetingEvent.Moved(session.LastMotion + 1, session.Item, c.Seat, c.Kind, clean, Lawful.RulesOf(session)[c.Kind].NeedsSecond, Covered(m, c.Kind));
    }

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The consent calendar is adopted in one vote: every consent item that nobody has pulled.</summary>
    private static ImmutableArray<int> Covered(Meeting.Sitting m, MotionKind kind) =>
        kind == MotionKind.Main && m.Session.Item is { } item && m.Book.Find(item) is { Text.Kind: ItemKind.Consent } && !m.Book.Pulled.Contains(item)
            ? [.. m.Book.Items.Where(known => known.Text.Kind == ItemKind.Consent && !m.Book.Pulled.Contains(known.Item) && !m.Session.Finished.Contains(known.Item)).Select(known => known.Item)]
            : [];

    private static Decision<MeetingEvent> SecondMotion(Meeting.Sitting m, MeetingCommand.SecondMotion c, Actor.Person by) =>
        m.Session.Top is { } top && top.Motion == c.Motion && top.Second == c.Seat ? Decision<MeetingEvent>.Accept()
        : TakesPart(m, c.Seat, by, MeetingRights.Move, Voting.Move.Of(Act.Second)) is { } refusal ? refusal
        : m.Session.Top?.Motion != c.Motion ? MeetingRefusals.NotLastMotion
        : new MeetingEvent.Seconded(c.Motion, c.Seat);

    private static Decision<MeetingEvent> SettleSecond(Meeting.Sitting m, MeetingCommand.SettleSecond c, Actor.Person by) =>
        Preside(m, by, Voting.Move.Of(c.GoesOn ? Act.GoOnWithoutSecond : Act.DeclareNoSecond)) is { } refusal ? refusal
        : m.Session.Top?.Motion != c.Motion ? MeetingRefusals.NotLastMotion
        : c.GoesOn ? new MeetingEvent.TakenUpWithoutSecond(c.Motion) : new MeetingEvent.DiedForWantOfSecond(c.Motion);

    private static Decision<MeetingEvent> WithdrawMotion(Meeting.Sitting m, MeetingCommand.WithdrawMotion c, Actor.Person by) =>
        Reworded(m, c.Motion, by, Act.Withdraw) is { } refusal ? refusal : new MeetingEvent.MotionWithdrawn(c.Motion);

    private static Decision<MeetingEvent> AmendFriendly(Meeting.Sitting m, MeetingCommand.AmendFriendly c, Actor.Person by) =>
        Reworded(m, c.Motion, by, Act.OfferFriendlyAmendment) is { } refusal ? refusal
        : Cleaned(c.Words) is not { } words ? MeetingRefusals.BadWords
        : words == m.Session.Top!.Words ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.AmendedByConsent(c.Motion, words);

    /// <summary>Why this person may not take back or reword this motion now, if so: it is its mover's, the clerk and the one who presides enter it for them.</summary>
    private static Refusal? Reworded(Meeting.Sitting m, int number, Actor.Person by, Act act)
    {
        var motion = m.Session.Motions.FirstOrDefault(pending => pending.Motion == number);
        var mover = motion is null ? null : m.Session.Find(motion.Mover);
        return MeetingRights.TakeBack.Against(MeetingRights.To(by, m.Book.Group, mover)) is { } refusal ? refusal
            : motion is null ? MeetingRefusals.NoSuchMotion
            : m.Session.Top != motion ? MeetingRefusals.NotLastMotion
            : Lawful.Against(m.Session, by.Member, mover, Voting.Move.Of(act))?.Refusal;
    }

    private static Decision<MeetingEvent> RaisePoint(Meeting.Sitting m, MeetingCommand.RaisePoint c, Actor.Person by) =>
        TakesPart(m, c.Seat, by, MeetingRights.TakePart, Voting.Move.Of(Act.RaisePointOfOrder)) is { } refusal ? refusal
        : Reason(c.Words) is not { } words ? MeetingRefusals.BadReason
        : new MeetingEvent.PointRaised(c.Seat, words);

    private static Decision<MeetingEvent> RuleOnPoint(Meeting.Sitting m, MeetingCommand.RuleOnPoint c, Actor.Person by) =>
        Preside(m, by, Voting.Move.Of(Act.RuleOnPoint)) is { } refusal ? refusal
        : Reason(c.Reason) is not { } reason ? MeetingRefusals.BadReason
        : new MeetingEvent.PointRuledOn(c.IsWellTaken, reason, Line(m, by));

    /// <summary>The software never overrules the body: what its rules of order refuse, the chair may rule in order, with a reason and subject to appeal.</summary>
    private static Decision<MeetingEvent> RuleInOrder(Meeting.Sitting m, MeetingCommand.RuleInOrder c, Actor.Person by) =>
        Preside(m, by) is { } refusal ? refusal
        : m.Session.Floor.Session != FloorPhase.InSession || m.Session.Vote is not null || m.Session.Point is not null ? MeetingRefusals.NotNow
        : m.Session.Floor.RuledInOrder.Contains(Voting.Move.Make(c.Kind)) ? Decision<MeetingEvent>.Accept()
        : Reason(c.Reason) is not { } reason ? MeetingRefusals.BadReason
        : new MeetingEvent.RuledInOrder(c.Kind, reason, Line(m, by));

    private static Session FoldFloor(Session session, Recorded<MeetingEvent> recorded) =>
        recorded.Event switch
        {
            MeetingEvent.Moved e => After(session, Voting.Move.Make(e.Kind)) with
            {
                LastMotion = e.Motion,
                Motions = session.Motions.Add(new MotionNow(e.Motion, e.Item, e.Seat, e.Kind, e.Words, 1, null, e.Covers)),
                Stage = session.Stage < Stage.Debate ? Stage.Debate : session.Stage,
            },
            MeetingEvent.Seconded e => Pending(After(session, Voting.Move.Of(Act.Second)), e.Motion, motion => motion with { Second = e.Seat }),
            MeetingEvent.TakenUpWithoutSecond => After(session, Voting.Move.Of(Act.GoOnWithoutSecond)),
            MeetingEvent.DiedForWantOfSecond => Gone(After(session, Voting.Move.Of(Act.DeclareNoSecond))),
            MeetingEvent.MotionWithdrawn => Gone(After(session, Voting.Move.Of(Act.Withdraw))),
            MeetingEvent.AmendedByConsent e => Pending(session, e.Motion, motion => motion with { Words = e.Words, Wording = motion.Wording + 1 }),
            MeetingEvent.PointRaised e => After(session, Voting.Move.Of(Act.RaisePointOfOrder)) with { Point = new PointNow(e.Seat, e.Words) },
            MeetingEvent.PointRuledOn e => After(session, Voting.Move.Of(Act.RuleOnPoint)) with { Point = null, Ruling = new RulingNow(session.Point!.Words, e.IsWellTaken, e.Reason) },
            MeetingEvent.RuledInOrder e => session with
            {
                Floor = session.Floor with { RuledInOrder = session.Floor.RuledInOrder.Add(Voting.Move.Make(e.Kind)), Ruled = true },
                Ruling = new RulingNow(Lawful.RulesOf(session)[e.Kind].Name, true, e.Reason),
            },

            MeetingEvent.VoteOpened e => After(session, Voting.Move.Of(e.Method switch { VoteMethod.RollCall => Act.OpenRollCall, VoteMethod.HandCount => Act.OpenHandCount, _ => Act.AskConsent })) with
            {
                LastVote = e.Vote,
                Stage = Stage.Vote,
                Vote = new VoteNow(e.Vote, e.Motion, e.Method, e.Rule, ImmutableSortedDictionary.Create<string, Choice>(StringComparer.Ordinal),
                    ImmutableSortedDictionary.Create<string, Silence>(StringComparer.Ordinal), null, session.Top!.Wording, recorded.Time),
            },
            MeetingEvent.Voted e => Open(session, vote => vote with { Ballots = vote.Ballots.SetItem(e.Seat.Value, e.Choice), Silent = vote.Silent.Remove(e.Seat.Value) }),
            MeetingEvent.Objected => Open(After(session, Voting.Move.Of(Act.ObjectToConsent)), vote => vote with { Method = VoteMethod.RollCall }),
            MeetingEvent.MarkedSilent e => Open(session, vote => vote with { Silent = vote.Silent.SetItem(e.Seat.Value, e.Silence) }),
            MeetingEvent.HandsEntered e => Open(session, vote => vote with { Hands = new HandsNow(e.Yes, e.No, e.Abstain) }),
            MeetingEvent.VoteClosed e => Closed(session, e),
            MeetingEvent.VoteVoided e => Voided(session, e),

            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow in a meeting under way."),
        };

    private static Session After(Session session, Move move) => session with { Floor = Course.After(Lawful.RulesOf(session), session.Floor, move) };

    private static Session Gone(Session session) => session with { Motions = session.Motions.RemoveAt(session.Motions.Length - 1) };

    private static Session Pending(Session session, int number, Func<MotionNow, MotionNow> change) =>
        session with { Motions = [.. session.Motions.Select(motion => motion.Motion == number ? change(motion) : motion)] };

    private static Session Open(Session session, Func<VoteNow, VoteNow> change) => session with { Vote = change(session.Vote!) };
}
