using System.Collections.Immutable;
using AngleSharp.Dom;
using Bunit;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

using FakeMeeting = FakeAggregate<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>;

/// <summary>The parts of a meeting's room over the real rules: a committee of three, a motion seconded.</summary>
public sealed class RoomTests : BunitContext
{
    private static readonly GroupId Eq = new("eq");

    private static readonly Actor.Person
        Chair = Seated("chair", "Davis", Role.Chair), Ana = Seated("ana", "Arcata", Role.Member), Ben = Seated("ben", "Biggs", Role.Member),
        Clerk = new(new MemberId("clerk"), new Standing("Clerk", null, Duty.Clerk, []));

    private readonly List<(CommandId Id, MeetingCommand Command)> sent = [];
    private TaskCompletionSource<Outcome> answer = new();

    [Fact]
    public async Task A_ballot_is_pressed_and_has_a_receipt_only_once_it_is_recorded()
    {
        var open = VoteOpen(TallyPolicy.Live);
        var card = Render<VoteCard>(p => p.Add(c => c.Room, RoomOf(open, Ana)));
        Assert.Equal(["Yes false", "No false", "Abstain false"], Ballots(card), StringComparer.Ordinal);
        Assert.Equal("Not recorded yet.", Words(card.Find(".receipt")));

        var pressing = card.Find(".ballots .btn.o").ClickAsync(new());
        card.Render();
        Assert.Equal("Sending your vote …", Words(card.Find(".receipt")));
        Assert.Equal(["Yes false", "No false", "Abstain false"], Ballots(card), StringComparer.Ordinal);

        answer.SetResult(new Outcome.Recorded(20, 20));
        await pressing;
        var voted = Do(open, Ana, new MeetingCommand.Cast(1, Ana.Member, Choice.No, 1));
        card.Render(p => p.Add(c => c.Room, RoomOf(voted, Ana)));

        Assert.Equal([new MeetingCommand.Cast(1, Ana.Member, Choice.No, 1)], sent.Select(one => one.Command));
        Assert.Equal(["Yes false", "No true", "Abstain false"], Ballots(card), StringComparer.Ordinal);
        Assert.Equal($"Recorded: No. Receipt {View(voted).BallotOf(1, Ana.Member)!.Receipt}. You can change it until the chair closes the vote.", Words(card.Find(".receipt")));
    }

    [Fact]
    public async Task A_ballot_pressed_twice_is_sent_once_and_one_whose_answer_was_lost_keeps_its_id()
    {
        var card = Render<VoteCard>(p => p.Add(c => c.Room, RoomOf(VoteOpen(TallyPolicy.Live), Ana)));

        var first = card.Find(".ballots .btn.s").ClickAsync(new());
        await card.Find(".ballots .btn.s").ClickAsync(new());
        Assert.Single(sent);
        answer.SetResult(new Outcome.Unknown());
        await first;
        Assert.Equal("The hub can’t be reached at the moment. Press again: it is done once.", card.Find("[role=alert]").TextContent);
        answer = new();
        answer.SetResult(new Outcome.Recorded(20, 20));
        await card.Find(".ballots .btn.s").ClickAsync(new());

        Assert.Equal(2, sent.Count);
        Assert.Equal(sent[0], sent[1]);
    }

    [Fact]
    public async Task A_refused_ballot_says_why_and_stays_unrecorded()
    {
        var card = Render<VoteCard>(p => p.Add(c => c.Room, RoomOf(VoteOpen(TallyPolicy.Live), Ana)));
        answer.SetResult(new Outcome.Refused(MeetingRefusals.WordingChanged));

        await card.Find(".ballots .btn.s").ClickAsync(new());

        Assert.Equal(MeetingRefusals.WordingChanged.Sentence, card.Find("[role=alert]").TextContent);
        Assert.Equal("Not recorded yet.", Words(card.Find(".receipt")));
    }

    [Fact]
    public void A_tally_that_the_bodys_rule_holds_back_shows_nothing_of_others_anywhere()
    {
        var voted = Do(Do(VoteOpen(TallyPolicy.AfterClose), Ana, new MeetingCommand.Cast(1, Ana.Member, Choice.No, 1)), Chair, new MeetingCommand.MarkSilent(1, Ben.Member, Silence.Unreachable));
        var room = RoomOf(voted, Ben);

        var vote = Render<VoteCard>(p => p.Add(c => c.Room, room));
        var roll = Render<Roll>(p => p.Add(c => c.Room, room));

        Assert.Empty(vote.FindAll(".hemicycle"));
        Assert.Contains("How it stands shows when the chair has closed the vote.", vote.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(" to vote", vote.Markup, StringComparison.Ordinal);
        Assert.Equal(["Seat", "Is"], roll.FindAll("thead th").Select(head => head.TextContent), StringComparer.Ordinal);
        Assert.Equal("Vote 1 is open. Roll call.", Spoken.Of(room));
        Assert.Equal(["Yes false", "No true", "Abstain false"], Ballots(Render<VoteCard>(p => p.Add(c => c.Room, RoomOf(voted, Ana)))), StringComparer.Ordinal);
        Assert.NotEmpty(Render<VoteCard>(p => p.Add(c => c.Room, RoomOf(Do(VoteOpen(TallyPolicy.Live), Ana, new MeetingCommand.Cast(1, Ana.Member, Choice.No, 1)), Ben))).FindAll(".hemicycle .seat.o"));
    }

    [Fact]
    public void A_move_that_is_not_in_order_can_be_reached_is_described_by_its_reason_and_says_it_when_pressed()
    {
        var floor = Render<Floor>(p => p.Add(c => c.Room, RoomOf(VoteOpen(TallyPolicy.Live), Ana)));
        var move = floor.Find("button[data-kind=Amend]");
        var reason = floor.Find("#" + move.GetAttribute("aria-describedby")).TextContent;
        Assert.Equal("Rosenberg's Rules: a vote is open. This has to wait until the chair closes it.", reason);
        Assert.Equal(("true", false), (move.GetAttribute("aria-disabled"), move.HasAttribute("disabled")));

        move.Click();

        Assert.Equal(reason, floor.Find("[role=alert]").TextContent);
        Assert.Empty(sent);
    }

    [Fact]
    public void What_the_chair_may_not_do_now_stands_apart_with_its_reason()
    {
        var card = Render<ChairCard>(p => p.Add(c => c.Room, RoomOf(VoteOpen(TallyPolicy.Live), Chair)));
        var finish = card.FindAll("button[aria-disabled=true]").Single(button => button.TextContent == "Finish the item");

        finish.Click();

        Assert.Equal(card.Find("#" + finish.GetAttribute("aria-describedby")).TextContent, card.Find("[role=alert]").TextContent);
        Assert.Equal("Close the vote", card.Find(".btn.p").TextContent);
        Assert.Empty(sent);
    }

    [Fact]
    public void Without_a_quorum_the_floor_says_which_moves_are_left()
    {
        var left = Do(Do(Debated(TallyPolicy.Live), Ana, new MeetingCommand.Leave(Ana.Member)), Ben, new MeetingCommand.Leave(Ben.Member));

        var floor = Render<Floor>(p => p.Add(c => c.Room, RoomOf(left, Chair)));

        Assert.Equal("There is no quorum. Until members return, the body may only adjourn, recess, set the time to meet again, or call the absent.", floor.Find(".refusal").TextContent);
        Assert.Equal(["Adjourn", "FixTimeToAdjourn", "Recess"],
            floor.FindAll("button[data-kind]:not([aria-disabled])").Select(button => button.GetAttribute("data-kind")!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(42)]
    [InlineData(63)]
    [InlineData(120)]
    [InlineData(476)]
    public void Every_seat_of_the_picture_stands_apart_within_its_frame(int seats)
    {
        var people = Enumerable.Range(1, seats).Select(number => Seated($"seat-{number}", $"City {number}", number == 1 ? Role.Chair : Role.Member)).ToImmutableArray();
        var card = Render<Hemicycle>(p => p.Add(c => c.Room, RoomOf(Session(TallyPolicy.Live, people), people[0])).Add(c => c.Ballots, ImmutableSortedDictionary<string, Choice>.Empty));

        var frame = card.Find("svg").GetAttribute("viewBox")!.Split(' ').Select(int.Parse).ToArray();
        var circles = card.FindAll("circle").Select(circle => (X: int.Parse(circle.GetAttribute("cx")!, null), Y: int.Parse(circle.GetAttribute("cy")!, null), R: int.Parse(circle.GetAttribute("r")!, null))).ToArray();

        Assert.Equal(seats, circles.Length);
        Assert.All(circles, seat => Assert.True(seat.X >= seat.R && seat.X <= frame[2] - seat.R && seat.Y >= seat.R && seat.Y <= frame[3] - seat.R, $"{seat} is outside of {frame[2]} × {frame[3]}."));
        for (var one = 0; one < circles.Length; one++)
        {
            for (var other = 0; other < one; other++)
            {
                var (a, b) = (circles[one], circles[other]);
                Assert.True(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) >= 4 * a.R * a.R, $"{a} and {b} lie on one another.");
            }
        }
    }

    private static IEnumerable<string> Ballots(IRenderedComponent<VoteCard> card) =>
        card.FindAll(".ballots .btn").Select(button => $"{button.ChildNodes.OfType<IText>().Single().TextContent} {button.GetAttribute("aria-pressed")}");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Room RoomOf(FakeMeeting meeting, Actor.Person who) => new(
        MeetingSight.For(new Viewer(who.Member, who.Standing), View(meeting))!, who.Member, who.Standing, By.Start, SeatNames.None, ImmutableHashSet<string>.Empty,
        (id, command) =>
        {
            sent.Add((id, command));
            return answer.Task;
        });

    private static MeetingView View(FakeMeeting meeting) => meeting.Log.Aggregate(MeetingView.Blank(meeting.Stream), MeetingView.Fold);

    private static FakeMeeting VoteOpen(TallyPolicy tally) => Do(Debated(tally), Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));

    private static FakeMeeting Debated(TallyPolicy tally) => Do(Do(Do(Session(tally, [Chair, Ana, Ben]),
        Chair, new MeetingCommand.CallItem(1)), Ana, new MeetingCommand.MakeMotion(Ana.Member, MotionKind.Main, new(null, "", "to write to the author"))), Ben, new MeetingCommand.SecondMotion(1, Ben.Member));

    /// <summary>Everyone is present, and the first presides.</summary>
    private static FakeMeeting Session(TallyPolicy tally, ImmutableArray<Actor.Person> people)
    {
        var group = new GroupFact("Environmental Quality", GroupKind.PolicyCommittee)
        {
            Power = GroupPower.Recommends,
            Rules = BodyRules.OfTheLeague with { Tally = tally },
            Seats = people.ToImmutableSortedDictionary(person => person.Member.Value, person => new Held(person.Standing.Seats[0].Role, Appointer.President, null), StringComparer.Ordinal),
        };
        var known = people.Aggregate(new FakeMeeting(new MeetingId("june").Stream).Knowing(Eq.Stream, group), (meeting, person) => meeting.Knowing(person.Member.Stream, new MemberFact(person.Standing)));
        var posted = Do(Do(Do(known,
            Clerk, new MeetingCommand.Schedule(Eq, "June meeting", false, By.Start.AddDays(7), new Place("1400 K Street", "", "", "", true))),
            Clerk, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Solid waste", null, null, []))),
            Clerk, new MeetingCommand.PostAgenda());
        var present = people.Aggregate(Do(posted, Clerk, new MeetingCommand.OpenRoll(Eq)), (meeting, person) => Do(meeting, person, new MeetingCommand.CheckIn(person.Member, person.Member, false)));
        return Do(present, people[0], new MeetingCommand.CallToOrder());
    }

    private static FakeMeeting Do(FakeMeeting meeting, Actor actor, MeetingCommand command)
    {
        var decided = meeting.When(command, actor);
        Assert.Null(decided.Decision.Refusal);
        return decided.After;
    }

    private static Actor.Person Seated(string slug, string city, Role role) => new(new MemberId(slug), new Standing("Mayor", city, Duty.None, [new Seat(Eq, role)]));
}
