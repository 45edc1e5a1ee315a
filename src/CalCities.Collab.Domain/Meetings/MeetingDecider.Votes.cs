using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>Votes: one ballot a seat, changed until the chair closes; closing freezes the set and states the result and why.</summary>
public sealed partial class MeetingDecider
{
    private static Decision<MeetingEvent> OpenVote(Meeting.Sitting m, MeetingCommand.OpenVote c, Actor.Person by) =>
        Preside(m, by, Voting.Move.Of(c.Method switch { VoteMethod.RollCall => Act.OpenRollCall, VoteMethod.HandCount => Act.OpenHandCount, _ => Act.AskConsent })) is { } refusal ? refusal
        : m.Session.Top is not { } motion || motion.Motion != c.Motion ? MeetingRefusals.NotLastMotion
        : new MeetingEvent.VoteOpened(m.Session.LastVote + 1, c.Motion, c.Method, Lawful.RuleOf(m.Session, motion.Kind));

    private static Decision<MeetingEvent> Cast(Meeting.Sitting m, MeetingCommand.Cast c, Actor.Person by) =>
        m.Session.Vote is not { } vote || vote.Vote != c.Vote ? NotOpen(m, c.Seat, by)
        : TakesPart(m, c.Seat, by, MeetingRights.TakePart, Voting.Move.Of(Act.Vote)) is { } refusal ? refusal
        : m.Session.Top!.Wording != c.Wording ? MeetingRefusals.WordingChanged
        : vote.Ballots.TryGetValue(c.Seat.Value, out var cast) && cast == c.Choice ? Decision<MeetingEvent>.Accept()
        : m.Session.Rules.ChairBreaksTies && m.Session.Find(c.Seat)!.Occupant == m.Session.Presiding && !IsTied(m.Session, vote) ? MeetingRefusals.OnlyToBreakATie
        : new MeetingEvent.Voted(c.Vote, c.Seat, c.Choice);

    /// <summary>The one who breaks ties may change the ballot that did.</summary>
    private static bool IsTied(Session session, VoteNow vote)
    {
        var others = vote.Ballots.Where(ballot => session.Seats[ballot.Key].Occupant != session.Presiding).Select(ballot => ballot.Value).ToArray();
        return Unaccounted(session, vote).IsEmpty && others.Count(choice => choice == Choice.Yes) == others.Count(choice => choice == Choice.No);
    }

    private static Decision<MeetingEvent> Object(Meeting.Sitting m, MeetingCommand.Object c, Actor.Person by) =>
        m.Session.Vote?.Vote != c.Vote ? NotOpen(m, c.Seat, by)
        : TakesPart(m, c.Seat, by, MeetingRights.TakePart, Voting.Move.Of(Act.ObjectToConsent)) is { } refusal ? refusal
        : new MeetingEvent.Objected(c.Vote, c.Seat);

    /// <summary>Of a vote that is not open, who may not act for the seat learns no more than that.</summary>
    private static Refusal NotOpen(Meeting.Sitting m, Members.MemberId seat, Actor.Person by) =>
        MeetingRights.TakePart.Against(MeetingRights.To(by, m.Book.Group, m.Session.Find(seat), m.Session)) ?? MeetingRefusals.NoSuchVote;

    private static Decision<MeetingEvent> MarkSilent(Meeting.Sitting m, MeetingCommand.MarkSilent c, Actor.Person by) =>
        MeetingRights.KeepRoll.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
        : m.Session.Vote is not { Method: VoteMethod.RollCall } vote || vote.Vote != c.Vote ? MeetingRefusals.NoSuchVote
        : m.Session.Find(c.Seat) is not { } seat ? MeetingRefusals.NoSuchSeat
        : seat.Attendance != Attendance.Present || m.Session.IsRecused(c.Seat, m.Session.Item) ? MeetingRefusals.NotPresent
        : vote.Ballots.ContainsKey(c.Seat.Value) ? MeetingRefusals.VotedAlready
        : vote.Silent.TryGetValue(c.Seat.Value, out var silence) && silence == c.Silence ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.MarkedSilent(c.Vote, c.Seat, c.Silence);

    private static Decision<MeetingEvent> EnterHands(Meeting.Sitting m, MeetingCommand.EnterHands c, Actor.Person by) =>
        MeetingRights.KeepRoll.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
        : m.Session.Vote is not { Method: VoteMethod.HandCount } vote || vote.Vote != c.Vote ? MeetingRefusals.NotByHands
        : c.Yes < 0 || c.No < 0 || c.Abstain < 0 || (long)c.Yes + c.No + c.Abstain > m.Session.Attending ? MeetingRefusals.HandsDontFit
        : vote.Hands == new HandsNow(c.Yes, c.No, c.Abstain) ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.HandsEntered(c.Vote, c.Yes, c.No, c.Abstain);

    private static Decision<MeetingEvent> CloseVote(Meeting.Sitting m, MeetingCommand.CloseVote c, Actor.Person by, Circumstances given)
    {
        var session = m.Session;
        if (Preside(m, by) is { } notPresiding)
            return notPresiding;
        if (session.Vote is not { } vote || vote.Vote != c.Vote)
            return session.Results.Any(done => done.Vote.Vote == c.Vote && done.Why is not null) ? Decision<MeetingEvent>.Accept() : MeetingRefusals.NoSuchVote;
        if (Preside(m, by, Voting.Move.Of(Act.CloseVote)) is { } refusal)
            return refusal;
        if (vote.Method == VoteMethod.RollCall && Unaccounted(session, vote) is { IsEmpty: false } missing)
            return MeetingRefusals.Unaccounted(string.Join("; ", missing.Select(seat => seat.Name!.DisplayName)));
        if (vote.Method == VoteMethod.HandCount && vote.Hands is null)
            return MeetingRefusals.HandsMissing;
        if (vote.Method == VoteMethod.UnanimousConsent && vote.Opened.AddSeconds(session.Rules.ObjectionSeconds) is var until && given.Time < until)
            return MeetingRefusals.ConsentStillOpen((int)(((until - given.Time).Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond));

        var (motion, why) = (session.Top!, WhyOf(session, vote));
        MeetingEvent[] follows = why.Outcome != VoteOutcome.Adopted ? [] : motion.Kind switch
        {
            MotionKind.Adjourn => [new MeetingEvent.Adjourned(Line(m, by))],
            MotionKind.Recess => [new MeetingEvent.Recessed(Line(m, by))],
            MotionKind.Table or MotionKind.ObjectToConsideration when session.Item is { } item => [new MeetingEvent.ItemFinished(item)],
            _ => [],
        };
        return Decision<MeetingEvent>.Accept([new MeetingEvent.VoteClosed(c.Vote, why), .. follows]);
    }

    /// <summary>Who is present and has neither ballot nor a word why; not the one who only breaks ties.</summary>
    internal static ImmutableArray<SeatNow> Unaccounted(Session session, VoteNow vote) =>
    [
        .. session.Taking.Where(seat => !vote.Ballots.ContainsKey(seat.Seat.Holder.Value) && !vote.Silent.ContainsKey(seat.Seat.Holder.Value)
            && !(session.Rules.ChairBreaksTies && seat.Occupant == session.Presiding)),
    ];

    /// <summary>The result of a vote as it stands, and why; a pure function of the roll, the ballots and the rule.</summary>
    public static Derivation WhyOf(Session session, VoteNow vote) => vote.Method switch
    {
        VoteMethod.HandCount => Derivation.Of(vote.Rule, ByHand(vote.Hands!, Count.Of(RollOf(session, vote)))),
        // Nobody objected: each who is present agrees.
        VoteMethod.UnanimousConsent => Derivation.Of(vote.Rule, [.. RollOf(session, vote).Select(line => line.Vote == SeatVote.NotVoting ? line with { Vote = SeatVote.Yes } : line)]),
        _ => Derivation.Of(vote.Rule, RollOf(session, vote)),
    };

    private static Count ByHand(HandsNow hands, Count roll) => Count.ByHand(
        hands.Yes, hands.No, hands.Abstain, roll.Voted + roll.NotVoting + roll.Unreachable, roll.Membership, roll.Seats, roll.Recused);

    /// <summary>Each seat of the body once, where it stands; who never checked in is not named. A ballot stands though its seat has left the room since; a recusal declared late takes it out.</summary>
    private static ImmutableArray<RollLine> RollOf(Session session, VoteNow vote) =>
    [
        .. session.Seats.Select(seat => new RollLine(seat.Value.Name?.DisplayName ?? "",
            session.IsRecused(seat.Value.Seat.Holder, session.Item) ? SeatVote.Recused
            : vote.Ballots.TryGetValue(seat.Key, out var choice) ? choice switch { Choice.Yes => SeatVote.Yes, Choice.No => SeatVote.No, _ => SeatVote.Abstain }
            : seat.Value.Attendance != Attendance.Present ? SeatVote.Absent
            : vote.Silent.TryGetValue(seat.Key, out var silence) && silence == Silence.Unreachable ? SeatVote.Unreachable
            : SeatVote.NotVoting)),
        .. Enumerable.Range(1, session.Vacancies).Select(_ => new RollLine("", SeatVote.Vacant)),
    ];

    private static Decision<MeetingEvent> VoidVote(Meeting.Sitting m, MeetingCommand.VoidVote c, Actor.Person by) =>
        Preside(m, by) is { } notPresiding ? notPresiding
        : m.Session.Results.LastOrDefault(done => done.Vote.Vote == c.Vote) is { Voided: not null } ? Decision<MeetingEvent>.Accept()
        : m.Session.Vote?.Vote != c.Vote && m.Session.Results.LastOrDefault()?.Vote.Vote != c.Vote ? MeetingRefusals.NoSuchVote
        : Preside(m, by, Voting.Move.Of(Act.VoidVote)) is { } refusal ? refusal
        : Reason(c.Reason) is not { } reason ? MeetingRefusals.BadReason
        : new MeetingEvent.VoteVoided(c.Vote, reason, Line(m, by));

    private static Session Closed(Session session, MeetingEvent.VoteClosed e)
    {
        var (vote, motion) = (session.Vote!, session.Top!);
        var below = session.Motions.RemoveAt(session.Motions.Length - 1);
        var next = session with
        {
            Vote = null,
            Floor = Course.Closed(Lawful.RulesOf(session), session.Floor, e.Why.Outcome),
            Results = session.Results.Add(new VoteDone(vote, motion, e.Why, null, false, session.Motions)),
        };
        return (e.Why.Outcome, motion.Kind) switch
        {
            (VoteOutcome.NoQuorum or VoteOutcome.VoteAgain, _) => next,
            (VoteOutcome.Rejected, _) => next with { Motions = below },
            (_, MotionKind.Amend) => next with { Motions = Reworded(below, below.Length - 1, motion.Words) },
            (_, MotionKind.Substitute) when !Lawful.RulesOf(session).SubstituteDisposes => next with { Motions = Reworded([below[0]], 0, motion.Words) },
            (_, MotionKind.Main or MotionKind.Substitute) => next with { Motions = [], Finished = session.Finished.Union(motion.Covers) },
            (_, MotionKind.Table or MotionKind.ObjectToConsideration or MotionKind.Adjourn) => next with { Motions = [] },
            (_, MotionKind.CallTheQuestion or MotionKind.LimitDebate) => next with { Motions = below, IsListClosed = true },
            (_, MotionKind.Appeal) => next with { Motions = below, Ruling = session.Ruling is { } ruling ? ruling with { IsWellTaken = !ruling.IsWellTaken } : null },
            (_, MotionKind.Reconsider) when Lawful.LastDecision(session) is { } again => next with
            {
                Motions = Lawful.RulesOf(session).ReconsideredReturns ? [again.Motion with { Wording = again.Motion.Wording + 1 }] : [],
                Results = [.. next.Results.Select(done => done.Vote.Vote == again.Vote.Vote ? done with { IsReconsidered = true } : done)],
            },
            _ => next with { Motions = below },
        };
    }

    /// <summary>The decision that the voided vote had taken up again: it stands as before.</summary>
    private static VoteDone? Reopened(Session session, VoteDone voided) =>
        voided is { Motion.Kind: MotionKind.Reconsider, Why.Outcome: VoteOutcome.Adopted } ? session.Results.LastOrDefault(done => done.IsReconsidered) : null;

    private static ImmutableArray<MotionNow> Reworded(ImmutableArray<MotionNow> motions, int at, MotionWords words) =>
        motions.SetItem(at, motions[at] with { Words = words, Wording = motions[at].Wording + 1 });

    private static Session Voided(Session session, MeetingEvent.VoteVoided e)
    {
        var next = After(session, Voting.Move.Of(Act.VoidVote));
        if (session.Vote is { } open)
            return next with { Vote = null, Results = session.Results.Add(new VoteDone(open, session.Top!, null, e.Reason, false, session.Motions)) };
        var done = session.Results[^1];
        return next with
        {
            Results = [.. session.Results.Select(known => known == done ? done with { Voided = e.Reason } : known == Reopened(session, done) ? known with { IsReconsidered = false } : known)],
            Motions = done.Motions,
            Finished = session.Finished.Except(done.Motion.Covers),
        };
    }
}
