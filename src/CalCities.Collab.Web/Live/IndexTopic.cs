using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Live;

/// <summary>What has changed in the indexes, followed once for all lists of this host.</summary>
internal sealed class IndexFeed(LiveTopics topics) : Topic(topics, Key), IIndexFollower
{
    public const string Key = "indexes";

    private static readonly TimeSpan FirstAsk = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestAsk = TimeSpan.FromMilliseconds(250);

    private IIndexFollower? reference;
    private long noticed;
    private long reached;

    /// <summary>A position that the indexes are known to have reached.</summary>
    public long Reached => Interlocked.Read(ref reached);

    protected override bool IsWorthKeeping => State == LiveState.Live;

    Task IIndexFollower.Changed(ImmutableArray<string> changed, long after, long position)
    {
        bool gap;
        lock (Gate)
        {
            if (position <= noticed)
                return Task.CompletedTask;
            gap = after > noticed;
            noticed = position;
            reached = Math.Max(reached, position);
        }

        QueryAgain(topic => gap || changed.Contains(topic, StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    Task IIndexFollower.Left()
    {
        Renew();
        return Task.CompletedTask;
    }

    /// <summary>Waits until the indexes have reached a position, asking the runner itself if no notice says so.</summary>
    public async Task<bool> Reach(long position, TimeSpan atMost, CancellationToken cancel)
    {
        var since = Clock.GetTimestamp();
        for (var pause = FirstAsk; Reached < position; pause = pause * 2 < LongestAsk ? pause * 2 : LongestAsk)
        {
            if (Clock.GetElapsedTime(since) >= atMost)
                return false;
            await Task.Delay(pause, Clock, cancel);
            try
            {
                var answer = await Source.Feed.Reached().WaitAsync(atMost, Clock, cancel);
                lock (Gate)
                    reached = Math.Max(reached, answer.Indexes);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // Asked again until the time is up.
            {
                Logger.LogDebug(failure, "The feed's runner doesn't answer.");
            }
        }

        return true;
    }

    protected override async Task Round(bool follow)
    {
        if (!follow)
            return;
        var answer = await Source.Feed.Follow(reference ??= Source.Reference<IIndexFollower>(this));
        lock (Gate)
        {
            // Lower than before: the indexes are being built anew, or a notice has overtaken this answer. Both times the lists are asked again.
            if (answer.Indexes == noticed)
                return;
            noticed = reached = answer.Indexes;
        }

        QueryAgain(_ => true);
    }

    protected override async Task End()
    {
        if (reference is null)
            return;
        try
        {
            await Source.Feed.Unfollow(reference);
        }
        finally
        {
            Source.Release(reference);
        }
    }

    private void QueryAgain(Func<string, bool> changed)
    {
        foreach (var list in Watchers().OfType<IIndexList>())
        {
            if (changed(list.Topic))
                list.Query();
        }
    }
}

/// <summary>A list that is queried again when the index says so.</summary>
internal interface IIndexList : IWatcher
{
    string Topic { get; }

    void Query();
}

/// <summary>What a list's pages see at one moment; At: a position that it holds at least.</summary>
internal sealed record IndexNow<T>(T? Result, long At) where T : class;

/// <summary>One query of one list, run for all pages of this host that show it, at most four times a second; dropped with its last page.</summary>
internal sealed class IndexTopic<T>(LiveTopics topics, (string Topic, string Name, Type Result) key, Func<CancellationToken, Task<T>> query) : Topic(topics, key), IIndexList
    where T : class
{
    public static readonly TimeSpan QueryEvery = TimeSpan.FromMilliseconds(250);

    private TaskCompletionSource queried = NewSource();
    private int due = 1;
    private long lastQuery = -1;

    string IIndexList.Topic => key.Topic;

    public IndexNow<T> Now { get; private set; } = new(null, -1);
    public IndexFeed Feed { get; private set; } = null!;

    protected override bool IsWorthKeeping => false;

    /// <summary>The feed's own state has changed: the pages show it with theirs.</summary>
    public void Changed() => Tell();

    public void Query()
    {
        Interlocked.Exchange(ref due, 1);
        Wake();
    }

    /// <summary>Waits until the result holds a position; false when that took too long.</summary>
    public async Task<bool> Reach(long position, TimeSpan atMost, CancellationToken cancel)
    {
        var since = Clock.GetTimestamp();
        if (!await Feed.Reach(position, atMost, cancel))
            return false;
        for (; ; )
        {
            Task next;
            lock (Gate)
            {
                if (Now.At >= position)
                    return true;
                next = queried.Task;
            }

            var left = atMost - Clock.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
                return false;
            Query();
            try
            {
                await next.WaitAsync(left, Clock, cancel);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    protected override void Start() => Feed = Topics.Join(IndexFeed.Key, () => new IndexFeed(Topics), this);

    protected override async Task Round(bool follow)
    {
        await Feed.Ready.WaitAsync(Stopping);
        while (Interlocked.Exchange(ref due, 0) == 1)
        {
            try
            {
                if (lastQuery >= 0 && QueryEvery - Clock.GetElapsedTime(lastQuery) is { Ticks: > 0 } wait)
                    await Task.Delay(wait, Clock, Stopping);
                lastQuery = Clock.GetTimestamp();
                var at = Feed.Reached;
                Show(new IndexNow<T>(await query(Stopping), at));
            }
            catch
            {
                Interlocked.Exchange(ref due, 1);
                throw;
            }
        }
    }

    protected override Task End()
    {
        Feed.Leave(this);
        return Task.CompletedTask;
    }

    private void Show(IndexNow<T> now)
    {
        TaskCompletionSource done;
        lock (Gate)
        {
            Now = now;
            done = queried;
            queried = NewSource();
        }

        done.SetResult();
        Tell();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One page's look at one list across streams. Dispose it when the page goes.</summary>
public abstract class IndexWatch<T> : IAsyncDisposable where T : class
{
    private protected IndexWatch()
    {
    }

    /// <summary>What this viewer may see of the result; null while nothing has come, or without standing.</summary>
    public abstract T? Result { get; }

    public abstract LiveState State { get; }

    /// <summary>Who looks, with their present standing.</summary>
    public abstract Viewer? Viewer { get; }

    /// <summary>True while the list doesn't hold yet what the viewer has just done: the page says "updating".</summary>
    public abstract bool IsUpdating { get; }

    /// <summary>Shows the viewer's own command: waits (two seconds at most) until the list holds it. False: <see cref="IsUpdating"/> until it does.</summary>
    public abstract Task<bool> CatchUp(Outcome.Recorded outcome, CancellationToken cancel = default);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A watch of a list, whatever its rows.</summary>
internal interface IWatchOfList
{
    /// <summary>Catches up without anyone waiting; the page is told how it ended.</summary>
    void CatchUpLater(Outcome.Recorded outcome);
}

/// <inheritdoc />
internal sealed class ListWatch<T> : IndexWatch<T>, IWatcher, IWatchOfList where T : class
{
    public static readonly TimeSpan CatchUpWithin = TimeSpan.FromSeconds(2);

    private readonly LiveTopics topics;
    private readonly IndexTopic<T> topic;
    private readonly StreamTopic<MemberView, MemberEvent> standing;
    private readonly Func<Viewer, T, T> sight;
    private readonly MemberId member;
    private readonly PageSteps steps;
    private readonly Lock gate = new();
    private (T? Uncut, Viewer? Viewer, T? Cut, bool Threw) last;
    private Seen seen = new(null, LiveState.Loading, null, false);
    private long awaited = -1;

    public ListWatch(LiveTopics topics, string topic, string name, Func<CancellationToken, Task<T>> query, Func<Viewer, T, T> sight, MemberId member, Func<Action, Task> step)
    {
        (this.topics, this.sight, this.member) = (topics, sight, member);
        steps = new PageSteps(step, Take, topics.Logger);
        standing = topics.Join<MemberView, MemberEvent>(member.Stream, this);
        var key = (topic, name, typeof(T));
        this.topic = topics.Join(key, () => new IndexTopic<T>(topics, key, query), this);
    }

    public override T? Result => seen.Result;
    public override LiveState State => seen.State;
    public override Viewer? Viewer => seen.Viewer;
    public override bool IsUpdating => seen.IsUpdating;

    /// <summary>Waits for the first result and the viewer's standing, ten seconds at most.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(standing.Ready, topic.Ready).WaitAsync(TimeSpan.FromSeconds(10), topics.Clock, cancel);
        }
        catch (TimeoutException)
        {
            // The page says that it is waiting, and is told when something comes.
        }

        Take();
    }

    public void Changed() => steps.Run();

    public override async Task<bool> CatchUp(Outcome.Recorded outcome, CancellationToken cancel = default)
    {
        var reached = await Reach(outcome.Position, cancel);
        Take();
        return reached;
    }

    public void CatchUpLater(Outcome.Recorded outcome) => _ = Task.Run(async () =>
    {
        await Reach(outcome.Position, CancellationToken.None);
        Changed();
    });

    private async Task<bool> Reach(long position, CancellationToken cancel)
    {
        if (await topic.Reach(position, CatchUpWithin, cancel))
            return true;
        lock (gate)
            awaited = Math.Max(awaited, position);
        return false;
    }

    public override ValueTask DisposeAsync()
    {
        steps.Stop();
        topic.Leave(this);
        standing.Leave(this);
        return ValueTask.CompletedTask;
    }

    private void Take()
    {
        lock (gate)
        {
            var now = topic.Now;
            var viewer = standing.Now.View.Standing is { } present ? seen.Viewer is { } before && before.Standing == present ? before : new Viewer(member, present) : null;
            if (!ReferenceEquals(last.Uncut, now.Result) || !ReferenceEquals(last.Viewer, viewer))
                last = Look(now.Result, viewer);
            var state = last.Threw ? LiveState.Broken : LiveStates.Worst(topic.State, topic.Feed.State, standing.State);
            seen = new Seen(last.Cut, state, viewer, awaited > now.At);
        }
    }

    private (T?, Viewer?, T?, bool) Look(T? result, Viewer? viewer)
    {
        if (result is null || viewer is null)
            return (result, viewer, null, false);
        try
        {
            return (result, viewer, sight(viewer, result), false);
        }
        catch (Exception failure) // A sight that fails shows nothing, rather than too much.
        {
            topics.Logger.LogError(failure, "Nobody can say what {Member} may see of a list.", member);
            return (result, viewer, null, true);
        }
    }

    private sealed record Seen(T? Result, LiveState State, Viewer? Viewer, bool IsUpdating);
}
