using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Live;

/// <summary>
/// One page's look at one stream. What it shows changes only in the steps that it hands to the page (or in <see cref="CatchUp"/>),
/// so one rendering never mixes two moments. Dispose it when the page goes.
/// </summary>
public abstract class Watch<TView> : IAsyncDisposable where TView : class
{
    private protected Watch(StreamId stream) => Stream = stream;

    public StreamId Stream { get; }

    /// <summary>What this viewer may see; null when there is no such stream, or none that they may know of, or nothing has come yet (<see cref="State"/>).</summary>
    public abstract TView? View { get; }

    /// <summary>The stream's version in <see cref="View"/>; 0 without a view.</summary>
    public abstract long Version { get; }

    public abstract LiveState State { get; }

    /// <summary>Who looks, with their present standing; null while it isn't known, or when they have none.</summary>
    public abstract Viewer? Viewer { get; }

    /// <summary>Who is here and who is writing, the viewer too; empty without a view.</summary>
    public abstract ImmutableArray<Passing> Passing { get; }

    /// <summary>Shows the viewer's own command: waits (ten seconds at most) until the view holds what it recorded. False: still behind, say so.</summary>
    public abstract Task<bool> CatchUp(Outcome.Recorded outcome, CancellationToken cancel = default);

    /// <summary>Tells the others that the viewer is writing (<see cref="Kernel.Passing.Writing"/>); call it as often as they type, it passes one on every two seconds.</summary>
    public abstract void Signal(string kind);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A watch of a stream, whatever its view.</summary>
internal interface IWatchOfStream
{
    StreamId Stream { get; }

    Task<bool> CatchUp(Outcome.Recorded outcome, CancellationToken cancel = default);
}

/// <inheritdoc />
internal sealed class StreamWatch<TSight, TView, TEvent> : Watch<TView>, IWatcher, IWatchOfStream
    where TSight : ISight<TView, TEvent>
    where TView : class, IView<TView, TEvent>
{
    public static readonly TimeSpan CatchUpWithin = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan SignalEvery = TimeSpan.FromSeconds(2);

    private readonly LiveTopics topics;
    private readonly StreamTopic<TView, TEvent> topic;
    private readonly StreamTopic<MemberView, MemberEvent> standing;
    private readonly MemberId member;
    private readonly PageSteps steps;
    private readonly Lock gate = new();
    private Seen seen = new(null, 0, LiveState.Loading, null, []);
    private (TView? Uncut, Viewer? Viewer, TView? Cut, bool Threw) last;
    private bool present;
    private bool arrived;
    private bool disposed;
    private long lastSignal;

    public StreamWatch(LiveTopics topics, StreamId stream, MemberId member, Func<Action, Task> step) : base(stream)
    {
        (this.topics, this.member) = (topics, member);
        lastSignal = topics.Clock.GetTimestamp() - topics.Clock.TimestampFrequency * 60;
        steps = new PageSteps(step, Take, topics.Logger);
        standing = topics.Join<MemberView, MemberEvent>(member.Stream, this);
        topic = topics.Join<TView, TEvent>(stream, this);
    }

    public override TView? View => seen.View;
    public override long Version => seen.Version;
    public override LiveState State => seen.State;
    public override Viewer? Viewer => seen.Viewer;
    public override ImmutableArray<Passing> Passing => seen.Passing;

    /// <summary>Waits for the first word from both streams (ten seconds at most) and shows it.</summary>
    public async Task Begin(bool present, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(standing.Ready, topic.Ready).WaitAsync(CatchUpWithin, topics.Clock, cancel);
        }
        catch (TimeoutException)
        {
            // The page says that it is waiting, and is told when something comes.
        }

        lock (gate)
            this.present = present;
        Take();
    }

    public void Changed() => steps.Run();

    public override async Task<bool> CatchUp(Outcome.Recorded outcome, CancellationToken cancel = default)
    {
        var reached = await topic.Reach(outcome.Version, CatchUpWithin, cancel);
        Take();
        return reached;
    }

    public override void Signal(string kind)
    {
        if (seen.View is null || topics.Clock.GetElapsedTime(lastSignal) < SignalEvery)
            return;
        lastSignal = topics.Clock.GetTimestamp();
        topic.Signal(new Passing(member, kind));
    }

    /// <summary>The next events above a version as this viewer may see them, with versions that leave nothing out: hidden ones come as null.</summary>
    public async Task<ImmutableArray<(long Version, Recorded<TEvent>? Event)>> EventsAfter(long after)
    {
        var events = await topic.EventsAfter(after);
        Take();
        if (last is not { Uncut: { } view, Viewer: { } viewer, Cut: not null })
            return [];
        return [.. events.Select(e => (e.Version, TSight.For(viewer, view, e)))];
    }

    public override ValueTask DisposeAsync()
    {
        steps.Stop();
        lock (gate)
        {
            disposed = true;
            Appear();
        }

        topic.Leave(this);
        standing.Leave(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Someone is shown as present only where they may see.</summary>
    private void Appear()
    {
        var appears = present && !disposed && seen.View is not null;
        if (arrived == appears)
            return;
        arrived = appears;
        if (arrived)
            topic.Arrive(member);
        else
            topic.Depart(member);
    }

    /// <summary>Looks again at both streams, through the sight.</summary>
    private void Take()
    {
        lock (gate)
        {
            var (now, who) = (topic.Now, standing.Now);
            var viewer = who.View.Standing is { } present ? seen.Viewer is { } before && before.Standing == present ? before : new Viewer(member, present) : null;
            if (!ReferenceEquals(last.Uncut, now.View) || !ReferenceEquals(last.Viewer, viewer))
                last = Look(now, viewer);
            var state = last.Threw ? LiveState.Broken : LiveStates.Worst(topic.State, standing.State);
            seen = last.Cut is { } view
                ? new Seen(view, now.Version, state, viewer, now.Passing)
                : new Seen(null, 0, state, viewer, []);
            Appear();
        }
    }

    private (TView?, Viewer?, TView?, bool) Look(StreamNow<TView> now, Viewer? viewer)
    {
        // A stream without events doesn't exist; nobody is asked about it, so it looks just as one that may not be seen.
        if (now.Version == 0 || viewer is null)
            return (now.View, viewer, null, false);
        try
        {
            return (now.View, viewer, TSight.For(viewer, now.View), false);
        }
        catch (Exception failure) // A sight that fails shows nothing, rather than too much.
        {
            topics.Logger.LogError(failure, "Nobody can say what {Member} may see of {Stream}.", member, Stream);
            return (now.View, viewer, null, true);
        }
    }

    private sealed record Seen(TView? View, long Version, LiveState State, Viewer? Viewer, ImmutableArray<Passing> Passing);
}

/// <summary>Runs a page's step where the page lives, one at a time; what comes meanwhile is one further step, so a slow page delays only itself.</summary>
internal sealed class PageSteps(Func<Action, Task> step, Action take, ILogger logger)
{
    private const int Idle = 0, Running = 1, Again = 2, Stopped = 3;
    private int state;

    public void Run()
    {
        for (; ; )
        {
            var now = Volatile.Read(ref state);
            if (now is Again or Stopped)
                return;
            if (Interlocked.CompareExchange(ref state, now + 1, now) != now)
                continue;
            if (now == Idle)
                _ = Task.Run(Go);
            return;
        }
    }

    public void Stop() => Interlocked.Exchange(ref state, Stopped);

    private async Task Go()
    {
        do
        {
            Interlocked.CompareExchange(ref state, Running, Again);
            try
            {
                await step(take);
            }
            catch (Exception failure) // The page may just have gone; its next step, if there is one, tells more.
            {
                logger.LogDebug(failure, "A page couldn't be told.");
            }
        }
        while (Interlocked.CompareExchange(ref state, Idle, Running) == Again);
    }
}
