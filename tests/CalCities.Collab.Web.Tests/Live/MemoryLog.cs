using System.Collections.Concurrent;
using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.Live;

/// <summary>A log in memory whose notices a test can lose, hold or repeat; what a cluster does with them at its worst.</summary>
internal sealed class MemoryLog : ILiveSource
{
    private readonly ConcurrentDictionary<StreamId, object> streams = new();
    private readonly Lock gate = new();
    private readonly List<object> references = [];
    private readonly MemoryFeed feed;
    private long position;

    /// <summary>Its clock stands at a Tuesday morning, or at another time where the framework's own clock matters.</summary>
    public MemoryLog(DateTimeOffset? now = null)
    {
        Clock = new FakeTimeProvider(now ?? new DateTimeOffset(2025, 3, 11, 17, 0, 0, TimeSpan.Zero));
        feed = new MemoryFeed(this);
        Topics = new LiveTopics(this, Clock, NullLogger<LiveTopics>.Instance);
    }

    public FakeTimeProvider Clock { get; }

    public LiveTopics Topics { get; }

    /// <summary>What becomes of a notice; delivered at once unless a test says otherwise.</summary>
    public Action<Func<Task>> OnNotice { get; set; } = notice => _ = notice();

    /// <summary>Asked before each call to a grain: a test makes it throw or wait.</summary>
    public Func<Task> BeforeCall { get; set; } = () => Task.CompletedTask;

    IFeedRunner ILiveSource.Feed => feed;

    public MemoryFeed Feed => feed;

    /// <summary>References taken and not given back.</summary>
    public int References
    {
        get
        {
            lock (gate)
                return references.Count;
        }
    }

    public MemoryStream<TEvent> Of<TEvent>(StreamId stream) => (MemoryStream<TEvent>)streams.GetOrAdd(stream, _ => new MemoryStream<TEvent>(this, stream));

    public IStreamGrain<TEvent> Stream<TEvent>(StreamId stream) => Of<TEvent>(stream);

    public long Draw(int events) => Interlocked.Add(ref position, events) - events + 1;

    public TFollower Reference<TFollower>(TFollower follower) where TFollower : IGrainObserver
    {
        lock (gate)
            references.Add(follower);
        return follower;
    }

    public void Release<TFollower>(TFollower reference) where TFollower : IGrainObserver
    {
        lock (gate)
            references.Remove(reference);
    }

    /// <summary>A member with an account; returns its id.</summary>
    public MemberId Join(string member, params ImmutableArray<Seat> seats)
    {
        var id = new MemberId(member);
        var stream = Of<MemberEvent>(id.Stream);
        stream.Append(id, new MemberEvent.Joined("Mayor", "Davis", Duty.None));
        foreach (var seat in seats)
            stream.Append(id, new MemberEvent.Seated(seat.Group, seat.Role));
        return id;
    }

    /// <summary>Waits, in real time but never for longer than a test may, until background work has come this far; the fake clock stands still.</summary>
    public static async Task Until(Func<bool> reached, string what = "what was expected")
    {
        var deadline = Environment.TickCount64 + 30_000;
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!reached())
        {
            Assert.True(Environment.TickCount64 < deadline, $"Still waiting for {what}.");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>One stream of it.</summary>
internal sealed class MemoryStream<TEvent>(MemoryLog log, StreamId stream) : IStreamGrain<TEvent>
{
    private readonly Lock gate = new();
    private readonly List<Recorded<TEvent>> events = [];
    private readonly HashSet<IFollower<TEvent>> followers = [];

    public int Follows { get; private set; }
    public int Reads { get; private set; }
    public ConcurrentQueue<Passing> Signals { get; } = new();

    public int Followers
    {
        get
        {
            lock (gate)
                return followers.Count;
        }
    }

    public ImmutableArray<Recorded<TEvent>> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    /// <summary>Commits events of a member and notifies the followers.</summary>
    public Outcome.Recorded Append(MemberId actor, params ImmutableArray<TEvent> happened)
    {
        ImmutableArray<Recorded<TEvent>> recorded;
        IFollower<TEvent>[] told;
        lock (gate)
        {
            var first = log.Draw(happened.Length);
            recorded = [.. happened.Select((e, i) => new Recorded<TEvent>(
                stream, events.Count + 1 + i, first + i, new CommandId($"c-{first}"), i, new ActorName(actor, null), log.Clock.GetUtcNow(), e))];
            events.AddRange(recorded);
            told = [.. followers];
        }

        foreach (var follower in told)
            log.OnNotice(() => follower.Advanced(stream, recorded));
        return new Outcome.Recorded(recorded[^1].Version, recorded[^1].Position);
    }

    /// <summary>The activation ends: its followers are forgotten, and told.</summary>
    public void Leave()
    {
        IFollower<TEvent>[] told;
        lock (gate)
        {
            told = [.. followers];
            followers.Clear();
        }

        foreach (var follower in told)
            log.OnNotice(() => follower.Left(stream));
    }

    public async Task<StreamPage<TEvent>> ReadAfter(long version)
    {
        await log.BeforeCall();
        lock (gate)
        {
            Reads++;
            return new([.. events.Skip((int)version).Take(7)], events.Count);
        }
    }

    public async Task<long> Follow(IFollower<TEvent> follower)
    {
        await log.BeforeCall();
        lock (gate)
        {
            Follows++;
            followers.Add(follower);
            return events.Count;
        }
    }

    public Task Unfollow(IFollower<TEvent> follower)
    {
        lock (gate)
            followers.Remove(follower);
        return Task.CompletedTask;
    }

    public Task Signal(Passing signal)
    {
        Signals.Enqueue(signal);
        IFollower<TEvent>[] told;
        lock (gate)
            told = [.. followers];
        foreach (var follower in told)
            log.OnNotice(() => follower.Signalled(stream, signal));
        return Task.CompletedTask;
    }
}

/// <summary>The feed's runner over no indexes: a test says what has changed.</summary>
internal sealed class MemoryFeed(MemoryLog log) : IFeedRunner
{
    private readonly HashSet<IIndexFollower> followers = [];
    private long position;

    public int Followers => followers.Count;

    /// <summary>The indexes go on to a position; these topics have changed.</summary>
    public void Advance(long to, params ImmutableArray<string> topics)
    {
        var after = position;
        position = to;
        foreach (var follower in followers.ToArray())
            log.OnNotice(() => follower.Changed(topics, after, to));
    }

    public Task Poke(long position) => Task.CompletedTask;

    public async Task<FeedReached> Follow(IIndexFollower follower)
    {
        await log.BeforeCall();
        followers.Add(follower);
        return new FeedReached(position, position);
    }

    public Task Unfollow(IIndexFollower follower)
    {
        followers.Remove(follower);
        return Task.CompletedTask;
    }

    public Task<FeedReached> WaitFor(long position) => Reached();

    public async Task<FeedReached> Reached()
    {
        await log.BeforeCall();
        return new FeedReached(position, position);
    }
}
