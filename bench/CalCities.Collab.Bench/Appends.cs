using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Kernel.Notebooks;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Bench;

/// <summary>Commands a second through door, grain and group commit, each beside the same events appended raw to the same store in the same round.</summary>
internal static class Appends
{
    private const int Rounds = 3;

    /// <summary>Rounds that are not counted: until after them everything is compiled and caches are full.</summary>
    private const int WarmRounds = 4;

    /// <summary>Commands under way at once: a hall of a thousand.</summary>
    private const int Callers = 1_000;

    /// <summary>Events in a raw append: what a grain's queue holds under that load.</summary>
    internal const int RawBatch = 250;

    private static readonly TimeSpan RoundFor = TimeSpan.FromSeconds(1.2);

    /// <summary>A short post.</summary>
    private static readonly string Line = string.Concat(Enumerable.Repeat("What a city would have to pay. ", 10));

    public static async Task Measure()
    {
        var table = new Table("Store", "Commands to", "raw batched, events/s", "through the door, commands/s", "door : raw", "at the grain, commands/s", "grain : raw", "processor of this process, µs: raw event", "command at the door", "command at the grain");
        await OnStore(table, "SQLite", null);
        if (Environment.GetEnvironmentVariable("COLLAB_TEST_POSTGRES") is not { Length: > 0 })
        {
            Console.WriteLine("\nPostgreSQL was not measured: COLLAB_TEST_POSTGRES names no cluster.");
            return;
        }

        await using (var database = await Database())
            await OnStore(table, "PostgreSQL", database.ConnectionString);
        await TwoHosts();
    }

    private static async Task OnStore(Table table, string name, string? connectionString)
    {
        await using var hub = await TestHub.Start(connectionString, null, ("Cluster:SiloPort", FormattableString.Invariant($"{FreePort()}")));
        var members = new List<MemberId>();
        for (var i = 1; i <= 8; i++)
            members.Add(await hub.Join(FormattableString.Invariant($"member-{i}"), "Mayor", "Davis"));
        await Shape(table, hub, members, name, "one stream", streams: 1);
        await Shape(table, hub, members, name, "100 streams", streams: 100);
    }

    private static async Task Shape(Table table, TestHub hub, List<MemberId> members, string store, string load, int streams)
    {
        var door = hub.Door;
        var log = hub.Services.GetRequiredService<IEventStore>();
        List<Pace> raw = [], through = [], direct = [];
        for (var round = 0; round < WarmRounds + Rounds; round++)
        {
            var rawRate = await Raw(log, $"raw-{streams}-{round}", streams, RawBatch / streams);
            await hub.CaughtUp();
            var doorRate = await Commands($"door-{streams}-{round}", streams, (caller, to, id, command) =>
                door.Execute(members[caller % members.Count], to, id, command));
            await hub.CaughtUp();
            var grainRate = await Commands($"grain-{streams}-{round}", streams, (_, to, id, command) =>
                hub.Grains.GetGrain<ICommandedGrain<NotebookCommand>>(GrainId.Create(to.Stream.Type, to.Stream.Key)).Execute(id, command, new Actor.Program("bench"), []));
            await hub.CaughtUp();
            if (round < WarmRounds)
                continue;
            raw.Add(rawRate);
            through.Add(doorRate);
            direct.Add(grainRate);
        }

        table.Row(store, load, Rate(raw), Rate(through), Ratio(through), Rate(direct), Ratio(direct), Processor(raw), Processor(through), Processor(direct));

        static string Rate(List<Pace> paces) => paces.Select(pace => pace.PerSecond).Median().Whole();
        static string Processor(List<Pace> paces) => paces.Select(pace => pace.ProcessorMicroseconds).Median().Whole();
        string Ratio(List<Pace> paces) => paces.Zip(raw, (pace, beside) => pace.PerSecond / beside.PerSecond).Median().Ratio();
    }

    /// <summary>Events a second: one append after the other, as a host's append channel does it, each with so many events to each of so many new streams.</summary>
    internal static async Task<Pace> Raw(IEventStore log, string name, int streams, int eventsEach)
    {
        var kind = new Kinds(typeof(NotebookId).Assembly).NameOf(new NotebookEvent.Wrote(Line));
        var body = Kinds.Write(new NotebookEvent.Wrote(Line));
        var fingerprint = new byte[32];
        var actor = new ActorName(null, "bench");
        long made = 0;
        var (since, spent) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var version = 0L; Stopwatch.GetElapsedTime(since) < RoundFor; version += eventsEach)
        {
            var positions = await log.Append([.. Enumerable.Range(1, streams).Select(stream => new StreamAppend(
                new NotebookId($"{name}-{stream}").Stream, version,
                [.. Enumerable.Range(1, eventsEach).Select(i => new NewEvent(kind, body, new CommandId($"bench:{Guid.CreateVersion7():N}"), 0, fingerprint, actor, DateTimeOffset.UtcNow))]))]);
            if (positions.Contains(null))
                throw new InvalidOperationException("A raw append met a conflict.");
            made += streams * eventsEach;
        }

        return Pace.Of(made, since, spent);
    }

    /// <summary>Commands a second that are answered as recorded, with each caller sending its next one when the last is answered.</summary>
    private static async Task<Pace> Commands(string name, int streams, Func<int, NotebookId, CommandId, NotebookCommand, Task<Outcome>> send)
    {
        var (since, spent) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var made = await Task.WhenAll(Enumerable.Range(0, Callers / streams * streams).Select(caller => Task.Run(async () =>
        {
            var to = new NotebookId($"{name}-{caller % streams}");
            var sent = 0;
            while (Stopwatch.GetElapsedTime(since) < RoundFor)
            {
                var outcome = await send(caller, to, new CommandId(Guid.CreateVersion7().ToString("N")), new NotebookCommand.Write(Line));
                if (outcome is not Outcome.Recorded)
                    throw new InvalidOperationException($"A command was not recorded: {outcome}");
                sent++;
            }

            return sent;
        })));
        return Pace.Of(made.Sum(), since, spent);
    }

    /// <summary>What hosts lose by waiting for each other at the head row: appends from two stores at once beside those from one.</summary>
    private static async Task TwoHosts()
    {
        var table = new Table("PostgreSQL, events in an append", "one store, events/s", "two stores at once, events/s together", "together : one");
        await using var database = await Database();
        await using var one = new PostgresEventStore(database.ConnectionString);
        await using var other = new PostgresEventStore(database.ConnectionString);
        foreach (var batch in (int[])[1, 16, RawBatch])
        {
            List<double> alone = [], together = [];
            for (var round = 0; round < WarmRounds + Rounds; round++)
            {
                var first = await Raw(one, $"alone-{batch}-{round}", 1, batch);
                var both = await Task.WhenAll(
                    Task.Run(() => Raw(one, $"one-{batch}-{round}", 1, batch)),
                    Task.Run(() => Raw(other, $"other-{batch}-{round}", 1, batch)));
                if (round < WarmRounds)
                    continue;
                alone.Add(first.PerSecond);
                together.Add(both.Sum(pace => pace.PerSecond));
            }

            table.Row(FormattableString.Invariant($"{batch}"), alone.Median().Whole(), together.Median().Whole(), together.Zip(alone, (two, single) => two / single).Median().Ratio());
        }
    }

    /// <summary>How fast it went, and the processor time that this process (indexes and policies with it, PostgreSQL not) spent on each.</summary>
    internal sealed record Pace(double PerSecond, double ProcessorMicroseconds)
    {
        public static Pace Of(long made, long since, TimeSpan spentBefore) =>
            new(made / Stopwatch.GetElapsedTime(since).TotalSeconds, (Environment.CpuUsage.TotalTime - spentBefore).TotalMicroseconds / made);
    }

    internal static async Task<PostgresFixture> Database()
    {
        var database = new PostgresFixture();
        await database.InitializeAsync();
        return database;
    }

    internal static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
