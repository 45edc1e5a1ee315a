using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Voting;
using CsCheck;
using static CalCities.Collab.Meetings.MeetingPast;

namespace CalCities.Collab.Meetings;

using FakeMeeting = FakeAggregate<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>;

/// <summary>Random acts of everyone around a committee in a meeting that is called to order.</summary>
public sealed class MeetingPropertyTests
{
    private static readonly Gen<Actor.Person> Anyone = OneOf([.. Everyone, .. Seated, Chair, Chair, Chair, Chair, Chair, Chair, Chair, Chair, Clerk, Clerk, Clerk, Clerk, Clerk, Clerk, Clerk, Clerk]);
    private static readonly Gen<Actor.Person> Seat = OneOf(Seated);
    private static readonly Gen<Choice> AnyChoice = Gen.Enum<Choice>();
    private static readonly Gen<int> Small = Gen.Int[1, 6];

    private static readonly Gen<MotionWords> AnyWords = Gen.OneOf(
        Gen.Const(SupportIt), Gen.Const(new MotionWords(Position.OpposeUnlessAmended, "with a fee", "")), Gen.Const(new MotionWords(null, "", "so ordered")));

    private static readonly Gen<MeetingCommand> AnyCommand = Gen.Frequency(
        (4, Small.Select(item => (MeetingCommand)new MeetingCommand.CallItem(item))),
        (1, Gen.Const((MeetingCommand)new MeetingCommand.FinishItem())),
        (8, Gen.Select(Seat, Gen.Enum<MotionKind>(), AnyWords, (seat, kind, words) => (MeetingCommand)new MeetingCommand.MakeMotion(seat.Member, kind, words))),
        (12, Gen.Select(Seat, Gen.Int[0, 2], AnyWords, (seat, kind, words) => (MeetingCommand)new MeetingCommand.MakeMotion(seat.Member, (MotionKind)kind, words))),
        (6, Gen.Select(Seat, Small, (seat, motion) => (MeetingCommand)new MeetingCommand.SecondMotion(motion, seat.Member))),
        (2, Gen.Select(Small, Gen.Bool, (motion, goes) => (MeetingCommand)new MeetingCommand.SettleSecond(motion, goes))),
        (1, Small.Select(motion => (MeetingCommand)new MeetingCommand.WithdrawMotion(motion))),
        (1, Gen.Select(Small, AnyWords, (motion, words) => (MeetingCommand)new MeetingCommand.AmendFriendly(motion, words))),
        (8, Gen.Select(Small, Gen.Enum<VoteMethod>(), (motion, method) => (MeetingCommand)new MeetingCommand.OpenVote(motion, method))),
        (20, Gen.Select(Small, Seat, AnyChoice, Gen.Int[1, 2], (vote, seat, choice, wording) => (MeetingCommand)new MeetingCommand.Cast(vote, seat.Member, choice, wording))),
        (2, Gen.Select(Small, Seat, (vote, seat) => (MeetingCommand)new MeetingCommand.Object(vote, seat.Member))),
        (4, Gen.Select(Small, Seat, Gen.Enum<Silence>(), (vote, seat, silence) => (MeetingCommand)new MeetingCommand.MarkSilent(vote, seat.Member, silence))),
        (2, Gen.Select(Small, Gen.Int[-1, 5], Gen.Int[0, 5], (vote, yes, no) => (MeetingCommand)new MeetingCommand.EnterHands(vote, yes, no, 0))),
        (8, Small.Select(vote => (MeetingCommand)new MeetingCommand.CloseVote(vote))),
        (2, Small.Select(vote => (MeetingCommand)new MeetingCommand.VoidVote(vote, "again"))),
        (1, Seat.Select(seat => (MeetingCommand)new MeetingCommand.RaisePoint(seat.Member, "a point"))),
        (2, Gen.Bool.Select(well => (MeetingCommand)new MeetingCommand.RuleOnPoint(well, "so it is"))),
        (1, Gen.Enum<MotionKind>().Select(kind => (MeetingCommand)new MeetingCommand.RuleInOrder(kind, "needed"))),
        (2, Seat.Select(seat => (MeetingCommand)new MeetingCommand.StepOut(seat.Member))),
        (3, Seat.Select(seat => (MeetingCommand)new MeetingCommand.Return(seat.Member))),
        (1, Seat.Select(seat => (MeetingCommand)new MeetingCommand.Leave(seat.Member))),
        (2, Gen.Select(Seat, Gen.Bool, (seat, remote) => (MeetingCommand)new MeetingCommand.CheckIn(seat.Member, seat.Member, remote))),
        (1, Gen.Const((MeetingCommand)new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false))),
        (1, Gen.Select(Seat, Small, (seat, item) => (MeetingCommand)new MeetingCommand.Recuse(seat.Member, item, "an interest"))),
        (1, Gen.Select(Seat, Gen.Enum<Side>(), (seat, side) => (MeetingCommand)new MeetingCommand.AskToSpeak(seat.Member, side))),
        (1, Small.Select(speaker => (MeetingCommand)new MeetingCommand.Recognise(speaker, 60))),
        (1, Gen.Const((MeetingCommand)new MeetingCommand.TakeTheChair())),
        (1, Gen.Const((MeetingCommand)new MeetingCommand.Recess())),
        (1, Gen.Int[0, 5].Select(i => i == 0 ? (MeetingCommand)new MeetingCommand.Adjourn() : new MeetingCommand.Resume())),
        (2, Gen.Const((MeetingCommand)new MeetingCommand.Resume())),
        (1, Gen.Select(Seat, Small, (seat, item) => (MeetingCommand)new MeetingCommand.PullItem(item, seat.Member))));

    /// <summary>Numbers of motions and votes are mostly those at hand: a number from 1 to 6 says how far back.</summary>
    private static readonly Gen<FakeMeeting> AnyPast = Gen.Select(Anyone, AnyCommand, Gen.Int[0, 5]).Array[10, 120]
        .Select(acts => acts.Aggregate(InSession, (meeting, act) =>
            act is (_, MeetingCommand.Cast c, 1 or 2) ? TakenOut(meeting, c.Choice) : meeting.When(act.Item3 == 0 ? act.Item2 : AtHand(meeting.Now(), act.Item2), act.Item1).After));

    /// <summary>A vote that comes to its end: the last motion is seconded and put, everyone votes alike, and whoever presides closes.</summary>
    private static FakeMeeting TakenOut(FakeMeeting meeting, Choice choice) =>
        new (Actor.Person Person, Func<Session, MeetingCommand> Command)[]
        {
            (Ben, session => new MeetingCommand.SecondMotion(session.LastMotion, Ben.Member)), (Cal, session => new MeetingCommand.SecondMotion(session.LastMotion, Cal.Member)),
            (Chair, session => new MeetingCommand.OpenVote(session.Top?.Motion ?? 0, VoteMethod.RollCall)),
            (Chair, session => Cast(session, Chair, choice)), (ViceChair, session => Cast(session, ViceChair, choice)), (Ana, session => Cast(session, Ana, choice)),
            (Ben, session => Cast(session, Ben, choice)), (Cal, session => Cast(session, Cal, Choice.No)),
            (Chair, session => new MeetingCommand.CloseVote(session.LastVote)),
        }
        .Aggregate(meeting, (now, act) => now.When(act.Command(now.Now()), act.Person).After);

    private static MeetingCommand.Cast Cast(Session session, Actor.Person person, Choice choice) => new(session.LastVote, person.Member, choice, session.Top?.Wording ?? 1);

    private static MeetingCommand AtHand(Session session, MeetingCommand command) => command switch
    {
        MeetingCommand.SecondMotion c => c with { Motion = session.LastMotion },
        MeetingCommand.SettleSecond c => c with { Motion = session.Top?.Motion ?? session.LastMotion },
        MeetingCommand.OpenVote c => c with { Motion = session.Top?.Motion ?? session.LastMotion },
        MeetingCommand.WithdrawMotion c => c with { Motion = session.Top?.Motion ?? session.LastMotion },
        MeetingCommand.AmendFriendly c => c with { Motion = session.Top?.Motion ?? session.LastMotion },
        MeetingCommand.Cast c => c with { Vote = session.LastVote, Wording = session.Top?.Wording ?? 1 },
        MeetingCommand.Object c => c with { Vote = session.LastVote },
        MeetingCommand.MarkSilent c => c with { Vote = session.LastVote },
        MeetingCommand.EnterHands c => c with { Vote = session.LastVote },
        MeetingCommand.CloseVote c => c with { Vote = session.LastVote },
        MeetingCommand.VoidVote c => c with { Vote = session.LastVote },
        _ => command,
    };

    [Fact]
    public void Whatever_is_decided_can_be_folded_by_the_rules_and_by_the_view_and_they_agree() =>
        AnyPast.Sample(meeting =>
        {
            Assert.Equal(meeting.Log.Length, meeting.View().Version);
            Assert.Equal(meeting.State.GetType(), meeting.View().State.GetType());
            var session = meeting.Now();
            Assert.Equal(session.Floor.Motions.Select(motion => motion.Kind), session.Motions.Select(motion => motion.Kind));
            Assert.Equal(session.Floor.Vote, session.Vote?.Method);
            Assert.Equal(session.Floor.PointOfOrder, session.Point is not null);
        });

    [Fact]
    public void The_tally_is_the_fold_of_the_log_s_ballots_and_nobody_counts_twice() =>
        AnyPast.Sample(meeting =>
        {
            foreach (var done in meeting.Now().Results)
            {
                var expected = new Dictionary<string, Choice>(StringComparer.Ordinal);
                foreach (var voted in meeting.Log.Select(recorded => recorded.Event).OfType<MeetingEvent.Voted>().Where(voted => voted.Vote == done.Vote.Vote))
                    expected[voted.Seat.Value] = voted.Choice;
                Assert.Equal(expected.OrderBy(ballot => ballot.Key, StringComparer.Ordinal), done.Vote.Ballots);
                if (done.Why is { } why)
                    Assert.Equal(6, why.Count.Seats);   // five filled and one vacant, each in one place
            }
        });

    [Fact]
    public void Every_result_is_recomputed_from_the_log_to_the_byte() =>
        AnyPast.Sample(meeting =>
        {
            var state = MeetingDecider.Initial;
            foreach (var recorded in meeting.Log)
            {
                if (recorded.Event is MeetingEvent.VoteClosed closed && state is Meeting.Sitting { Session: { Vote: { } vote } session })
                    Assert.Equal(Kinds.Write(closed.Why), Kinds.Write(MeetingDecider.WhyOf(session, vote)));
                state = MeetingDecider.Fold(state, recorded);
            }
        });

    [Fact]
    public void Four_motions_of_substance_are_never_on_the_floor() =>
        AnyPast.Sample(meeting => Assert.True(meeting.Now().Floor.Motions.Count(motion => motion.IsOfSubstance) <= 3));

    [Fact]
    public void There_is_always_a_lawful_way_on_for_the_chair_or_the_vice_chair() =>
        AnyPast.Where(meeting => meeting.State is Meeting.Sitting).Sample(meeting =>
        {
            var session = meeting.Now();
            MeetingCommand[] ways =
            [
                new MeetingCommand.Adjourn(), new MeetingCommand.Resume(), new MeetingCommand.RuleOnPoint(true, "so it is"), new MeetingCommand.TakeTheChair(),
                new MeetingCommand.CloseVote(session.LastVote), new MeetingCommand.VoidVote(session.LastVote, "again"), new MeetingCommand.OpenVote(session.LastMotion, VoteMethod.RollCall),
                .. session.Motions.Select(motion => new MeetingCommand.OpenVote(motion.Motion, VoteMethod.RollCall)), .. session.Motions.Select(motion => new MeetingCommand.SettleSecond(motion.Motion, false)),
                .. Seated.Select(person => new MeetingCommand.CheckIn(person.Member, person.Member, false)),
            ];
            Assert.Contains(ways, way => new Actor.Person[] { Chair, ViceChair, Clerk }.Any(person => meeting.When(way, person).Decision is { Refusal: null, Events.IsEmpty: false }));
        });

    [Fact]
    public void A_vote_that_was_closed_never_changes_but_by_being_voided_or_taken_up_again() =>
        AnyPast.Sample(meeting =>
        {
            var state = MeetingDecider.Initial;
            foreach (var recorded in meeting.Log)
            {
                var next = MeetingDecider.Fold(state, recorded);
                if (state is Meeting.Sitting before && next is Meeting.Sitting after)
                    Assert.All(before.Session.Results.Zip(after.Session.Results), pair =>
                        Assert.Equal((Kinds.Write(pair.First.Why ?? (object)"none"), pair.First.Vote), (Kinds.Write(pair.Second.Why ?? (object)"none"), pair.Second.Vote)));
                state = next;
            }
        });

    [Fact]
    public void The_random_meetings_reach_what_they_are_to_test()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        AnyPast.Sample(meeting =>
        {
            lock (reached)
            {
                foreach (var recorded in meeting.Log)
                    reached.Add(recorded.Event.GetType().Name);
                foreach (var done in meeting.Now().Results.Where(done => done.Why is { Outcome: VoteOutcome.Adopted }))
                    reached.Add($"adopted {done.Motion.Kind}");
            }
        }, iter: 2_000, threads: 1);
        string[] wanted = ["VoteClosed", "VoteVoided", "Voted", "Objected", "MarkedSilent", "PointRuledOn", "Recused", "adopted Main", "adopted Amend", "Adjourned"];
        Assert.Empty(wanted.Except(reached, StringComparer.Ordinal));
    }

    private static Gen<T> OneOf<T>(ImmutableArray<T> choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
