using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Records;

/// <summary>The lists behind records, the audit and programs, on both databases.</summary>
public abstract class RecordQueriesContract : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq");
    private TestHub hub = null!;

    protected abstract Task<TestHub> Start();

    public async ValueTask InitializeAsync()
    {
        hub = await Start();
        await hub.Found("eq", "Environmental Quality");
        await hub.Join("davis", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        await hub.Join("woodland", "Council Member", "Woodland", Duty.None, (Eq, Role.Member));
        await Act("davis", "t1", new ThreadCommand.Open(Eq, null, "Theirs", Readers.GroupOnly));
        await Act("davis", "t1", new ThreadCommand.Post(new("a"), null, null, Stance.None, "Words.", []));
        await Act("woodland", "t1", new ThreadCommand.Agree(new("a")));
        await Act("woodland", "t2", new ThreadCommand.Open(Eq, null, "Open", Readers.AllMembers));
        await hub.CaughtUp();
    }

    [Fact]
    public async Task Who_acted_where_is_known_even_by_one_agreement()
    {
        var records = hub.Services.GetRequiredService<RecordQueries>();
        Assert.Equal([new ThreadId("t1").Stream], await records.StreamsOf(new MemberId("davis"), Cancel));
        Assert.Equal([new ThreadId("t1").Stream, new ThreadId("t2").Stream], await records.StreamsOf(new MemberId("woodland"), Cancel));
        Assert.Equal([new ThreadId("t1").Stream], await records.StreamsOf(new CityId("davis"), Cancel));
        Assert.Equal([new ThreadId("t1").Stream, new ThreadId("t2").Stream], await records.StreamsOf(new CityId("woodland"), Cancel));
        Assert.Empty(await records.StreamsOf(new CityId("sacramento"), Cancel));
        Assert.Equal([new MemberId("davis")], await records.PeopleOf(new CityId("davis"), Cancel));
    }

    [Fact]
    public async Task A_renamed_citys_streams_people_and_names_are_those_of_its_id_and_not_of_another_that_takes_its_name()
    {
        CityId davis = new("davis"), later = new("davis-again");
        await Do(davis, new CityCommand.Register("Davis", "Yolo", new GroupId("sacramento-valley")));
        await Do(davis, new CityCommand.Rename("Putah Creek"));
        await Do(new MemberId("davis"), new MemberCommand.Describe(null, "Mayor", "Putah Creek", Duty.None));
        await hub.CaughtUp();
        await Act("davis", "t3", new ThreadCommand.Open(Eq, null, "After", Readers.GroupOnly));
        var records = hub.Services.GetRequiredService<RecordQueries>();
        var before = await records.Head(Cancel);
        await Do(later, new CityCommand.Register("Davis", "Yolo", new GroupId("sacramento-valley")));
        await hub.Join("of-later", "Mayor", "Davis", Duty.None, (Eq, Role.Member));
        await Act("of-later", "t4", new ThreadCommand.Open(Eq, null, "Another's", Readers.GroupOnly));
        await hub.CaughtUp();

        // What was said for another city of the name is among them, and told apart by each act's position.
        Assert.Equal([new ThreadId("t1").Stream, new ThreadId("t3").Stream, new ThreadId("t4").Stream], await records.StreamsOf(davis, Cancel));
        Assert.Equal([new ThreadId("t1").Stream, new ThreadId("t4").Stream], await records.StreamsOf(later, Cancel));
        Assert.Equal([new MemberId("davis")], await records.PeopleOf(davis, Cancel));
        Assert.Equal([new MemberId("of-later")], await records.PeopleOf(later, Cancel));
        var names = await records.Names(Cancel);
        Assert.Equal((davis, davis, later, davis), (names.Of("Davis", 1), names.Of("Davis", before), names.Of("Davis"), names.Of("Putah Creek", 1)));
        Assert.Equal((davis, davis, later, new CityId("nowhere")), (names.Find("davis"), names.Find("putah-creek"), names.Find("davis-again"), names.Find("nowhere")));
        Assert.Equal(["Putah Creek", "Davis"], names.NamesOf(davis));
        Assert.Empty(names.NamesOf(new CityId("nowhere")));
    }

    [Fact]
    public async Task A_streams_events_are_read_up_to_a_position()
    {
        var records = hub.Services.GetRequiredService<RecordQueries>();
        var all = await records.Events(new ThreadId("t1").Stream, await records.Head(Cancel), Cancel).ToListAsync(Cancel);

        Assert.Equal(["threads.opened.v1", "threads.posted.v1", "threads.agreed.v1"], all.Select(kept => kept.Kind));
        Assert.Equal([1, 2, 3], all.Select(kept => (int)kept.Recorded.Version));
        Assert.Equal(2, await records.Events(new ThreadId("t1").Stream, all[1].Recorded.Position, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task A_long_stream_is_read_to_its_end()
    {
        for (var i = 0; i < 205; i++)
            await Act("davis", "t1", new ThreadCommand.Post(new($"p{i}"), null, null, Stance.None, $"{i}", []));
        var records = hub.Services.GetRequiredService<RecordQueries>();

        Assert.Equal(Enumerable.Range(1, 208), await records.Events(new ThreadId("t1").Stream, await records.Head(Cancel), Cancel).Select(kept => (int)kept.Recorded.Version).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Changes_of_standing_are_told_newest_first_with_who_made_them()
    {
        var changes = await hub.Services.GetRequiredService<StandingQueries>().Before(null, "davis", cancel: Cancel);

        Assert.Equal([("test", "Given a seat in eq as Chair."), ("test", "Joined as Mayor, Davis.")], changes.Select(change => (change.Actor, change.Change)));
        Assert.Equal(["Joined as Mayor, Davis."], (await hub.Services.GetRequiredService<StandingQueries>().Before(changes[0].Position, "davis", cancel: Cancel)).Select(change => change.Change));
    }

    [Fact]
    public async Task A_page_of_threads_holds_what_its_viewer_may_read_and_passes_the_rest_over()
    {
        for (var i = 0; i < 210; i++)
            await Act("davis", $"own-{i}", new ThreadCommand.Open(Eq, null, $"Own {i}", Readers.GroupOnly));
        await hub.CaughtUp();
        var threads = hub.Services.GetRequiredService<ThreadListQueries>();
        var stranger = new Viewer(new MemberId("x"), new Standing("Mayor", "Chico", Duty.None, []));
        var member = new Viewer(new MemberId("davis"), new Standing("Mayor", "Davis", Duty.None, [new Seat(Eq, Role.Chair)]));

        var theirs = await threads.After(stranger, null, 1, null, null, Cancel);
        var own = await threads.After(member, null, 100, Eq, null, Cancel);

        Assert.Equal("t2", Assert.Single(theirs.Rows).Thread.Value);
        Assert.Null(theirs.Next);
        Assert.Equal(100, own.Rows.Length);
        var next = await threads.After(member, own.Next, 100, null, null, Cancel);
        Assert.Equal(("own-109", "own-10"), (next.Rows[0].Thread.Value, next.Rows[^1].Thread.Value));
        Assert.Empty((await threads.After(member, null, 100, null, new("202520260AB1"), Cancel)).Rows);
    }

    [Fact]
    public async Task What_a_rule_was_refused_is_told() =>
        Assert.Empty(await hub.Services.GetRequiredService<RefusedCommandQueries>().Latest(Cancel));

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int made;

    private async Task Do<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, TCommand command) where TCommand : class, ICommand =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), to, new($"do-{made++}"), command, Cancel));

    private async Task Act(string member, string thread, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new MemberId(member), new ThreadId(thread), new($"act-{made++}"), command, Cancel));
}

public sealed class RecordQueriesTests : RecordQueriesContract
{
    protected override Task<TestHub> Start() => TestHub.Start();
}

public sealed class PostgresRecordQueriesTests(PostgresFixture database) : RecordQueriesContract, IClassFixture<PostgresFixture>
{
    // Each test has the one database as the one before left it; ids would meet.
    protected override async Task<TestHub> Start()
    {
        await Empty(database.ConnectionString);
        return await TestHub.Start(database.ConnectionString);
    }

    private static async Task Empty(string connectionString)
    {
        await using var connections = new Npgsql.NpgsqlDataSourceBuilder(new Npgsql.NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString).Build();
        await using var command = connections.CreateCommand("drop schema public cascade; create schema public");
        await command.ExecuteNonQueryAsync();
    }
}
