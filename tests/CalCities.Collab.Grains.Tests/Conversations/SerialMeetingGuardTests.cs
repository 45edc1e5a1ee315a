using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using CalCities.Collab.Voting;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Conversations;

/// <summary>The guard in the real door: councils of real sizes in two committees' threads on one bill.</summary>
public sealed class SerialMeetingGuardTests : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq"), Cs = new("cs");
    private static readonly ThreadId Water = new("water"), Parks = new("parks"), Topic = new("topic");
    private static readonly Actor.Program Program = new("test");
    private TestHub hub = null!;
    private BillId bill;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        await hub.Found("eq", "Environmental Quality");
        await hub.Found("cs", "Community Services");
        bill = SomeBills.Number.Id;
        await Do(bill, new BillCommand.Observe(SomeBills.Observed));
        await City("Davis", 5);
        await City("Long Beach", 7);
        var staff = await hub.Join("staff", "Legislative staff", null, Duty.Staff);
        foreach (var (thread, group, about) in new[] { (Water, Eq, (BillId?)bill), (Parks, Cs, bill), (Topic, Eq, null) })
            Assert.IsType<Outcome.Recorded>(await Send(staff, thread, new ThreadCommand.Open(group, about, "Talk", Readers.GroupOnly)));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("Davis", 2)]
    [InlineData("Long Beach", 3)]
    public async Task Two_of_five_and_three_of_seven_talk_and_the_next_is_held(string city, int free)
    {
        var council = await Council(city, free + 1);
        foreach (var member in council[..free])
            Assert.IsType<Outcome.Recorded>(await Say(member, Water));

        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Say(council[^1], Water));
        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Send(council[^1], new ThreadId("another"), new ThreadCommand.Open(Eq, bill, "Mine", Readers.GroupOnly)));
        Assert.IsType<Outcome.Recorded>(await Say(council[0], Water));      // who takes part goes on
        Assert.IsType<Outcome.Recorded>(await Say(council[^1], Topic));     // another subject is another conversation
    }

    [Fact]
    public async Task Threads_of_two_groups_on_one_bill_are_one_conversation_and_agreeing_is_taking_part()
    {
        var council = await Council("Davis", 3);
        var stranger = await hub.Join("stranger", "Mayor", "Ojai", Duty.None, (Eq, Role.Member), (Cs, Role.Member));
        var post = await Posted(stranger, Water);
        Assert.IsType<Outcome.Recorded>(await Say(council[0], Water));
        Assert.IsType<Outcome.Recorded>(await Say(council[1], Parks));

        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Send(council[2], Water, new ThreadCommand.Agree(post)));
        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Say(council[2], Parks));
    }

    [Fact]
    public async Task Of_two_acts_at_once_one_passes()
    {
        for (var round = 0; round < 10; round++)
        {
            var thread = new ThreadId($"round-{round}");
            var council = await Council("Davis", 3);
            Assert.IsType<Outcome.Recorded>(await Send(new MemberId("staff"), thread, new ThreadCommand.Open(Eq, null, "Round", Readers.GroupOnly)));
            Assert.IsType<Outcome.Recorded>(await Say(council[0], thread));

            var both = await Task.WhenAll(Say(council[1], thread), Say(council[2], thread));

            Assert.Single(both, outcome => outcome is Outcome.Recorded);
            Assert.Single(both, new Outcome.Refused(ConversationRefusals.MajorityOfCouncil));
        }
    }

    [Fact]
    public async Task Two_may_talk_but_not_to_each_other_and_edits_are_no_way_around()
    {
        var council = await Council("Davis", 2);
        var first = await Posted(council[0], Water);
        var own = await Posted(council[1], Water);

        var held = new Outcome.Refused(ThreadRefusals.AnswersFellow);
        Assert.Equal(held, await Send(council[1], Water, new ThreadCommand.Post(new("r1"), first, null, Stance.None, "I agree", [])));
        Assert.Equal(held, await Send(council[1], Water, new ThreadCommand.Post(new("r2"), null, new Quote(first, 0, 0, 3), Stance.None, "Indeed", [])));
        Assert.Equal(held, await Send(council[1], Water, new ThreadCommand.Agree(first)));
        Assert.Equal(held, await Send(council[1], Water, new ThreadCommand.Edit(own, "@Council Member, Davis, yes", [council[0]])));
        Assert.IsType<Outcome.Recorded>(await Send(council[1], Water, new ThreadCommand.Edit(own, "Water is dear", [])));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(1, false)]
    public async Task In_a_noticed_meeting_a_whole_council_may_speak_and_vote_and_in_one_that_was_not_it_is_talk(int days, bool isNoticed)
    {
        var meeting = new MeetingId("june");
        var chair = await hub.Join("presiding", "Mayor", "Ojai", Duty.None, (Eq, Role.Chair));
        var council = await Council("Davis", 3);
        await Act(chair, new MeetingCommand.Schedule(Eq, "June", false, DateTimeOffset.UtcNow.AddDays(days), new Place("City hall", "", "", "", true)));
        await Act(chair, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Water", bill, null, [])));
        await Act(chair, new MeetingCommand.PostAgenda());
        await Act(chair, new MeetingCommand.OpenRoll(Eq));
        foreach (var member in council.Append(chair))
            await Act(member, new MeetingCommand.CheckIn(member, member, false));
        await Act(chair, new MeetingCommand.CallToOrder());
        await Act(chair, new MeetingCommand.CallItem(1));

        await Act(council[0], new MeetingCommand.AskToSpeak(council[0], Side.For));
        await Act(council[1], new MeetingCommand.AskToSpeak(council[1], Side.Against));
        var third = await Send(council[2], meeting, new MeetingCommand.AskToSpeak(council[2], Side.Question));
        if (isNoticed)
            Assert.IsType<Outcome.Recorded>(third);
        else
            Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), third);

        // What two said in a meeting that was not noticed counts with what is written on the bill; a noticed one counts nowhere.
        var written = await Say(council[2], Water);
        Assert.Equal(isNoticed, written is Outcome.Recorded);
        Assert.IsType<Outcome.Recorded>(await Say(council[0], Water));
        Assert.Equal(isNoticed, await Say(council[1], Water) is Outcome.Refused);

        async Task Act(MemberId by, MeetingCommand command) => Assert.IsType<Outcome.Recorded>(await Send(by, meeting, command));
    }

    [Fact]
    public async Task A_refused_act_makes_nobody_a_participant_and_may_be_tried_again_under_its_id()
    {
        var council = await Council("Davis", 3);
        for (var i = 0; i < 3; i++)
            Assert.Equal(new Outcome.Refused(ThreadRefusals.EmptyBody), await Send(council[0], Water, new ThreadCommand.Post(new("p"), null, null, Stance.None, " ", []), "same"));
        Assert.Equal(new Outcome.Refused(ThreadRefusals.NoSuchPost), await Send(council[0], Water, new ThreadCommand.Agree(new("none"))));
        Assert.IsType<Outcome.Recorded>(await Say(council[1], Water));
        Assert.IsType<Outcome.Recorded>(await Say(council[2], Water));

        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Send(council[0], Water, new ThreadCommand.Post(new("p"), null, null, Stance.None, "Now", []), "same"));
    }

    [Fact]
    public async Task An_alternate_and_a_person_in_no_seat_of_the_council_count_by_their_council_alone()
    {
        var council = await Council("Davis", 2);
        var alternate = await hub.Join("alternate", "Council Member", "Davis", Duty.None, (Eq, Role.Alternate));
        await Do(alternate, new MemberCommand.Sit(new(CityId.OfName("Davis"), LocalBody.Council)));
        var manager = await hub.Join("manager", "City Manager", "Davis", Duty.None, (Eq, Role.Member));
        foreach (var member in council)
            Assert.IsType<Outcome.Recorded>(await Say(member, Water));

        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityOfCouncil), await Say(alternate, Water));
        Assert.IsType<Outcome.Recorded>(await Say(manager, Water));
    }

    [Fact]
    public async Task Nobody_learns_by_the_guard_of_a_thread_that_they_may_not_read()
    {
        var council = await Council("Davis", 3);
        await Say(council[0], Water);
        await Say(council[1], Water);
        var outsider = await hub.Join("outsider", "Council Member", "Davis", Duty.None, (new("cs"), Role.Guest));
        await Do(outsider, new MemberCommand.Sit(new(CityId.OfName("Davis"), LocalBody.Council)));

        Assert.Equal(new Outcome.Refused(ThreadRefusals.NoSuchThread), await Say(outsider, Water));
        Assert.Equal(await Say(outsider, new ThreadId("no-such")), await Say(outsider, Water));
    }

    [Fact]
    public async Task A_group_that_warns_lets_go_on_who_takes_note_and_one_without_a_guard_holds_nobody()
    {
        await Do(Eq, new GroupCommand.SetGuard(GuardMode.Warn));
        await Do(Cs, new GroupCommand.SetGuard(GuardMode.Off));
        var council = await Council("Davis", 4);
        var first = await Posted(council[0], Water);
        Assert.IsType<Outcome.Recorded>(await Say(council[1], Water));
        Assert.Equal(new Outcome.Refused(ConversationRefusals.MajorityWarning), await Say(council[2], Water));
        Assert.Equal(new Outcome.Refused(ThreadRefusals.AnswersFellowWarning), await Send(council[1], Water, new ThreadCommand.Agree(first)));

        var talk = ConversationId.Of(new(CityId.OfName("Davis"), LocalBody.Council), bill.Value);
        foreach (var member in council[1..3])
            Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(member, talk, new CommandId("note"), new ConversationCommand.TakeNote()));

        Assert.IsType<Outcome.Recorded>(await Say(council[2], Water));
        Assert.IsType<Outcome.Recorded>(await Send(council[1], Water, new ThreadCommand.Agree(first)));
        Assert.IsType<Outcome.Recorded>(await Say(council[3], Parks));
    }

    [Fact]
    public async Task The_record_lists_who_takes_part_for_that_citys_clerk_alone()
    {
        var council = await Council("Davis", 2);
        foreach (var member in council)
            await Say(member, Water);
        await hub.CaughtUp();

        var list = await new ConversationQueries(hub.Services.GetRequiredService<Kernel.Log.IHubDatabase>()).Of(CityId.OfName("Davis"), TestContext.Current.CancellationToken);

        Assert.Equal(council.ToHashSet(), list.Rows.Select(row => row.Member).ToHashSet());
        Assert.All(list.Rows, row => Assert.Equal((LocalBody.Council, bill.Value), (row.Body, row.Subject)));
        Assert.Same(list, ConversationList.For(new(new("c"), new Standing("City Clerk", "Davis", Duty.CityClerk, [])), list));
        Assert.Empty(ConversationList.For(new(new("c"), new Standing("City Clerk", "Ojai", Duty.CityClerk, [])), list).Rows);
        Assert.Empty(ConversationList.For(new(new("staff"), new Standing("Staff", null, Duty.Staff, [])), list).Rows);
    }

    private int councils;

    /// <summary>New members of a city's council, with a seat in both committees.</summary>
    private async Task<MemberId[]> Council(string city, int members)
    {
        var council = Enumerable.Range(1, members).Select(n => new MemberId($"{CityId.OfName(city)}-{++councils}")).ToArray();
        foreach (var member in council)
        {
            await hub.Join(member.Value, "Council Member", city, Duty.None, (Eq, Role.Member), (Cs, Role.Member));
            await Do(member, new MemberCommand.Sit(new(CityId.OfName(city), LocalBody.Council)));
        }

        return council;
    }

    private async Task City(string name, int size)
    {
        await Do(CityId.OfName(name), new CityCommand.Register(name, "County", new("sacramento-valley")));
        await Do(CityId.OfName(name), new CityCommand.SizeBody(LocalBody.Council, size));
    }

    private async Task Do<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, TCommand command) where TCommand : class, ICommand =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(Program, to, new CommandId($"do-{++sent}"), command));

    private Task<Outcome> Say(MemberId member, ThreadId thread) => Send(member, thread, new ThreadCommand.Post(new($"p{++sent}"), null, null, Stance.None, "Water", []));

    private async Task<PostId> Posted(MemberId member, ThreadId thread)
    {
        var post = new PostId($"p{++sent}");
        Assert.IsType<Outcome.Recorded>(await Send(member, thread, new ThreadCommand.Post(post, null, null, Stance.None, "Water", [])));
        return post;
    }

    private Task<Outcome> Send<TCommand, TEvent>(MemberId member, IAggregateId<TCommand, TEvent> to, TCommand command, string? id = null) where TCommand : class, ICommand =>
        hub.Door.Execute(Caller.InProcess(member), to, new CommandId(id ?? $"s{++sent}"), command, TestContext.Current.CancellationToken);
}
