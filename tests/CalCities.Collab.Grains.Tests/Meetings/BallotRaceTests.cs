using System.Collections.Immutable;
using System.Threading.Channels;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Meetings;

/// <summary>The chair closes while the electors vote: what is acknowledged is counted, what is refused is not, and all see the same.</summary>
public abstract class BallotRaceContract(string database)
{
    private const int Electors = 9;
    private const int Races = 200;

    /// <summary>A page that hears no answer sends its command again with the same id.</summary>
    private const int SentEach = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_close_against_votes_freezes_one_set_two_hundred_times_over()
    {
        await using var kept = await KeptDatabase.New(database);
        await using var hub = await TestHub.Start(kept.ConnectionString);
        var room = await OpenVote.InSession(hub, Electors);
        await using var follower = new Follower(hub, room.Meeting);
        Reader[] readers = [AtStore(hub, room.Meeting), AtGrain(hub, room.Meeting), new Reader(room.Meeting, _ => follower.Hear())];
        await follower.Begin();
        var chance = new Random(200);
        var refused = 0;
        for (var race = 1; race <= Races; race++)
        {
            await room.Put();
            var before = await Prepare(room, chance);
            var votes = room.Electors.Select(elector => (Elector: elector, Id: new CommandId($"vote-{race}-{elector}"), Command: room.Cast(elector, Other(before[elector], chance)))).ToArray();

            // All at once, in any order: each elector's ballot five times, and the chair's close.
            var sends = votes.SelectMany(vote => Enumerable.Repeat(vote, SentEach)).Select(vote => (Func<Task<Outcome>>)(() => hub.Door.Execute(vote.Elector, room.Meeting, vote.Id, vote.Command, Cancel))).ToArray();
            Func<Task<Outcome>> close = () => hub.Door.Execute(room.Chair, room.Meeting, new CommandId($"close-{race}"), new MeetingCommand.CloseVote(room.Vote), Cancel);
            (Func<Task<Outcome>> Send, int At)[] all = [.. sends.Select((send, at) => (send, at)), (close, sends.Length)];
            chance.Shuffle(all);
            var answers = new Outcome[all.Length];
            await Task.WhenAll(all.Select(one => Task.Run(async () => answers[one.At] = await one.Send())));

            var closed = Assert.IsType<Outcome.Recorded>(answers[^1]);
            var counted = before.Where(ballot => ballot.Value is not null).ToDictionary(ballot => ballot.Key.Value, ballot => ballot.Value!.Value, StringComparer.Ordinal);
            foreach (var (vote, i) in votes.Select((vote, i) => (vote, i)))
            {
                var answer = Assert.Single(answers.Skip(i * SentEach).Take(SentEach).Distinct());
                if (answer is Outcome.Recorded recorded)
                {
                    Assert.True(recorded.Version < closed.Version, $"{vote.Id} was recorded at {recorded.Version}, after the close at {closed.Version}.");
                    counted[vote.Elector.Value] = vote.Command.Choice;
                }
                else
                {
                    Assert.Equal(new Outcome.Refused(MeetingRefusals.NoSuchVote), answer);
                    refused++;
                }
            }

            foreach (var reader in readers)
            {
                var fresh = await reader.ReadTo(closed.Version);
                var done = reader.View.Session!.Results[^1];
                Assert.Equal(counted.OrderBy(ballot => ballot.Key, StringComparer.Ordinal), done.Vote.Ballots);
                Assert.Equal(Result(counted), (done.Why!.Count.Yes, done.Why.Count.No, done.Why.Count.Abstain, done.Why.Count.NotVoting, done.Why.Count.Seats));
                Assert.Equal(closed.Version, Assert.Single(fresh, recorded => recorded.Event is MeetingEvent.VoteClosed).Version);
                foreach (var (vote, i) in votes.Select((vote, i) => (vote, i)))
                    Assert.Equal(answers[i * SentEach] is Outcome.Recorded { Version: var at } ? [at] : [], fresh.Where(recorded => recorded.Command.Value == $"{vote.Elector}:{vote.Id}").Select(recorded => recorded.Version));
            }

            await room.Finish();
        }

        // It was a race: some came too late, but not all.
        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} of {Races * Electors} ballots came after the close.");
        Assert.InRange(refused, 1, Races * Electors - 1);
    }

    /// <summary>Some have voted already and change their vote, the others are written down as silent: the chair may close at any moment.</summary>
    private static async Task<ImmutableDictionary<MemberId, Choice?>> Prepare(OpenVote room, Random chance)
    {
        var before = ImmutableDictionary.CreateBuilder<MemberId, Choice?>();
        foreach (var elector in room.Electors)
        {
            before[elector] = chance.Next(2) == 0 ? null : Other(null, chance);
            if (before[elector] is { } choice)
                await room.Do(elector, room.Cast(elector, choice));
            else
                await room.MarkSilent(elector);
        }

        return before.ToImmutable();
    }

    private static Choice Other(Choice? than, Random chance)
    {
        Choice[] others = [.. Enum.GetValues<Choice>().Where(choice => choice != than)];
        return others[chance.Next(others.Length)];
    }

    private static (int Yes, int No, int Abstain, int NotVoting, int Seats) Result(Dictionary<string, Choice> counted) =>
        (counted.Values.Count(choice => choice == Choice.Yes), counted.Values.Count(choice => choice == Choice.No), counted.Values.Count(choice => choice == Choice.Abstain), Electors - counted.Count, Electors);

    private static Reader AtStore(TestHub hub, MeetingId meeting)
    {
        var (store, log) = (hub.Services.GetRequiredService<IEventStore>(), hub.Services.GetRequiredService<GrainLog>());
        return new Reader(meeting, async after => [.. (await store.ReadAfter(meeting.Stream, after, Cancel)).Select(log.Read<MeetingEvent>)]);
    }

    private static Reader AtGrain(TestHub hub, MeetingId meeting) =>
        new(meeting, async after => (await hub.Grains.GetGrain<IMeetingGrain>(meeting.Value).ReadAfter(after)).Events);

    /// <summary>Reads the meeting on from where it is, and folds it.</summary>
    private sealed class Reader(MeetingId meeting, Func<long, Task<ImmutableArray<Recorded<MeetingEvent>>>> next)
    {
        public MeetingView View { get; private set; } = MeetingView.Blank(meeting.Stream);

        /// <summary>What is new up to a version.</summary>
        public async Task<ImmutableArray<Recorded<MeetingEvent>>> ReadTo(long version)
        {
            var fresh = ImmutableArray.CreateBuilder<Recorded<MeetingEvent>>();
            while (View.Version < version)
            {
                var page = await next(View.Version);
                Assert.Equal(Enumerable.Range(1, Math.Max(1, page.Length)).Select(i => View.Version + i), page.Select(recorded => recorded.Version));
                View = page.Aggregate(View, MeetingView.Fold);
                fresh.AddRange(page);
            }

            return fresh.ToImmutable();
        }
    }

    /// <summary>Hears what a host is told of the meeting; what happened before it follows, it reads.</summary>
    private sealed class Follower(TestHub hub, MeetingId meeting) : IFollower<MeetingEvent>, IAsyncDisposable
    {
        private readonly Channel<ImmutableArray<Recorded<MeetingEvent>>> told = Channel.CreateUnbounded<ImmutableArray<Recorded<MeetingEvent>>>();
        private readonly IMeetingGrain grain = hub.Grains.GetGrain<IMeetingGrain>(meeting.Value);
        private IFollower<MeetingEvent>? reference;

        public async Task Begin()
        {
            var known = await grain.Follow(reference = hub.Grains.CreateObjectReference<IFollower<MeetingEvent>>(this));
            for (var page = (await grain.ReadAfter(0)).Events; !page.IsEmpty; page = page[^1].Version < known ? (await grain.ReadAfter(page[^1].Version)).Events : [])
                told.Writer.TryWrite(page);
        }

        public async Task<ImmutableArray<Recorded<MeetingEvent>>> Hear()
        {
            await grain.Follow(reference!);
            return await told.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel);
        }

        public Task Advanced(StreamId stream, ImmutableArray<Recorded<MeetingEvent>> events)
        {
            told.Writer.TryWrite(events);
            return Task.CompletedTask;
        }

        public Task Signalled(StreamId stream, Passing signal) => Task.CompletedTask;

        public Task Left(StreamId stream) => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await grain.Unfollow(reference!);
            hub.Grains.DeleteObjectReference<IFollower<MeetingEvent>>(reference!);
        }
    }
}

public sealed class SqliteBallotRaceTests() : BallotRaceContract("SQLite");

public sealed class PostgresBallotRaceTests() : BallotRaceContract("PostgreSQL");
