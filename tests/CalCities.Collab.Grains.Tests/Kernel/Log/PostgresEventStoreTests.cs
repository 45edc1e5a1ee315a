using CalCities.Collab.Testing;
using Dapper;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

public sealed class PostgresEventStoreTests : EventStoreContract
{
    private readonly PostgresFixture database = new();
    private PostgresEventStore? store;
    private PostgresEventStore? second;

    private protected override IEventStore Store => store!;

    private protected override IEventStore SecondHost => second ??= new PostgresEventStore(database.ConnectionString);

    private protected override string CommandIndex => "Index Only Scan using events_command on events";

    public override async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        store = new PostgresEventStore(database.ConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        if (store is not null)
            await store.DisposeAsync();
        if (second is not null)
            await second.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Positions_are_drawn_in_the_order_of_commits_however_slow_the_first_is()
    {
        await using var slow = await Connect();
        await using var holding = await slow.BeginTransactionAsync(Ending);
        await slow.ExecuteAsync(
            """
            select append_events(array['thread/slow'], array[0], array[1], array[1], array[1], array['threads.posted.v1'], array['{}'],
                array['c'], array[0], array['\x00'::bytea], array['{"member":null,"program":"slow"}'], array['2026-11-23T12:00:00.0000000Z'])
            """);

        var quick = Store.Append([new(Thread, 0, [Event("a")])], Ending);
        await ALockIsWaitedFor(by: quick);
        Assert.Empty(await SecondHost.ReadAllAfter(0, Ending));

        await holding.CommitAsync(Ending);
        Assert.Equal([2], await quick);
        Assert.Equal([(new("thread", "slow"), 1L), (Thread, 2)], from e in await All(SecondHost) select (e.Stream, e.Position));
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_the_commit_leaves_an_unknown_outcome_that_the_command_id_tells()
    {
        await using var line = new CuttableLine(database.ConnectionString);
        await using var host = new PostgresEventStore(line.ConnectionString);
        Assert.Equal([1], await host.Append([new(Other, 0, [Event("z")])], Ending));

        line.CutBeforeTheNextAnswer();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Append([new(Thread, 0, [Event("a", 0), Event("a", 1)])], Ending));

        Assert.Equal([("a", 2L, 3L)], from c in await host.ReadCommands(Thread, Ending) select (c.Command.Value, c.Version, c.Position));
        Assert.Equal([null], await host.Append([new(Thread, 0, [Event("a", 0), Event("a", 1)])], Ending));
        Assert.Equal([null], await host.Append([new(Thread, 2, [Event("a", 0), Event("a", 1)])], Ending));
        Assert.Equal(3, (await All(Store)).Count);
    }

    [Fact]
    public async Task A_connection_that_is_cut_before_the_request_arrives_leaves_an_unknown_outcome_and_nothing_in_the_log()
    {
        await using var line = new CuttableLine(database.ConnectionString);
        await using var host = new PostgresEventStore(line.ConnectionString);
        Assert.Equal([1], await host.Append([new(Other, 0, [Event("z")])], Ending));

        line.CutBeforeTheNextRequest();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Append([new(Thread, 0, [Event("a")])], Ending));

        Assert.Empty(await host.ReadCommands(Thread, Ending));
        Assert.Equal([2], await host.Append([new(Thread, 0, [Event("a")])], Ending));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_told_as_unknown_within_some_ten_seconds()
    {
        await using var line = new CuttableLine(database.ConnectionString);
        await using var host = new PostgresEventStore(line.ConnectionString);
        await host.Head(Ending);

        line.FallSilent();
        var since = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Append([new(Thread, 0, [Event("a")])], Ending));

        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 4, 20);
        Assert.Equal(0, await Store.Head(Ending));
    }

    [Fact]
    public async Task A_host_that_stands_still_with_the_head_locked_does_not_hold_up_the_others_for_longer_than_their_limit()
    {
        await using var stopped = await Connect();
        await using var holding = await stopped.BeginTransactionAsync(Ending);
        await stopped.ExecuteAsync("select from head for update");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Store.Append([new(Thread, 0, [Event("a")])], Ending));

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
    }

    [Fact]
    public async Task Connections_that_were_all_cut_are_replaced_after_one_failure()
    {
        await using var line = new CuttableLine(database.ConnectionString);
        await using var host = new PostgresEventStore(line.ConnectionString);
        var reading = 0;
        var all = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(from i in Enumerable.Range(0, 8)
                           select host.Read(
            async _ =>
            {
                if (Interlocked.Increment(ref reading) == 8)
                    all.SetResult(true);
                return await all.Task;
            },
            Ending));

        await line.CutAll();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Append([new(Thread, 0, [Event("a")])], Ending));

        Assert.Equal([1], await host.Append([new(Thread, 0, [Event("a")])], Ending));
    }

    [Fact]
    public async Task A_server_that_is_set_to_forget_the_last_commits_still_keeps_what_the_hub_acknowledged()
    {
        await using (var server = await Connect())
            await server.ExecuteAsync($"alter database {server.Database} set synchronous_commit = off");

        Assert.Equal("on", await ((IHubDatabase)SecondHost).Read(connection => connection.ExecuteScalarAsync<string>("show synchronous_commit"), Ending));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=collab;Username=collab")]
    [InlineData("Host=nowhere.invalid;Database=collab;Username=collab")]
    public void A_server_that_is_not_there_is_told_in_one_sentence(string setting)
    {
        var refused = Assert.Throws<HubDatabaseException>(() => new PostgresEventStore(setting));

        Assert.StartsWith("PostgreSQL can't be used as ConnectionStrings:Hub says: ", refused.Message, StringComparison.Ordinal);
    }

    private protected override async Task<string> PlanOf(string sql, object parameters)
    {
        await using var connection = await Connect();
        await connection.ExecuteAsync("vacuum analyze events");
        return string.Join('\n', await connection.QueryAsync<string>($"explain {sql}", parameters));
    }

    private async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ending);
        return connection;
    }

    private async Task ALockIsWaitedFor(Task by)
    {
        await using var looking = await Connect();
        while (await looking.ExecuteScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            Assert.False(by.IsCompleted);
    }
}
