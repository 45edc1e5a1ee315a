using Bunit;
using CalCities.Collab.Accounts;
using CalCities.Collab.Conversations;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.Rosters;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Cities;

/// <summary>A city that was renamed is the city that it was, whoever is described under which of its names.</summary>
public sealed class RenamedCityTests : PagesOnAHub
{
    private const string Header = "email,name,office,city,duty,body,group,role\n";
    private static readonly CityId Alder = new("alder-springs"), Later = new("alder-springs-again");
    private static readonly Viewer Admin = new(new("admin"), new Standing("Administrator", null, Duty.Admin, []));
    private static readonly MemberId Clerk = MemberId.OfEmail("clerk@alder.example"), First = MemberId.OfEmail("first@alder.example"), Second = MemberId.OfEmail("second@alder.example");
    private static readonly ThreadId Water = new("water");

    private GroupId eq;
    private MemberId mayor, vice;

    protected override async Task Begin()
    {
        eq = await Hub.Found("eq", "Environmental Quality");
        await Do(Alder, new CityCommand.Register("Alder Springs", "Glenn", await Hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division)));
        await Do(Alder, new CityCommand.Admit(new DateOnly(1950, 7, 1)));
        await Do(Alder, new CityCommand.SizeBody(LocalBody.Council, 5));
        await Hub.Join("admin", "Administrator", null, Duty.Admin);
        mayor = await Hub.Join("mayor", "Mayor", "Alder Springs", seats: (eq, Role.Member));
        vice = await Hub.Join("vice", "Vice Mayor", "Alder Springs", seats: (eq, Role.Member));
        foreach (var member in new[] { mayor, vice })
            await Do(member, new MemberCommand.Sit(new LocalBody(Alder, LocalBody.Council)));

        await Do(Alder, new CityCommand.Rename("Alder Lake"));
        await Hub.CaughtUp();
        await BringIn(Header
            + "clerk@alder.example,,City Clerk,Alder Lake,city clerk,,,\n"
            + "first@alder.example,,Council Member,Alder Lake,,council,eq,member\n"
            + "second@alder.example,,Council Member,alder springs,,council,eq,member\n");
        await Do(vice, new MemberCommand.Describe(null, "Vice Mayor", "Alder Lake", Duty.None) { HomeId = Alder });
        await Hub.CaughtUp();
    }

    [Fact]
    public async Task Its_clerk_under_the_new_name_names_delegates_of_both_names_and_its_page_lists_all()
    {
        Assert.Equal(new Standing("City Clerk", "Alder Lake", Duty.CityClerk, []) { HomeId = Alder }, (await StandingOf(Clerk)) with { Seats = [] });
        Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(Clerk, Alder, new CommandId("designate"), new CityCommand.Designate(First, [mayor, vice], new DateOnly(2025, 3, 1)), Cancel));
        await SignIn(Clerk);

        var page = Open(Alder);

        await Shows(page, "h1", "Alder Lake");
        await Shows(page, "[aria-labelledby=officials] li", "City Clerk", "Council Member On the council", "Council Member On the council", "Mayor On the council", "Vice Mayor On the council");
        await Shows(page, "[aria-labelledby=delegation] .told > div", "Voting delegate Council Member", "First alternate Mayor", "Second alternate Vice Mayor", "Council acted on Mar 1, 2025");
        await Shows(page, "#talks", "Conversations of our council");
        Assert.Equal("/cities/alder-springs/record", page.Find("a[href$='/record']").GetAttribute("href"));
    }

    [Fact]
    public async Task Its_council_counts_as_one_whoever_was_described_under_which_name()
    {
        await Act(mayor, new ThreadCommand.Open(eq, null, "Water", Readers.GroupOnly));
        Assert.Equal(
            [null, null, ConversationRefusals.MajorityOfCouncil, ConversationRefusals.MajorityOfCouncil],
            [await Say(mayor, "a"), await Say(First, "b"), await Say(Second, "c"), await Say(vice, "d")]);
        await Hub.CaughtUp();

        var talks = await Hub.Services.GetRequiredService<ConversationQueries>().Of(Alder, Cancel);

        Assert.Equal(new[] { mayor, First }.ToHashSet(), talks.Rows.Select(row => row.Member).ToHashSet());
        Assert.Same(talks, ConversationList.For(new Viewer(Clerk, await StandingOf(Clerk)), talks));
    }

    [Fact]
    public async Task Its_record_holds_what_was_written_under_either_name()
    {
        await Act(mayor, new ThreadCommand.Open(eq, null, "Water", Readers.GroupOnly));
        await Say(mayor, "a");
        await Say(First, "b");
        await Hub.CaughtUp();
        var records = Hub.Services.GetRequiredService<RecordQueries>();
        var (names, people) = (await records.Names(Cancel), await records.PeopleOf(Alder, Cancel));
        var judge = RecordOf.City(Alder, names, people).Begin();

        var theirs = await records.Events(Water.Stream, long.MaxValue, Cancel).Where(kept => judge.IsTheirs(kept.Recorded)).Select(kept => kept.Recorded.Actor.Member).ToListAsync(Cancel);

        Assert.Equal([mayor, mayor, First], theirs);
        Assert.Equal(new[] { mayor, vice, Clerk, First, Second }.ToHashSet(), people.ToHashSet());
        Assert.Contains(Water.Stream, await records.StreamsOf(Alder, Cancel));
        Assert.Null(RecordRights.AgainstCity(await StandingOf(Clerk), RecordEndpoints.OwnOf(await StandingOf(Clerk), names), Alder));
    }

    [Fact]
    public async Task Another_city_that_takes_its_old_name_has_its_own_people_and_the_old_citys_stay_where_they_are()
    {
        await Do(Later, new CityCommand.Register("Alder Springs", "Glenn", new GroupId("sacramento-valley")));
        await Do(Later, new CityCommand.SizeBody(LocalBody.Council, 5));
        await Hub.CaughtUp();
        var taken = RosterFile.Write(await Roster.Rows(null, Cancel));
        Assert.True((await Roster.Preview(taken, true, Admin, Cancel)).Plan.IsEmpty);

        await BringIn(Header + "new@alder.example,,Council Member,Alder Springs,,council,,\n");
        var (invited, refusal) = await ActivatorUtilities.CreateInstance<Invitations>(Hub.Services)
            .Join(new Actor.Program("invitation"), "clerk@later.example", "A. Name", "City Clerk", "Alder Springs", Duty.CityClerk);
        await Hub.CaughtUp();

        var names = await Hub.Services.GetRequiredService<RecordQueries>().Names(Cancel);
        var (brought, clerk) = (await StandingOf(MemberId.OfEmail("new@alder.example")), await StandingOf(invited));
        Assert.Null(refusal);
        Assert.Equal((Later, Later, new LocalBody(Later, LocalBody.Council)), (brought.Home, clerk.Home, brought.Body));
        Assert.Equal((Later, Alder), (RecordEndpoints.OwnOf(clerk, names), RecordEndpoints.OwnOf(await StandingOf(mayor), names)));
        Assert.Equal(RecordRefusals.NotYourCity, RecordRights.AgainstCity(clerk, RecordEndpoints.OwnOf(clerk, names), Alder));
        Assert.Equal(CityRefusals.OnlyItsClerk, Assert.IsType<Outcome.Refused>(await Hub.Door.Execute(invited, Alder, new CommandId("no"), new CityCommand.Designate(mayor, [], new DateOnly(2025, 3, 1)), Cancel)).Refusal);
        Assert.Equal(
            new[] { invited, MemberId.OfEmail("new@alder.example") }.ToHashSet(),
            (await Hub.Services.GetRequiredService<MemberQueries>().Of(Later, Cancel)).Select(row => row.Member).ToHashSet());
    }

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private RosterImport Roster => ActivatorUtilities.CreateInstance<RosterImport>(Hub.Services);

    private IRenderedComponent<CityPage> Open(CityId city) => Render<CityPage>(p => p.Add(page => page.Slug, city.Value));

    private async Task BringIn(string text)
    {
        var preview = await Roster.Preview(text, false, Admin, Cancel);
        Assert.Equal([], preview.Problems.Select(problem => problem.ToString()));
        var file = await Hub.Services.GetRequiredService<RosterQueries>().Keep(text, Cancel);
        Assert.IsType<Outcome.Recorded>(await Roster.Begin(new RosterId(Guid.NewGuid().ToString("N")), file, preview.Plan, Caller.InProcess(Admin.Member), Cancel));
        await Hub.CaughtUp();
        Assert.True((await Roster.Preview(text, false, Admin, Cancel)).Plan.IsEmpty);
    }

    private async Task<Standing> StandingOf(MemberId member) =>
        Assert.IsType<MemberFact>((await Hub.Grains.GetGrain<ITellingGrain>(GrainId.Create("member", member.Value)).Tell()).Fact).Standing;

    private async Task<Refusal?> Say(MemberId by, string post) =>
        (await Send(by, new ThreadCommand.Post(new(post), null, null, Stance.None, "Save it.", [])) as Outcome.Refused)?.Refusal;

    private async Task Act(MemberId by, ThreadCommand command) => Assert.IsType<Outcome.Recorded>(await Send(by, command));

    private Task<Outcome> Send(MemberId by, ThreadCommand command) => Hub.Door.Execute(by, Water, new CommandId(Guid.NewGuid().ToString("N")), command, Cancel);
}
