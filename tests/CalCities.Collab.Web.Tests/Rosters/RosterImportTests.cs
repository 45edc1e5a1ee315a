using System.Diagnostics;
using System.Globalization;
using System.Text;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Rosters;

/// <summary>Rosters brought in and taken back on a real host.</summary>
public sealed class RosterImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly GroupId Eq = new("eq"), Valley = new("sacramento-valley");
    private static readonly Actor.Program Test = new("test");
    private static readonly Viewer Admin = new(new("admin"), new Standing("Administrator", null, Duty.Admin, []));
    private static readonly Viewer Staff = new(new("staff"), new Standing("Staff", null, Duty.Staff, []));
    private const string Header = "email,name,office,city,duty,body,group,role,appointer,term,alternate_for\n";
    private static readonly string Two = Header
        + "mayor@davis.example,,Mayor,Davis,,council,eq,chair,sacramento-valley,,\n"
        + "mayor@davis.example,,Mayor,Davis,,council,Sacramento Valley,,,,\n"
        + "vice@davis.example,,Vice Mayor,davis,,council,eq,alternate,sacramento-valley,,mayor@davis.example\n"
        + "clerk@davis.example,,City Clerk,Davis,city clerk,,,,,,\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<TestHub> Hub(string? database = null)
    {
        var hub = await TestHub.Start(database, host => host.AddRosters());
        await hub.Found("eq", "Environmental Quality");
        await hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division);
        await Do(hub, Eq, new GroupCommand.Allot(new Appointer("sacramento-valley"), 2));
        await Do(hub, new CityId("davis"), new CityCommand.Register("Davis", "Yolo", Valley));
        await Do(hub, new CityId("davis"), new CityCommand.SizeBody(LocalBody.Council, 5));
        await hub.Join("admin", "Administrator", null, Duty.Admin);
        await hub.Join("staff", "Staff", null, Duty.Staff);
        return hub;
    }

    private static async Task Do<TCommand, TEvent>(TestHub hub, IAggregateId<TCommand, TEvent> to, TCommand command) where TCommand : class, ICommand =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(Test, to, new(Guid.NewGuid().ToString("N")), command, Cancel));

    private static RosterImport Import(TestHub hub) => hub.Services.GetRequiredService<RosterImport>();

    private static async Task<RosterRow> BringIn(TestHub hub, string text, bool whole = false)
    {
        var preview = await Import(hub).Preview(text, whole, Admin, Cancel);
        Assert.Equal([], preview.Problems.Select(problem => problem.ToString()));
        var rosters = hub.Services.GetRequiredService<RosterQueries>();
        var id = new RosterId(Guid.NewGuid().ToString("N"));
        Assert.IsType<Outcome.Recorded>(await Import(hub).Begin(id, await rosters.Keep(text, Cancel), preview.Plan, Caller.InProcess(Admin.Member), Cancel));
        await hub.CaughtUp();
        return (await rosters.Last(Cancel)).Single(row => row.Id == id);
    }

    private static async Task<string[]> Roster(TestHub hub) =>
        [.. (await hub.Services.GetRequiredService<GroupQueries>().Roster(Eq)).Select(row => $"{row.DisplayName}, {row.Role}, {row.By}, {row.AlternateFor is not null}")];

    [Fact]
    public async Task A_file_brings_people_seats_and_alternates_in_and_the_same_file_again_changes_nothing()
    {
        await using var hub = await Hub();

        var import = await BringIn(hub, Two);

        Assert.Equal((RosterStage.Finished, 3, 3), (import.Stage, import.People, import.Seats));
        Assert.Equal(["Mayor, Davis, Chair, sacramento-valley, False", "Vice Mayor, Davis, Alternate, sacramento-valley, True"], await Roster(hub));
        var mayor = Assert.IsType<MemberFact>((await hub.Grains.GetGrain<ITellingGrain>(GrainId.Create("member", MemberId.OfEmail("mayor@davis.example").Value)).Tell()).Fact).Standing;
        Assert.Equal(new LocalBody(new("davis"), LocalBody.Council), mayor.Body);
        Assert.Equal([new Seat(Eq, Role.Chair), new Seat(Valley, Role.Member)], mayor.Seats.OrderBy(seat => seat.Group.Value, StringComparer.Ordinal));
        Assert.True((await Import(hub).Preview(Two, true, Admin, Cancel)).Plan.IsEmpty);
    }

    [Fact]
    public async Task What_was_taken_out_can_be_brought_in_again_and_changes_nothing()
    {
        await using var hub = await Hub();
        await BringIn(hub, Two);

        var taken = RosterFile.Write(await Import(hub).Rows(null, Cancel));

        var preview = await Import(hub).Preview(taken, true, Admin, Cancel);
        Assert.Equal([], preview.Problems);
        Assert.True(preview.Plan.IsEmpty);
        Assert.Equal(3, RosterFile.Read(RosterFile.Write(await Import(hub).Rows(Eq, Cancel))).Lines.Length + 1);
    }

    [Fact]
    public async Task A_file_that_lists_a_whole_group_vacates_the_others_and_one_that_does_not_leaves_them()
    {
        await using var hub = await Hub();
        await BringIn(hub, Two);
        var other = Header + "other@davis.example,,Council Member,Davis,,council,eq,member,sacramento-valley,,\n";

        Assert.Equal([null], (await Import(hub).Preview(other, false, Admin, Cancel)).Plan.Seats.Select(seat => seat.Before));
        await BringIn(hub, other, whole: true);

        Assert.Equal(["Council Member, Davis, Member, sacramento-valley, False"], await Roster(hub));
    }

    [Fact]
    public async Task An_import_is_taken_back_whole_as_long_as_nothing_it_changed_has_changed_since()
    {
        await using var hub = await Hub();
        await BringIn(hub, Two);
        var second = await BringIn(hub, Header + "mayor@davis.example,,Former Mayor,Davis,,,eq,member,sacramento-valley,,\nnew@davis.example,,Council Member,Davis,,,,,,,\n");
        await Do(hub, MemberId.OfEmail("new@davis.example"), new MemberCommand.Describe(null, "Mayor", "Davis", Duty.None));
        await hub.CaughtUp();

        Assert.Equal("Mayor, Davis has been changed since. Undo takes back only what is still as the import left it; change the rest by hand.",
            await Import(hub).Undo(second, Staff, Caller.InProcess(Staff.Member), Cancel));
        await Do(hub, MemberId.OfEmail("new@davis.example"), new MemberCommand.Describe(null, "Council Member", "Davis", Duty.None));
        await hub.CaughtUp();
        Assert.Null(await Import(hub).Undo(second, Staff, Caller.InProcess(Staff.Member), Cancel));
        await hub.CaughtUp();

        Assert.Equal(["Mayor, Davis, Chair, sacramento-valley, False", "Vice Mayor, Davis, Alternate, sacramento-valley, True"], await Roster(hub));
        Assert.Null((await hub.Grains.GetGrain<ITellingGrain>(GrainId.Create("member", MemberId.OfEmail("new@davis.example").Value)).Tell()).Fact);
        Assert.Equal(RosterStage.Undone, (await hub.Services.GetRequiredService<RosterQueries>().Last(Cancel))[0].Stage);
    }

    [Fact]
    public async Task An_import_that_a_stopped_host_left_under_way_goes_on_and_nothing_is_there_twice()
    {
        await using var hub = await Hub();
        var preview = await Import(hub).Preview(Two, false, Admin, Cancel);
        var rosters = hub.Services.GetRequiredService<RosterQueries>();
        var (file, plan) = (await rosters.Keep(Two, Cancel), await rosters.Keep(System.Text.Json.JsonSerializer.Serialize(preview.Plan, Kinds.Json), Cancel));
        // As a host leaves it that was killed: begun, one person in.
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(Caller.InProcess(Admin.Member), new RosterId("r1"), new("begin"), new RosterCommand.Begin(file, plan, 3, 3), Cancel));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("roster"), MemberId.OfEmail("mayor@davis.example"), new("r1:do:p0:join"), new MemberCommand.Join("Mayor", "Davis", Duty.None), Cancel));
        await hub.CaughtUp();

        await Import(hub).Resume(Cancel);
        await Import(hub).Resume(Cancel);
        await hub.CaughtUp();

        Assert.Equal(RosterStage.Finished, (await rosters.Last(Cancel)).Single().Stage);
        Assert.Equal(2, (await Roster(hub)).Length);
        var joined = await hub.Grains.GetGrain<IStreamGrain<MemberEvent>>(GrainId.Create("member", MemberId.OfEmail("mayor@davis.example").Value)).ReadAfter(0);
        Assert.Equal(["Joined", "Sits"], joined.Events.Select(recorded => recorded.Event.GetType().Name).Where(name => name != "Seated"));
    }

    [Fact]
    public async Task An_import_that_is_refused_something_on_its_way_is_taken_back_whole_and_says_why()
    {
        await using var hub = await Hub();
        var preview = await Import(hub).Preview(Two, false, Admin, Cancel);
        // Between the look and the import someone takes the division's seats away.
        await Do(hub, Eq, new GroupCommand.Allot(new Appointer("sacramento-valley"), 0));
        var rosters = hub.Services.GetRequiredService<RosterQueries>();

        await Import(hub).Begin(new("r1"), await rosters.Keep(Two, Cancel), preview.Plan, Caller.InProcess(Admin.Member), Cancel);
        await hub.CaughtUp();

        var import = (await rosters.Last(Cancel)).Single();
        Assert.Equal((RosterStage.GivenUp, $"Line 2: {GroupRefusals.NoAllotment.Sentence}"), (import.Stage, import.Reason));
        Assert.Empty(await Roster(hub));
        Assert.Empty(await hub.Services.GetRequiredService<GroupQueries>().Roster(Valley));
    }

    [Fact]
    public async Task The_league_is_founded_in_an_empty_hub_and_a_second_press_adds_nothing()
    {
        await using var hub = await TestHub.Start();
        await new LeagueFounding(hub.Door).Run(Cancel);
        await hub.CaughtUp();
        var groups = (await hub.Services.GetRequiredService<GroupQueries>().All()).Length;
        var head = (await hub.Grains.GetGrain<IFeedRunner>(IFeedRunner.Key).WaitFor(0)).Indexes;

        await new LeagueFounding(hub.Door).Run(Cancel);
        await hub.CaughtUp();

        Assert.Equal(League.Groups.Length, groups);
        Assert.Equal(480, (await hub.Services.GetRequiredService<CityQueries>().All(Cancel)).Count(city => city is { IsMember: true, Council: >= 5 }));
        Assert.Equal(head, (await hub.Grains.GetGrain<IFeedRunner>(IFeedRunner.Key).WaitFor(0)).Indexes);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "nobody,,Mayor,Davis,,,,,,,", "Line 2, column email: “nobody” is no e-mail address. Write it like mayor@city.example." },
        { ",,Mayor,Davis,,,,,,,", "Line 2, column email: Nobody is named here. Give the person's e-mail address." },
        { "a@b.example,,,Davis,,,,,,,", "Line 2, column office: An office has 1 to 80 characters, such as Mayor." },
        { "a@b.example,,Mayor,Daviss,,,,,,,", "Line 2, column city: There is no city “Daviss”. Did you mean Davis?" },
        { "a@b.example,,Mayor,Davis,stff,,,,,,", "Line 2, column duty: There is no duty “stff”. Did you mean staff? Leave it empty for an official of a city." },
        { "a@b.example,,Clerk,,city clerk,,,,,,", "Line 2, column city: A city clerk is of a city. Name it." },
        { "a@b.example,,Administrator,,admin,,,,,,", $"Line 2, column duty: {MemberRefusals.OnlyAnAdmin.Sentence}" },
        { "a@b.example,,Mayor,Davis,,planning,,,,,", "Line 2, column body: Davis has no body “planning” in the hub. Write council, or add the commission on the city's page first." },
        { "a@b.example,,Mayor,,,council,,,,,", "Line 2, column body: A council or commission is a city's. Name the city." },
        { "a@b.example,,Mayor,Davis,,,qe,,,,", "Line 2, column group: There is no group “qe”." },
        { "a@b.example,,Mayor,Davis,,,,chair,,,", "Line 2, column group: A role is held in a group. Name the group, or leave role and appointer empty." },
        { "a@b.example,,Mayor,Davis,,,eq,char,,,", "Line 2, column role: There is no role “char”. Did you mean chair? Roles are alternate, chair, clerk, delegate, guest, member, partner, seated alternate, vice chair." },
        { "a@b.example,,Mayor,Davis,,,eq,,sacramento-valey,,", "Line 2, column appointer: “sacramento-valey” appoints nobody to Environmental Quality. Did you mean sacramento-valley?" },
        { "a@b.example,,Mayor,Davis,,,eq,,sacramento-valley,2026–27,", "Line 2, column term: This group has no next term planned. Leave it empty, or plan the term first." },
        { "a@b.example,,Mayor,Davis,,,eq,alternate,sacramento-valley,,", "Line 2, column alternate_for: An alternate is named for a holder of the same appointer. Give the holder's e-mail address." },
        { "a@b.example,,Mayor,Davis,,,eq,alternate,sacramento-valley,,c@d.example", "Line 2, column alternate_for: That person holds no seat of the same appointer here. An alternate is named for one who does." },
        { "a@b.example,,Mayor,Davis,,,eq,,,,\na@b.example,,Clerk,Davis,,,,,,,", "Line 3, column office: This differs from line 2, which is the same person. Say the same in both." },
        { "a@b.example,,Mayor,Davis,,,eq,,,,\na@b.example,,Mayor,Davis,,,eq,chair,,,", "Line 3, column group: This person's seat in Environmental Quality stands in line 2 already. Keep one." },
        {
            "a@b.example,,Mayor,Davis,,,eq,,sacramento-valley,,\nb@b.example,,Mayor,Davis,,,eq,,sacramento-valley,,\nc@b.example,,Mayor,Davis,,,eq,,sacramento-valley,,",
            "Line 4, column appointer: sacramento-valley fills 2 seats of Environmental Quality, and with this line 3. Vacate one, or take this one out."
        },
    };

    [Fact]
    public async Task Each_kind_of_wrong_row_is_named_by_line_and_column_and_nothing_of_the_file_is_brought_in()
    {
        await using var hub = await Hub();

        foreach (var (rows, problem) in Wrong.Select(row => (row.Data.Item1, row.Data.Item2)))
        {
            var preview = await Import(hub).Preview(Header + rows + "\n", false, Staff, Cancel);
            Assert.Equal([problem], preview.Problems.Select(one => one.ToString()));
            Assert.True(preview.Plan.IsEmpty);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_people_are_looked_at_in_two_seconds_and_brought_in_within_thirty(bool onPostgres)
    {
        await using var hub = await Hub(onPostgres ? postgres.ConnectionString : null);
        var text = new StringBuilder(Header);
        for (var i = 0; i < 10_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"official-{i}@davis.example,,Council Member {i},Davis,,,{(i < 4_900 ? "sacramento-valley" : "")},,,,\n");

        // The faster of two looks: the first also compiles, and other tests run beside it.
        var watch = Stopwatch.StartNew();
        await Import(hub).Preview(text.ToString(), false, Admin, Cancel);
        var first = watch.Elapsed;
        watch.Restart();
        var preview = await Import(hub).Preview(text.ToString(), false, Admin, Cancel);
        var looked = first < watch.Elapsed ? first : watch.Elapsed;
        Assert.Equal((10_000, 4_900, 0), (preview.Plan.People.Length, preview.Plan.Seats.Length, preview.Problems.Length));
        var rosters = hub.Services.GetRequiredService<RosterQueries>();
        watch.Restart();
        await Import(hub).Begin(new("r1"), await rosters.Keep(text.ToString(), Cancel), preview.Plan, Caller.InProcess(Admin.Member), Cancel);
        var brought = watch.Elapsed;
        // Lists and standings follow; how long that takes is told and no part of what was promised.
        var feed = hub.Grains.GetGrain<IFeedRunner>(IFeedRunner.Key);
        var reached = await feed.WaitFor(0);
        while ((await rosters.Last(Cancel)) is not [{ Stage: RosterStage.Finished }] || reached.Policies < reached.Indexes)
            reached = await feed.WaitFor(Math.Min(reached.Indexes, reached.Policies) + 1);

        Console.WriteLine($"{(onPostgres ? "PostgreSQL" : "SQLite")}: preview {first.TotalSeconds:0.00} s, at best {looked.TotalSeconds:0.00} s, import {brought.TotalSeconds:0.0} s, with the lists {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(4_900, (await hub.Services.GetRequiredService<GroupQueries>().Roster(Valley)).Length);
        Assert.InRange(looked.TotalSeconds, 0, 2);
        Assert.InRange(brought.TotalSeconds, 0, 30);
    }
}
