using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

using FakeConversation = FakeAggregate<ConversationDecider, Conversation, ConversationCommand, ConversationEvent>;

public sealed class ConversationDeciderTests
{
    private static readonly LocalBody Council = new(new CityId("davis"), LocalBody.Council);
    private static readonly Actor Door = new Actor.Policy("serial-meeting-guard", null);
    private static readonly FakeConversation Silent = new(ConversationId.Of(Council, "202520260AB831").Stream);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]   // three of four
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(7, 3)]
    [InlineData(9, 4)]
    [InlineData(15, 7)]
    public void As_many_take_part_as_are_no_majority_and_the_next_is_held(int size, int free)
    {
        var talk = Enumerable.Range(1, free).Aggregate(Silent, (talk, n) => Says(talk, $"m{n}", size));

        talk.When(Enter($"m{free + 1}", size), Door).ThenRefused(ConversationRefusals.MajorityOfCouncil);
    }

    [Fact]
    public void Who_takes_part_already_goes_on_and_nothing_is_recorded_for_it() =>
        Says(Says(Silent, "m1", 5), "m2", 5).When(Enter("m2", 5, "a later act"), Door).ThenRecorded();

    [Fact]
    public void Two_acts_at_once_are_not_both_the_last_that_is_free()
    {
        var one = Says(Silent, "m1", 5).GivenBy(Door, Entered("m2", "under way"));

        one.When(Enter("m3", 5, "at once"), Door).ThenRefused(ConversationRefusals.MajorityOfCouncil);
    }

    [Fact]
    public void An_act_that_was_refused_counts_no_more()
    {
        var left = Says(Silent, "m1", 5).GivenBy(Door, Entered("m2", "a"), new ConversationEvent.Left(new("m2"), new("a")));

        left.When(Enter("m3", 5), Door).ThenRecorded(Entered("m3", "act"));
    }

    [Fact]
    public void A_refused_act_beside_one_under_way_goes_on_counting()
    {
        var both = Says(Silent, "m1", 5).GivenBy(Door, Entered("m2", "a"), Entered("m2", "b"), new ConversationEvent.Left(new("m2"), new("a")));

        both.When(Enter("m3", 5), Door).ThenRefused(ConversationRefusals.MajorityOfCouncil);
        both.When(new ConversationCommand.Stay(new("m2"), new("b")), Door).ThenRecorded(new ConversationEvent.Stayed(new("m2"), new("b")));
    }

    [Fact]
    public void The_same_act_again_enters_once_and_what_ended_is_told_once()
    {
        var under = Silent.GivenBy(Door, Entered("m1", "a"));
        under.When(Enter("m1", 5, "a"), Door).ThenRecorded();
        var stays = under.GivenBy(Door, new ConversationEvent.Stayed(new("m1"), new("a")));
        stays.When(new ConversationCommand.Stay(new("m1"), new("a")), Door).ThenRecorded();
        stays.When(new ConversationCommand.Leave(new("m1"), new("a")), Door).ThenRecorded();
        Silent.When(new ConversationCommand.Leave(new("m1"), new("a")), Door).ThenRecorded();
    }

    [Fact]
    public void Acts_under_way_are_bounded()
    {
        var many = Enumerable.Range(0, ConversationDecider.MaxUnderWay).Aggregate(Silent, (talk, n) => talk.GivenBy(Door, Entered("m1", $"a{n}")));

        many.When(Enter("m1", 5, "one more"), Door).ThenRecorded();
    }

    [Fact]
    public void A_group_that_only_warns_lets_a_member_go_on_who_has_taken_note()
    {
        var talk = Says(Says(Silent, "m1", 5), "m2", 5);
        var third = Enter("m3", 5) with { Mode = GuardMode.Warn };
        talk.When(third, Door).ThenRefused(ConversationRefusals.MajorityWarning);

        var noted = talk.GivenBy(Member("m3"), new ConversationEvent.NoteTaken(new("m3")));
        Assert.Equal(noted.Log[^1].Event, Assert.Single(talk.When(new ConversationCommand.TakeNote(), Member("m3")).Decision.Events));
        noted.When(third, Door).ThenRecorded(Entered("m3", "act"));
        noted.When(new ConversationCommand.TakeNote(), Member("m3")).ThenRecorded();
        noted.When(Enter("m3", 5), Door).ThenRefused(ConversationRefusals.MajorityOfCouncil);   // a note is none for a group that holds
        noted.When(Enter("m4", 5) with { Mode = GuardMode.Warn }, Door).ThenRefused(ConversationRefusals.MajorityWarning);
    }

    [Fact]
    public void A_group_without_a_guard_counts_and_holds_nobody()
    {
        var talk = Says(Says(Silent, "m1", 5), "m2", 5);

        talk.When(Enter("m3", 5) with { Mode = GuardMode.Off }, Door).ThenRecorded(Entered("m3", "act"));
    }

    [Fact]
    public void Only_the_door_counts_and_only_a_member_of_that_council_takes_note()
    {
        var talk = Says(Silent, "m1", 5);
        foreach (var actor in (Actor[])[Member("m2"), new Actor.Program("demo")])
        {
            talk.When(Enter("m2", 5), actor).ThenRefused(ConversationRefusals.OnlyTheDoor);
            talk.When(new ConversationCommand.Stay(new("m2"), new("act")), actor).ThenRefused(ConversationRefusals.OnlyTheDoor);
            talk.When(new ConversationCommand.Leave(new("m1"), new("act")), actor).ThenRefused(ConversationRefusals.OnlyTheDoor);
        }

        talk.When(new ConversationCommand.TakeNote(), Member("m9", new LocalBody(new CityId("ojai"), LocalBody.Council))).ThenRefused(ConversationRefusals.NothingToNote);
        talk.When(new ConversationCommand.TakeNote(), Door).ThenRefused(ConversationRefusals.NothingToNote);
        Silent.When(new ConversationCommand.TakeNote(), Member("m1")).ThenRefused(ConversationRefusals.NothingToNote);
    }

    [Fact]
    public void A_citys_clerk_sees_the_record_of_that_citys_officials_and_nobody_else_does()
    {
        var view = Says(Says(Silent, "m1", 5), "m2", 5).Log.Aggregate(ConversationView.Blank(Silent.Stream), ConversationView.Fold);

        Assert.Equal(["m1", "m2"], view.Since.Keys);
        Assert.Same(view, ConversationSight.For(Clerk("Davis"), view));
        Assert.All(
            [Clerk("Ojai"), new Viewer(new("m1"), Sits), new Viewer(new("s"), new Standing("Staff", null, Duty.Staff, [])), new Viewer(new("a"), new Standing("Admin", null, Duty.Admin, []))],
            viewer =>
            {
                Assert.Null(ConversationSight.For(viewer, view));
                Assert.Null(ConversationSight.For(viewer, view, Silent.GivenBy(Door, Entered("m1", "a")).Log[0]));
            });
        Assert.Equal("NotTheirClerk", ConversationRights.See.Against(ActorKinds.Staff)!.Code);
        Assert.Equal(ConversationRefusals.NotTheirClerk, ConversationRights.See.Otherwise);
    }

    [Theory]
    [InlineData("La Cañada Flintridge", "la-canada-flintridge")]
    [InlineData("St. Helena", "st-helena")]
    [InlineData("Carmel-by-the-Sea", "carmel-by-the-sea")]
    [InlineData("Davis", "davis")]
    public void A_citys_id_is_its_name(string name, string id) => Assert.Equal(id, CityId.OfName(name).Value);

    private static Standing Sits => new("Council Member", "Davis", Duty.None, []) { Body = Council };

    private static Actor.Person Member(string id, LocalBody? body = null) => new(new(id), Sits with { Body = body ?? Council });

    private static Viewer Clerk(string city) => new(new("clerk"), new Standing("City Clerk", city, Duty.CityClerk, []));

    private static ConversationCommand.Enter Enter(string member, int size, string act = "act") =>
        new(new MemberId(member), Council, size, "202520260AB831", GuardMode.Hold, new CommandId(act));

    private static ConversationEvent.Entered Entered(string member, string act) => new(new(member), Council, "202520260AB831", new(act));

    private static FakeConversation Says(FakeConversation talk, string member, int size)
    {
        talk.When(Enter(member, size), Door).ThenRecorded(Entered(member, "act"));
        return talk.GivenBy(Door, Entered(member, "act"), new ConversationEvent.Stayed(new(member), new("act")));
    }
}
