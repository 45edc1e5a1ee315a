using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Groups;

/// <summary>Rosters and seats as lists, on a database of the subclass's.</summary>
public abstract class GroupQueriesContract : IAsyncLifetime
{
    private static readonly Appointer Valley = new("sacramento-valley");

    private TestHub hub = null!;

    protected abstract string? ConnectionString { get; }

    private GroupQueries Queries => hub.Services.GetRequiredService<GroupQueries>();

    public virtual async ValueTask InitializeAsync() => hub = await TestHub.Start(ConnectionString);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (hub is not null)
            await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_prepared_roster_stands_in_the_order_of_a_present_one_with_appointers_alternates_and_who_is_elected()
    {
        var (davis, colfax, woodland) = (await hub.Join("davis", "Mayor", "Davis"), await hub.Join("colfax", "City Manager", "Colfax"), await hub.Join("woodland", "Mayor", "Woodland"));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), davis, new("sit"), new MemberCommand.Sit(new LocalBody(new("davis"), LocalBody.Council))));
        await hub.CaughtUp();
        var next = new NextTerm("2030–31", DateTimeOffset.UnixEpoch, ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("colfax", new Held(Role.Alternate, Valley, davis)), KeyValuePair.Create("davis", new Held(Role.Member, Valley, null)),
            KeyValuePair.Create("gone", new Held(Role.Member, Valley, null)), KeyValuePair.Create("woodland", new Held(Role.Chair, Appointer.President, null)),
        ]));

        Assert.Equal(
            [
                new RosterRow(woodland, "Mayor", "Woodland", Role.Chair) { By = Appointer.President }, new RosterRow(colfax, "City Manager", "Colfax", Role.Alternate) { By = Valley, AlternateFor = davis },
                new RosterRow(davis, "Mayor", "Davis", Role.Member) { By = Valley, IsElected = true },
            ],
            await Queries.Roster(next));
    }

    [Fact]
    public async Task The_seats_of_people_stand_by_the_groups_name_with_who_appointed_them()
    {
        var (eq, division) = (await hub.Found("eq", "Environmental Quality"), await hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division));
        var davis = await hub.Join("davis", "Mayor", "Davis", seats: (division, Role.Chair));
        var colfax = await hub.Join("colfax", "City Manager", "Colfax");
        var program = new Actor.Program("test");
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(program, eq, new("allot"), new GroupCommand.Allot(Valley, 2)));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(program, eq, new("appoint"), new GroupCommand.Appoint(davis, Role.Member, Valley, null, NextTerm: false)));
        await hub.CaughtUp();

        Assert.Equal([new SeatRow(davis, eq, "Environmental Quality", Role.Member, Valley), new SeatRow(davis, division, "Sacramento Valley", Role.Chair, null)], await Queries.SeatsOf([colfax, davis]));
        Assert.Equal([], await Queries.SeatsOf([]));
    }
}

public sealed class SqliteGroupQueriesTests : GroupQueriesContract
{
    protected override string? ConnectionString => null;
}

/// <summary>Each test on a database of its own.</summary>
public sealed class PostgresGroupQueriesTests : GroupQueriesContract
{
    private readonly PostgresFixture db = new();

    protected override string? ConnectionString => db.ConnectionString;

    public override async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await db.DisposeAsync();
    }
}
