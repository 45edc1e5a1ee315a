using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>What is in order at this moment of a meeting, by its body's rules of order: the meeting's state told to <see cref="Moves"/>.</summary>
public static class Lawful
{
    public static RuleSet RulesOf(Session session) => RuleSet.Of(session.Rules.Order);

    /// <summary>A motion that needs no words of its own ("to adjourn").</summary>
    public static bool SaysItself(MotionKind kind) => kind is not (MotionKind.Main or MotionKind.Amend or MotionKind.Substitute or MotionKind.SuspendRules or MotionKind.FixTimeToAdjourn);

    /// <summary>What stands against a move of someone who sits in this seat (none: who presides or keeps the record), by the rules of order.</summary>
    public static Reason? Against(Session session, MemberId member, SeatNow? seat, Move move) =>
        Moves.Against(RulesOf(session), FloorNow(session), Who(session, member, seat), move);

    /// <summary>By which rule a motion of this kind is decided now.</summary>
    public static VotingRule RuleOf(Session session, MotionKind kind)
    {
        var (rules, row) = (session.Rules, RulesOf(session)[kind]);
        var threshold = kind switch
        {
            MotionKind.Main or MotionKind.Substitute => rules.Main,
            MotionKind.OffAgenda => OffAgenda.Threshold(session.Attending, session.Filled),
            _ => row.Threshold,
        };
        return new VotingRule(threshold, row.WithoutQuorum ? QuorumRule.NotAsked : rules.Quorum, rules.Tie, rules.NotVotingIsPresent, rules.UnreachableIsPresent, RulesOf(session).Cite(kind));
    }

    /// <summary>The floor with what the roll says now.</summary>
    private static Floor FloorNow(Session session) => session.Floor with
    {
        Quorum = session.HasQuorum,
        RollCallOnly = session.Rules.RemoteMakesRollCall && session.HasRemote,
    };

    private static Mover Who(Session session, MemberId member, SeatNow? seat) => new(
        Chairs: session.Presiding == member,
        Votes: seat is { Attendance: Attendance.Present },
        Recused: seat is not null && session.IsRecused(seat.Seat.Holder, session.Item),
        Made: seat is not null && session.Top?.Mover == seat.Seat.Holder,
        LastVote: seat is null ? VotedSide.DidNotVote : SideOf(session, seat.Seat.Holder));

    /// <summary>How a seat voted on what was decided last on the item: who agreed by consent or raised an unnamed hand stood with the side that won.</summary>
    private static VotedSide SideOf(Session session, MemberId seat) =>
        LastDecision(session) is not { Why: { } why } done ? VotedSide.DidNotVote
        : done.Vote.Method != VoteMethod.RollCall ? VotedSide.Prevailing
        : done.Vote.Ballots.TryGetValue(seat.Value, out var choice) && choice != Choice.Abstain
            ? (choice == Choice.Yes) == (why.Outcome == VoteOutcome.Adopted) ? VotedSide.Prevailing : VotedSide.Losing
        : VotedSide.DidNotVote;

    /// <summary>The last vote on a motion of substance that stands.</summary>
    internal static VoteDone? LastDecision(Session session) =>
        session.Results.LastOrDefault(done => done.Motion.Kind is MotionKind.Main or MotionKind.Substitute && done is { Voided: null, IsReconsidered: false, Why.Outcome: VoteOutcome.Adopted or VoteOutcome.Rejected });
}
