using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CalCities.Collab.Api;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;

namespace CalCities.Collab;

/// <summary>The host dies again and again while an assembly votes: what was acknowledged is counted once, and nothing twice.</summary>
public abstract class BallotKillTests(string database)
{
    private const int Electors = 480;

    /// <summary>In each the electors change their votes and the host is killed; in the last it lives.</summary>
    private const int Rounds = 4;

    /// <summary>Browsers that connect at a time.</summary>
    private const int AtOnce = 32;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Every_acknowledged_ballot_counts_once_after_kills_while_four_hundred_and_eighty_electors_vote()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var hub = await HubDatabase.On(database);
        await using var host = HostProcess.Prepared(hub, "--Limits:WritingPerMinute=1000000", "--Limits:OrdinaryPerMinute=1000000");
        var (room, electors) = await Assemble(hub, host.Address);
        await host.Start();
        var chance = new Random(480);

        for (var round = 1; round <= Rounds; round++)
        {
            await All(electors, elector => elector.Connect(limit.Token));
            var acknowledged = new CountDown(chance.Next(1, Electors / 4));
            var since = Stopwatch.GetTimestamp();
            var voting = Task.WhenAll(electors.Select((elector, i) => elector.Vote(round, (Choice)((i + round) % 3), acknowledged, limit.Token)));
            if (round < Rounds)
            {
                await acknowledged.Reached.WaitAsync(limit.Token);
                await host.Kill();
            }

            await voting;
            Tell($"{database}, round {round}: {electors.Count(elector => !elector.IsWaiting)} ballots acknowledged {(round < Rounds ? "before the kill" : $"within {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms")}.");
            if (round < Rounds)
            {
                await host.Start();
                // What was under way is asked for again with the same id.
                await All(electors.Where(elector => elector.IsWaiting), elector => elector.Settle(limit.Token));
            }
        }

        await electors[0].Close(limit.Token);
        await All(electors, elector => elector.AskAllAgain(limit.Token));

        foreach (var reader in new[] { electors[0], electors[^1] })
        {
            var log = await reader.Read(limit.Token);
            Assert.Equal(
                electors.SelectMany(elector => elector.Acknowledged).OrderBy(ballot => ballot.Version),
                log.Where(recorded => recorded.Event is MeetingEvent.Voted).Select(recorded => (recorded.Version, (MeetingEvent.Voted)recorded.Event)));
            var done = Assert.Single(log.Aggregate(MeetingView.Blank(room.Meeting.Stream), MeetingView.Fold).Session!.Results);
            var standing = electors.ToDictionary(elector => elector.Member.Value, elector => elector.Acknowledged.MaxBy(ballot => ballot.Version).Ballot.Choice, StringComparer.Ordinal);
            Assert.Equal(standing.OrderBy(ballot => ballot.Key, StringComparer.Ordinal), done.Vote.Ballots);
            Assert.Equal(
                (Of(Choice.Yes), Of(Choice.No), Of(Choice.Abstain), Electors),
                (done.Why!.Count.Yes, done.Why.Count.No, done.Why.Count.Abstain, done.Why.Count.Seats));

            int Of(Choice choice) => standing.Values.Count(cast => cast == choice);
        }

        await All(electors, async elector => await elector.DisposeAsync());
    }

    /// <summary>Makes the assembly in this process, on the database that the host will open: the vote is open, and the electors are signed in.</summary>
    private static async Task<(OpenVote, Elector[])> Assemble(HubDatabase database, Uri host)
    {
        await using var hub = await TestHub.Start(database.ConnectionString, null, ("Cluster:SiloPort", HostProcess.FreePort().ToString(CultureInfo.InvariantCulture)));
        var room = await OpenVote.InSession(hub, Electors);
        await room.Put();
        var cookies = await room.SignIn();
        return (room, [.. room.Electors.Zip(cookies, (elector, held) => new Elector(HubSession.With(host, held), elector, room))]);
    }

    private static Task All(IEnumerable<Elector> electors, Func<Elector, Task> act) =>
        Parallel.ForEachAsync(electors, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (elector, _) => await act(elector));

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));

    /// <summary>One elector's program: what it was not answered it asks for again, with the same id.</summary>
    private sealed class Elector(HubSession session, MemberId member, OpenVote room) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, (MeetingCommand.Cast Command, long Version)> acknowledged = new(StringComparer.Ordinal);
        private (string Id, MeetingCommand.Cast Command)? underWay;
        private HubClient? client;

        public MemberId Member => member;

        public bool IsWaiting => underWay is not null;

        public IEnumerable<(long Version, MeetingEvent.Voted Ballot)> Acknowledged =>
            acknowledged.Values.Select(ballot => (ballot.Version, new MeetingEvent.Voted(ballot.Command.Vote, member, ballot.Command.Choice)));

        public async Task Connect(CancellationToken cancel)
        {
            if (client is { Ended.IsCompleted: false })
                return;
            await DisposeAsync();
            client = await session.Connect(cancel);
        }

        public async Task Vote(int round, Choice choice, CountDown told, CancellationToken cancel)
        {
            underWay = (string.Create(CultureInfo.InvariantCulture, $"ballot-{round}"), room.Cast(member, choice));
            try
            {
                await Send(cancel);
                told.Tick();
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException && !cancel.IsCancellationRequested)
            {
                // The host was killed: the ballot is under way.
                await DisposeAsync();
            }
        }

        public async Task Settle(CancellationToken cancel)
        {
            await Connect(cancel);
            await Send(cancel);
        }

        public async Task Close(CancellationToken cancel)
        {
            var answer = await client!.Execute(room.Meeting.Stream, "close", new MeetingCommand.CloseVote(room.Vote), cancel);
            Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
        }

        public async Task AskAllAgain(CancellationToken cancel)
        {
            foreach (var (id, ballot) in acknowledged)
            {
                var answer = await client!.Execute(room.Meeting.Stream, id, ballot.Command, cancel);
                Assert.Equal((ExecuteAnswer.Recorded, ballot.Version), (answer.Outcome, answer.Version));
            }
        }

        /// <summary>The meeting as this elector reads it.</summary>
        public async Task<IReadOnlyList<Recorded<MeetingEvent>>> Read(CancellationToken cancel)
        {
            var log = new List<Recorded<MeetingEvent>>();
            await foreach (var message in client!.Follow(room.Meeting.Stream, 0, cancel))
            {
                if (message.Type is TopicMessage.CurrentType)
                    return log;
                var told = message.Event!;
                log.Add(new(room.Meeting.Stream, message.Version, told.Position, new CommandId("read"), 0,
                    new ActorName(told.Member is { } who ? new MemberId(who) : null, told.Program), told.Time, Kinds.OfTheHub.Read<MeetingEvent>(told.Kind, told.Body.GetRawText())));
            }

            throw new InvalidOperationException("The meeting ended before all of it was read.");
        }

        public async ValueTask DisposeAsync()
        {
            if (client is not null)
                await client.DisposeAsync();
            client = null;
        }

        private async Task Send(CancellationToken cancel)
        {
            var (id, command) = underWay!.Value;
            var answer = await client!.Execute(room.Meeting.Stream, id, command, cancel);
            Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
            acknowledged[id] = (command, answer.Version!.Value);
            underWay = null;
        }
    }
}

public sealed class BallotKillOnSqliteTests() : BallotKillTests("SQLite");

public sealed class BallotKillOnPostgresTests() : BallotKillTests("PostgreSQL");
