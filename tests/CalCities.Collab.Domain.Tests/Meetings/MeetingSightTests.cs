using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Voting;
using static CalCities.Collab.Meetings.MeetingPast;

namespace CalCities.Collab.Meetings;

using FakeMeeting = FakeAggregate<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>;

/// <summary>What each sees of a meeting, and of an open roll call by the body's rule.</summary>
public sealed class MeetingSightTests
{
    [Fact]
    public void Everyone_with_standing_sees_the_meeting_and_nobody_one_that_was_not_scheduled() =>
        Assert.All(Everyone, person =>
        {
            Assert.Same(Posted.View() is var view ? view : null, MeetingSight.For(Viewer(person), view));
            Assert.Null(MeetingSight.For(Viewer(person), Nothing.View()));
        });

    [Theory]
    [InlineData(TallyPolicy.Live, true, true)]
    [InlineData(TallyPolicy.AfterOwnVote, true, false)]
    [InlineData(TallyPolicy.AfterClose, false, false)]
    public void How_an_open_roll_call_stands_is_seen_as_the_body_s_rule_has_it(TallyPolicy policy, bool whoVoted, bool whoDidNot)
    {
        var meeting = Under(policy);
        var view = meeting.View();
        foreach (var (person, sees) in new[] { (Ana, whoVoted), (Ben, whoVoted), (Cal, whoDidNot), (Chair, whoDidNot), (Clerk, policy == TallyPolicy.Live), (Staff, policy == TallyPolicy.Live), (Follower, policy == TallyPolicy.Live) })
        {
            var seen = MeetingSight.For(Viewer(person), view)!;
            Assert.Equal(!sees, seen.IsCut);
            string[] expected = sees ? ["m1", "m2"] : person == Ana ? ["m1"] : person == Ben ? ["m2"] : [];
            Assert.Equal(expected, seen.Session!.Vote!.Ballots.Keys);
            Assert.Equal(expected.Contains("m1", StringComparer.Ordinal), seen.BallotOf(1, Ana.Member) is not null);
            Assert.Equal(expected.Contains("m2", StringComparer.Ordinal), seen.BallotOf(1, Ben.Member) is not null);
            Assert.Equal(sees, seen.Record.Any(line => line.IsTally));
            foreach (var recorded in meeting.Log.Where(recorded => recorded.Event is MeetingEvent.Voted))
                Assert.Equal(expected.Contains(((MeetingEvent.Voted)recorded.Event).Seat.Value, StringComparer.Ordinal), MeetingSight.For(Viewer(person), view, recorded) is not null);
        }
    }

    [Fact]
    public void Chair_and_clerk_see_whom_to_call_though_not_how_the_others_voted()
    {
        var view = Under(TallyPolicy.AfterClose).View();
        Assert.Equal(["chair", "m3", "vice"], MeetingSight.For(Viewer(Clerk), view)!.Awaited.Select(seat => seat.Value));
        Assert.Equal(["chair", "m3", "vice"], MeetingSight.For(Viewer(Chair), view)!.Awaited.Select(seat => seat.Value));
        Assert.Empty(MeetingSight.For(Viewer(Cal), view)!.Awaited);
        Assert.Equal(3, view.Awaited.Length);
    }

    [Fact]
    public void Once_closed_everyone_sees_every_ballot_with_its_receipt()
    {
        var closed = Under(TallyPolicy.AfterClose).AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Cal, Choice.Yes)).Do(Chair, new MeetingCommand.CloseVote(1));
        var seen = MeetingSight.For(Viewer(Follower), closed.View())!;
        Assert.Equal(5, seen.Session!.Results[^1].Vote.Ballots.Count);
        Assert.All(Seated, person => Assert.Matches("^[0-9A-F]{4}-[0-9A-F]{4}$", seen.BallotOf(1, person.Member)!.Receipt));
        Assert.Equal(5, Seated.Select(person => seen.BallotOf(1, person.Member)!.Receipt).Distinct(StringComparer.Ordinal).Count());
        Assert.All(closed.Log, recorded => Assert.NotNull(MeetingSight.For(Viewer(Follower), closed.View(), recorded)));
    }

    [Fact]
    public void What_the_clerk_entered_says_so_in_the_ballot_and_in_the_record()
    {
        var entered = VoteOpen.Do(Clerk, Votes(Ana, Choice.No)).Do(Ben, Votes(Ben, Choice.Yes)).View();
        Assert.True(entered.BallotOf(1, Ana.Member)!.IsEntered);
        Assert.False(entered.BallotOf(1, Ben.Member)!.IsEntered);
        Assert.Contains(entered.Record, line => line.Text is "Mayor, Arcata: No (entered by the clerk)");
        Assert.True(VoteOpen.Do(Ana, Votes(Ana, Choice.Yes)).Do(Ana, Votes(Ana, Choice.No)).View().BallotOf(1, Ana.Member)!.IsChanged);
    }

    [Fact]
    public void The_record_tells_the_meeting_in_words()
    {
        var told = Debated.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall)).AllVote(1, 1, [.. Seated.Select(person => (person, Choice.Yes))]).Do(Chair, new MeetingCommand.CloseVote(1))
            .Do(Chair, new MeetingCommand.Adjourn()).View().Record.Select(line => line.Text).ToArray();
        Assert.Contains("Roll opened by Committee Clerk: 5 seats filled, 1 vacant", told);
        Assert.Contains("Called to order by Mayor, Davis; present 5, quorum 4", told);
        Assert.Contains("Item 4 called: Solid waste", told);
        Assert.Contains("Moved by Mayor, Arcata, a basic motion: “Support”", told);
        Assert.Contains("Seconded by Council Member, Biggs", told);
        Assert.Contains("Vote 1 opened, roll call: “Support”", told);
        Assert.Equal("Adjourned", told[^1]);
        Assert.Contains(told, line => line.StartsWith("Vote 1 closed. Adopted: 5 Yes", StringComparison.Ordinal));
    }

    [Fact]
    public void What_yes_and_no_do_is_said_for_every_kind_of_motion() =>
        Assert.All(Enum.GetValues<MotionKind>(), kind =>
        {
            var motion = new MotionNow(2, 4, Ana.Member, kind, SupportIt, 1, null, []);
            var (yes, no) = MotionText.Effects(motion, motion with { Motion = 1, Words = new MotionWords(Position.Oppose, "", "") }, "SB 54", GroupPower.Recommends, "The committee");
            Assert.EndsWith(".", yes, StringComparison.Ordinal);
            Assert.EndsWith(".", no, StringComparison.Ordinal);
            Assert.NotEqual(yes, no);
        });

    [Fact]
    public void A_recommendation_and_a_decision_are_said_as_what_they_are()
    {
        var motion = new MotionNow(1, 4, Ana.Member, MotionKind.Main, new MotionWords(Position.Oppose, "", ""), 1, null, []);
        Assert.Equal(("The committee recommends “Oppose” on SB 54.", "the motion fails and nothing is recommended."), MotionText.Effects(motion, null, "SB 54", GroupPower.Recommends, "The committee"));
        Assert.Equal(("The Board takes the position “Oppose” on SB 54.", "the motion fails and no position is taken."), MotionText.Effects(motion, null, "SB 54", GroupPower.Decides, "The Board"));
    }

    /// <summary>An open roll call in which Ana has voted Yes and Ben No.</summary>
    private static FakeMeeting Under(TallyPolicy policy) =>
        Opened(RollOf(EqGroup with { Rules = EqGroup.Rules with { Tally = policy } })).Do(Chair, new MeetingCommand.CallItem(4)).Do(Ana, Moves(Ana, MotionKind.Main, SupportIt))
            .Do(Ben, new MeetingCommand.SecondMotion(1, Ben.Member)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall)).Do(Ana, Votes(Ana, Choice.Yes)).Do(Ben, Votes(Ben, Choice.No));
}
