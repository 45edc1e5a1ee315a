using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Kernel.Notebooks;
using CalCities.Collab.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Grains.Tests.Kernel;

/// <summary>What follows from the log: lists, consequences, and what is due, on either database.</summary>
public abstract class FeedRunnerContract : IAsyncLifetime
{
    private static readonly Actor.Program Program = new("test");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestHub hub = null!;

    /// <summary>A database of this test's own, kept over restarts.</summary>
    protected abstract string ConnectionString { get; }

    public virtual async ValueTask InitializeAsync() => hub = await Start();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task What_a_policy_wanted_and_an_aggregate_refused_is_listed_and_the_policy_goes_on()
    {
        await Tell(new("a-copy"), "c1", new NotebookCommand.Shut());
        await Tell(new("a"), "c2", new NotebookCommand.Shut());
        await Tell(new("b"), "c3", new NotebookCommand.Shut());
        await hub.CaughtUp();

        Assert.Equal(["b was shut"], await Lines(new("b-copy")));
        Assert.Equal(
            [("copy-when-shut", "notebook/a-copy", "NotebookIsShut", "This notebook is shut.")],
            await Database.Read(connection => connection.QueryAsync<(string, string, string, string)>("select policy, stream, code, sentence from refused_policy_commands")));
    }

    [Fact]
    public async Task A_list_of_another_version_is_made_anew_from_the_log()
    {
        await hub.Join("eq-chair", "Mayor", "Davis");
        await hub.Join("eq-member-01", "Mayor", "Arcata");
        await Database.Write(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("delete from members_list where member = 'eq-chair'", transaction: transaction);
            await connection.ExecuteAsync("update members_list set city = 'Nowhere'", transaction: transaction);
            await connection.ExecuteAsync("update checkpoints set version = version - 1 where name = 'index:members'", transaction: transaction);
        });

        await Restart();
        await hub.CaughtUp();

        Assert.Equal(
            [("eq-chair", "Davis"), ("eq-member-01", "Arcata")],
            await Database.Read(connection => connection.QueryAsync<(string, string)>("select member, city from members_list order by member")));
    }

    [Fact]
    public async Task What_is_due_is_sent_when_its_time_comes_and_not_before()
    {
        await using var ear = await Listen(new("n"));
        var soon = Now + TimeSpan.FromSeconds(1.5);
        await Promise("later", Now + TimeSpan.FromHours(1));
        await Promise("soon", soon);
        await Promise("now", Now);

        Assert.Equal("now", (await ear.Hear()).Line);
        var heard = await ear.Hear();
        Assert.Equal("soon", heard.Line);
        Assert.True(heard.At >= soon, $"It was due at {soon:O} and written at {heard.At:O}.");
        Assert.Equal(["later"], await WhatIsDueLater());
    }

    [Fact]
    public async Task What_became_due_while_no_host_ran_is_sent_when_one_starts()
    {
        var due = Now + TimeSpan.FromSeconds(1.5);
        await Promise("soon", due);
        await Restart();
        await using var ear = await Listen(new("n"));

        Assert.Equal(["soon"], await LinesUntil(ear, "soon"));
    }

    [Fact]
    public async Task What_is_taken_back_is_not_sent_and_what_is_set_anew_is_sent_at_its_new_time()
    {
        await using var ear = await Listen(new("n"));
        await Promise("given up", Now + TimeSpan.FromHours(1));
        await Promise("put off", Now + TimeSpan.FromSeconds(30));
        await Promise("brought forward", Now + TimeSpan.FromHours(1));
        await Promise("given up", null);
        await Promise("put off", Now + TimeSpan.FromHours(2));
        await Promise("brought forward", Now);

        Assert.Equal("brought forward", (await ear.Hear()).Line);
        Assert.Equal(["put off"], await WhatIsDueLater());
        Assert.Equal(["brought forward"], await Lines(new("n")));
    }

    [Fact]
    public async Task What_was_sent_and_stands_in_a_list_made_anew_is_recorded_once()
    {
        await using (var ear = await Listen(new("n")))
        {
            await Promise("once", Now);
            Assert.Equal("once", (await ear.Hear()).Line);
        }

        await Database.Write((connection, transaction) =>
            connection.ExecuteAsync("update checkpoints set version = version - 1 where name = 'index:due'", transaction: transaction));
        await Restart();
        await using (var ear = await Listen(new("n")))
        {
            await Promise("after it", Now);
            Assert.Equal(["once", "after it"], await LinesUntil(ear, "after it"));
        }
    }

    private IHubDatabase Database => hub.Services.GetRequiredService<IHubDatabase>();

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    private Task<TestHub> Start() => TestHub.Start(ConnectionString, null, ("Cluster:SiloPort", FormattableString.Invariant($"{FreePort()}")));

    private async Task Restart()
    {
        await hub.DisposeAsync();
        hub = await Start();
    }

    private async Task Tell(NotebookId to, string id, NotebookCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(Program, to, new(id), command));

    private Task Promise(string line, DateTimeOffset? at) => Tell(new("n"), $"promise-{line.Replace(' ', '-')}-{at:O}", new NotebookCommand.Promise(line, at));

    /// <summary>What is kept for a time to come; what has just been sent may stand in the list for a moment more.</summary>
    private async Task<IEnumerable<string>> WhatIsDueLater()
    {
        await hub.CaughtUp();
        return await Database.Read(connection => connection.QueryAsync<string>("select key from due where at > @now order by key", new { now = Now.ToUnixTimeMilliseconds() }));
    }

    private async Task<ImmutableArray<string>> Lines(NotebookId notebook) =>
        [.. (await hub.Grains.GetGrain<INotebookGrain>(notebook.Value).ReadAfter(0)).Events.Select(recorded => recorded.Event).OfType<NotebookEvent.Wrote>().Select(e => e.Line)];

    /// <summary>All lines once this one is among them, written before one listened or since.</summary>
    private async Task<ImmutableArray<string>> LinesUntil(Ear ear, string last)
    {
        while (!(await Lines(new("n"))).Contains(last, StringComparer.Ordinal))
            await ear.Hear();
        return await Lines(new("n"));
    }

    private async Task<Ear> Listen(NotebookId notebook)
    {
        var ear = new Ear(hub.Grains, hub.Grains.GetGrain<INotebookGrain>(notebook.Value));
        await ear.Begin();
        return ear;
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Follows a notebook and hears the lines that are written into it.</summary>
    private sealed class Ear(IGrainFactory grains, INotebookGrain notebook) : IFollower<NotebookEvent>, IAsyncDisposable
    {
        private readonly Channel<(string, DateTimeOffset)> heard = Channel.CreateUnbounded<(string, DateTimeOffset)>();
        private IFollower<NotebookEvent>? reference;

        public Task<long> Begin() => notebook.Follow(reference = grains.CreateObjectReference<IFollower<NotebookEvent>>(this));

        public async Task<(string Line, DateTimeOffset At)> Hear() => await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public Task Advanced(StreamId stream, ImmutableArray<Recorded<NotebookEvent>> events)
        {
            foreach (var recorded in events)
                if (recorded.Event is NotebookEvent.Wrote written)
                    heard.Writer.TryWrite((written.Line, recorded.Time));
            return Task.CompletedTask;
        }

        public Task Signalled(StreamId stream, Passing signal) => Task.CompletedTask;

        public Task Left(StreamId stream) => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await notebook.Unfollow(reference!);
            grains.DeleteObjectReference<IFollower<NotebookEvent>>(reference!);
        }
    }
}

public sealed class SqliteFeedRunnerTests : FeedRunnerContract
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-feed-");

    protected override string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "collab.db")}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

public sealed class PostgresFeedRunnerTests : FeedRunnerContract
{
    private readonly PostgresFixture database = new();

    protected override string ConnectionString => database.ConnectionString;

    public override async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }
}
