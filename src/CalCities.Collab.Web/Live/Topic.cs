using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace CalCities.Collab.Live;

/// <summary>How what a page shows stands to the log.</summary>
public enum LiveState
{
    /// <summary>Nothing has come yet.</summary>
    Loading,

    /// <summary>Followed: what is shown was up to date at the last word, which is twenty seconds old at most.</summary>
    Live,

    /// <summary>The last try to follow or read failed and is being repeated: what is shown may be old.</summary>
    Behind,

    /// <summary>Something in the log can't be shown by this version of the program; what is shown ends before it, and stays so.</summary>
    Broken,
}

internal static class LiveStates
{
    /// <summary>What a page says that shows several topics: broken before loading before behind.</summary>
    public static LiveState Worst(params ReadOnlySpan<LiveState> states) =>
        states.Contains(LiveState.Broken) ? LiveState.Broken
        : states.Contains(LiveState.Loading) ? LiveState.Loading
        : states.Contains(LiveState.Behind) ? LiveState.Behind
        : LiveState.Live;
}

/// <summary>A page, or another reader, of a topic. Called on a pool thread; returns at once.</summary>
internal interface IWatcher
{
    void Changed();
}

/// <summary>
/// One thing that this host follows for all its pages: the loop that follows and pulls (never two at once, failures with growing pauses),
/// the pages, told at most twenty times a second, and the end after five minutes without a page.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A topic ends itself, with all it holds, when nobody watches it.")]
internal abstract class Topic
{
    /// <summary>Faster than this no reader sees a difference, and each telling renders every page.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>A grain forgets its followers after sixty seconds: two renewals may be lost.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    /// <summary>People go back to what they have just read; folding it again costs more than keeping it this long.</summary>
    public static readonly TimeSpan KeepUnwatched = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<IWatcher> watchers = [];
    private readonly object key;
    private readonly ITimer renewal;
    private readonly ITimer idle;
    private readonly ITimer telling;
    private bool started;
    private bool resting;
    private bool dropped;
    private bool tellDue;
    private long lastTold;
    private int renewalDue = 1;

    protected Topic(LiveTopics topics, object key)
    {
        (Topics, this.key) = (topics, key);
        lastTold = Clock.GetTimestamp() - Clock.TimestampFrequency;
        renewal = Clock.CreateTimer(_ => Renew(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        idle = Clock.CreateTimer(_ => Drop(evenIfWatched: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        telling = Clock.CreateTimer(_ => TellNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Guards what notices, the loop and the pages share; nothing waits under it, and no page's code runs under it.</summary>
    protected Lock Gate { get; } = new();

    protected LiveTopics Topics { get; }
    protected TimeProvider Clock => Topics.Clock;
    protected ILiveSource Source => Topics.Source;
    protected ILogger Logger => Topics.Logger;
    protected CancellationToken Stopping => stop.Token;

    /// <summary>Completes with the first state that isn't loading.</summary>
    public Task Ready => ready.Task;

    public LiveState State { get; private set; }

    /// <summary>Joins, and starts following with the first to join; false when the topic has just been dropped.</summary>
    public bool TryJoin(IWatcher watcher)
    {
        lock (Gate)
        {
            if (dropped)
                return false;
            if (resting)
                Topics.Rested(-1);
            resting = false;
            watchers.Add(watcher);
            idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (!started)
            {
                started = true;
                Start();
                renewal.Change(RenewEvery, RenewEvery);
                wake.Writer.TryWrite(true);
                _ = Task.Run(Run, CancellationToken.None);
            }

            return true;
        }
    }

    public void Leave(IWatcher watcher)
    {
        lock (Gate)
        {
            if (!watchers.Remove(watcher) || watchers.Count > 0 || dropped)
                return;
            if (IsWorthKeeping && Topics.Rested(+1))
            {
                resting = true;
                idle.Change(KeepUnwatched, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Drop(evenIfWatched: false);
    }

    /// <summary>Stops following whoever watches; completes when the other side knows.</summary>
    public Task Stop()
    {
        Drop(evenIfWatched: true);
        return ended.Task;
    }

    /// <summary>Follows again now: a host has come or gone, or the grain has moved.</summary>
    public void Renew()
    {
        Interlocked.Exchange(ref renewalDue, 1);
        Wake();
    }

    /// <summary>False for what would only fill memory: streams that don't exist, topics that have stopped.</summary>
    protected abstract bool IsWorthKeeping { get; }

    /// <summary>Called once, when the first page joins.</summary>
    protected virtual void Start()
    {
    }

    /// <summary>One round: follows if that is due, then pulls until nothing lacks. Whatever it throws is tried again later.</summary>
    protected abstract Task Round(bool follow);

    /// <summary>Called once when nobody will watch any more.</summary>
    protected abstract Task End();

    protected void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Has all pages told, at once or when fifty milliseconds have gone since the last time.</summary>
    protected void Tell()
    {
        lock (Gate)
        {
            if (tellDue || dropped)
                return;
            tellDue = true;
            var wait = TellEvery - Clock.GetElapsedTime(lastTold);
            if (wait > TimeSpan.Zero)
                telling.Change(wait, Timeout.InfiniteTimeSpan);
            else
                ThreadPool.UnsafeQueueUserWorkItem(static topic => topic.TellNow(), this, preferLocal: false);
        }
    }

    protected void Enter(LiveState state)
    {
        lock (Gate)
        {
            if (State == state || State == LiveState.Broken)
                return;
            State = state;
        }

        ready.TrySetResult();
        Tell();
    }

    protected IWatcher[] Watchers()
    {
        lock (Gate)
            return [.. watchers];
    }

    private void TellNow()
    {
        lock (Gate)
        {
            tellDue = false;
            lastTold = Clock.GetTimestamp();
        }

        foreach (var watcher in Watchers())
            watcher.Changed();
    }

    private void Drop(bool evenIfWatched)
    {
        lock (Gate)
        {
            if (watchers.Count > 0 && !evenIfWatched || dropped)
                return;
            dropped = true;
            if (resting)
                Topics.Rested(-1);
        }

        Topics.Forget(key, this);
        renewal.Dispose();
        idle.Dispose();
        telling.Dispose();
        stop.Cancel();
        if (!started)
            ended.TrySetResult();
    }

    private async Task Run()
    {
        var failures = 0;
        while (!stop.IsCancellationRequested && State != LiveState.Broken)
        {
            var follow = Interlocked.Exchange(ref renewalDue, 0) == 1;
            try
            {
                await Round(follow);
                failures = 0;
                Enter(LiveState.Live);
                await wake.Reader.ReadAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) // A database away, a host gone, an answer too late: all are tried again, for as long as someone watches.
            {
                Logger.LogWarning(failure, "{Topic} can't be followed now.", key);
                Interlocked.Exchange(ref renewalDue, 1);
                Enter(LiveState.Behind);
                var pause = FirstPause * Math.Pow(2, Math.Min(failures++, 10));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, Clock, stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }

        try
        {
            await End();
        }
        catch (Exception failure) // The other side forgets a follower by itself after a minute.
        {
            Logger.LogDebug(failure, "{Topic} couldn't be unfollowed.", key);
        }

        ended.TrySetResult();
    }
}
