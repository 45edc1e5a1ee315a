using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using CalCities.Collab.Api;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Meetings;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Bench;

/// <summary>One vote of an assembly through the live hub, each elector a program with a connection of its own; some of them follow the tally.</summary>
internal static class Ballots
{
    public const int Usual = 3_000;
    public const int UsualFollowers = 500;
    public const int Fewest = 3;
    public const int Most = 4_000;

    /// <summary>In each every elector votes once, another choice than before.</summary>
    private const int Rounds = 3;

    private const int WarmRounds = 2;

    private const int OpeningAtOnce = 32;

    public static async Task Measure(int electors, int followers)
    {
        var table = new Table("Store", "electors", "followers", "all acknowledged, ms", "ballots/s", "raw batched, events/s", "ballots : raw", "acknowledged, p50 ms", "p99 ms", "tally at followers: p50 ms", "p95 ms", "slowest ms", "host's processor, µs a ballot");
        var folder = Directory.CreateTempSubdirectory("collab-ballots-");
        try
        {
            await OnStore(table, "SQLite", $"Data Source={Path.Combine(folder.FullName, "collab.db")}", electors, followers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (Environment.GetEnvironmentVariable("COLLAB_TEST_POSTGRES") is not { Length: > 0 })
        {
            Console.WriteLine("\nPostgreSQL was not measured: COLLAB_TEST_POSTGRES names no cluster.");
            return;
        }

        await using var database = await Appends.Database();
        await OnStore(table, "PostgreSQL", database.ConnectionString, electors, followers);
    }

    private static async Task OnStore(Table table, string store, string connectionString, int electors, int followers)
    {
        var (room, cookies, raw) = await Assemble(connectionString, electors);
        await using var host = await MeasuredHost.Start($"--ConnectionStrings:Hub={connectionString}", FormattableString.Invariant($"--Cluster:SiloPort={Appends.FreePort()}"));
        var clients = new HubClient[electors];
        List<Follower> following = [];
        try
        {
            await Parallel.ForAsync(0, electors, new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce }, async (i, cancel) =>
                clients[i] = await HubSession.With(host.Address, cookies[i]).Connect(cancel));
            following.AddRange(clients.Take(followers).Select(client => new Follower(client, room.Meeting)));
            await Task.WhenAll(following.Select(follower => follower.IsCurrent));
            List<double> took = [], acknowledged = [], lags = [], processor = [];
            for (var round = 0; round < WarmRounds + Rounds; round++)
            {
                var (since, spent) = (Stopwatch.GetTimestamp(), host.ProcessorTime);
                var answers = await Task.WhenAll(clients.Select((client, i) => Cast(client, room, i, round)));
                var all = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                var last = answers.Max(answer => answer.Version);
                var seen = (await Task.WhenAll(following.Select(follower => follower.Reach(last)))).SelectMany(lag => lag).ToArray();
                if (round < WarmRounds)
                    continue;
                took.Add(all);
                acknowledged.AddRange(answers.Select(answer => answer.Milliseconds));
                lags.AddRange(seen);
                processor.Add((host.ProcessorTime - spent).TotalMicroseconds / electors);
            }

            var rate = electors * 1000 / took.Median();
            table.Row(store, FormattableString.Invariant($"{electors}"), FormattableString.Invariant($"{followers}"), took.Median().Whole(), rate.Whole(), raw.Whole(), (rate / raw).Ratio(),
                acknowledged.Median().Whole(), At(acknowledged, 99), At(lags, 50), At(lags, 95), At(lags, 100), processor.Median().Whole());
        }
        finally
        {
            await Parallel.ForEachAsync(clients.OfType<HubClient>(), async (client, _) => await client.DisposeAsync());
        }
    }

    /// <summary>Makes the assembly in this process: its vote is open and its electors are signed in. Beside it, what the store takes raw.</summary>
    private static async Task<(OpenVote Room, ImmutableArray<CookieContainer> Cookies, double RawPerSecond)> Assemble(string connectionString, int electors)
    {
        await using var hub = await TestHub.Start(connectionString, null, ("Cluster:SiloPort", FormattableString.Invariant($"{Appends.FreePort()}")));
        var room = await OpenVote.InSession(hub, electors);
        await room.Put();
        var cookies = await room.SignIn();
        List<double> raw = [];
        for (var round = 0; round < WarmRounds + Rounds; round++)
        {
            raw.Add((await Appends.Raw(hub.Services.GetRequiredService<IEventStore>(), FormattableString.Invariant($"raw-{round}"), 1, Appends.RawBatch)).PerSecond);
            await hub.CaughtUp();
        }

        return (room, cookies, raw.Skip(WarmRounds).Median());
    }

    private static async Task<(double Milliseconds, long Version)> Cast(HubClient client, OpenVote room, int elector, int round)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await client.Execute(room.Meeting.Stream, FormattableString.Invariant($"ballot-{round}"), room.Cast(room.Electors[elector], (Choice)((elector + round) % 3)));
        return answer is { Outcome: ExecuteAnswer.Recorded, Version: { } version }
            ? (Stopwatch.GetElapsedTime(since).TotalMilliseconds, version)
            : throw new InvalidOperationException($"The hub answered {answer}.");
    }

    private static string At(List<double> numbers, int percent) =>
        numbers.Count == 0 ? "–" : numbers.Order().ElementAt(Math.Min(numbers.Count - 1, numbers.Count * percent / 100)).Whole();

    /// <summary>A program that follows the meeting: how long after its decision each ballot reached it. The host's clock is this computer's.</summary>
    private sealed class Follower
    {
        private readonly TaskCompletionSource current = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock gate = new();
        private List<double> lags = [];
        private (long Version, TaskCompletionSource<List<double>> Reached)? waiting;
        private long version;

        public Follower(HubClient client, MeetingId meeting) => _ = Read(client, meeting);

        public Task IsCurrent => current.Task;

        /// <summary>The lags of all ballots up to a version, once it has come.</summary>
        public Task<List<double>> Reach(long wanted)
        {
            lock (gate)
            {
                var reached = new TaskCompletionSource<List<double>>(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = (wanted, reached);
                Answer();
                return reached.Task;
            }
        }

        private async Task Read(HubClient client, MeetingId meeting)
        {
            try
            {
                await foreach (var message in client.Follow(meeting.Stream, 0))
                {
                    if (message.Type is TopicMessage.CurrentType)
                        current.TrySetResult();
                    if (message.Event is not { } told)
                        continue;
                    lock (gate)
                    {
                        version = message.Version;
                        if (current.Task.IsCompleted)
                            lags.Add((TimeProvider.System.GetUtcNow() - told.Time).TotalMilliseconds);
                        Answer();
                    }
                }
            }
            catch (Exception failure) // At the end of the measurement nobody waits for it.
            {
                lock (gate)
                    waiting?.Reached.TrySetException(failure);
                current.TrySetException(failure);
            }
        }

        private void Answer()
        {
            if (waiting is not { } one || version < one.Version)
                return;
            one.Reached.SetResult(lags);
            (lags, waiting) = ([], null);
        }
    }
}
