using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Live;

/// <summary>What a stream's pages see at one moment; immutable. The uncut view: only a watch may read it, through its sight.</summary>
internal sealed record StreamNow<TView>(TView View, long Version, ImmutableArray<Passing> Passing);

/// <summary>
/// One stream, followed once for all pages of this host and folded once into the one view that they share.
/// A notice at or below the version is ignored, the next one is folded, anything further has the loop pull what lacks.
/// </summary>
internal sealed class StreamTopic<TView, TEvent> : Topic, IFollower<TEvent>
    where TView : class, IView<TView, TEvent>
{
    /// <summary>Programs that follow read from here; one that falls further behind reads from the grain. An assembly's ballots come in by the hundred.</summary>
    public const int TailLength = 1_024;

    /// <summary>Who is here and who is writing is for a room of people; a hall of a thousand is shown as a number anyway.</summary>
    public const int MaxPassing = 1_000;

    /// <summary>What passes is forgotten after this long without being said again.</summary>
    public static readonly TimeSpan PassingFor = TimeSpan.FromSeconds(10);

    /// <summary>Said again before it is forgotten, with one lost in between at most a blink.</summary>
    public static readonly TimeSpan SayHereEvery = TimeSpan.FromSeconds(4);

    private readonly StreamId stream;
    private readonly IStreamGrain<TEvent> grain;
    // The last events, one after the other; up to twice the length, so that few are moved.
    private readonly List<Recorded<TEvent>> tail = [];
    private readonly Dictionary<Passing, long> passing = [];
    private readonly Dictionary<MemberId, int> present = [];
    private readonly List<(long Version, TaskCompletionSource<bool> Reached)> waiting = [];
    private readonly ITimer forgetting;
    private readonly ITimer sayingHere;
    private IFollower<TEvent>? reference;
    private TView view;
    private long version;
    private long known;

    public StreamTopic(LiveTopics topics, StreamId stream) : base(topics, stream)
    {
        this.stream = stream;
        view = TView.Blank(stream);
        grain = Source.Stream<TEvent>(stream);
        forgetting = Clock.CreateTimer(_ => Forget(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        sayingHere = Clock.CreateTimer(_ => SayHere(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Now = new StreamNow<TView>(view, 0, []);
    }

    public StreamNow<TView> Now { get; private set; }

    protected override bool IsWorthKeeping => version > 0 && State is LiveState.Live or LiveState.Behind;

    Task IFollower<TEvent>.Advanced(StreamId told, ImmutableArray<Recorded<TEvent>> events)
    {
        if (told == stream && !events.IsDefault)
            Take(events);
        return Task.CompletedTask;
    }

    Task IFollower<TEvent>.Signalled(StreamId told, Passing signal)
    {
        if (told == stream)
            Note(signal);
        return Task.CompletedTask;
    }

    Task IFollower<TEvent>.Left(StreamId told)
    {
        Renew();
        return Task.CompletedTask;
    }

    /// <summary>Waits until the stream is folded up to a version; false when that took too long or can't come.</summary>
    public async Task<bool> Reach(long wanted, TimeSpan atMost, CancellationToken cancel)
    {
        TaskCompletionSource<bool> reached;
        lock (Gate)
        {
            if (version >= wanted || State == LiveState.Broken)
                return version >= wanted;
            reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((wanted, reached));
            known = Math.Max(known, wanted);
        }

        Wake();
        try
        {
            return await reached.Task.WaitAsync(atMost, Clock, cancel);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (Gate)
                waiting.RemoveAll(w => w.Reached == reached);
        }
    }

    /// <summary>The uncut events above a version, from what is at hand or from the grain, up to the version that is folded here.</summary>
    public async Task<ImmutableArray<Recorded<TEvent>>> EventsAfter(long after)
    {
        long upTo;
        lock (Gate)
        {
            upTo = version;
            if (tail is [var oldest, ..] && oldest.Version <= after + 1)
                return after >= upTo ? [] : [.. CollectionsMarshal.AsSpan(tail)[(int)(after + 1 - oldest.Version)..]];
        }

        return after >= upTo ? [] : [.. (await grain.ReadAfter(after)).Events.Where(e => e.Version <= upTo)];
    }

    public void Signal(Passing signal) => _ = Send(signal);

    /// <summary>Says that a member has a page open, now and every few seconds, until the last of their pages is closed.</summary>
    public void Arrive(MemberId member)
    {
        lock (Gate)
        {
            present[member] = present.GetValueOrDefault(member) + 1;
            if (present.Count == 1)
                sayingHere.Change(SayHereEvery, SayHereEvery);
        }

        Signal(new Passing(member, Passing.Here));
    }

    public void Depart(MemberId member)
    {
        lock (Gate)
        {
            if (present.GetValueOrDefault(member) > 1)
            {
                present[member]--;
                return;
            }

            if (!present.Remove(member))
                return;
            if (present.Count == 0)
                sayingHere.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Signal(new Passing(member, Passing.Left));
    }

    protected override async Task Round(bool follow)
    {
        if (follow)
            Know(await grain.Follow(reference ??= Source.Reference<IFollower<TEvent>>(this)));
        while (Lacks(out var from))
        {
            var page = await grain.ReadAfter(from);
            Know(page.Committed);
            Take(page.Events);
            if (page.Events.IsEmpty && Lacks(out _))
                throw new InvalidOperationException($"{stream} ended at version {from}, before one that it had told.");
        }
    }

    protected override async Task End()
    {
        forgetting.Dispose();
        sayingHere.Dispose();
        if (reference is null)
            return;
        try
        {
            await grain.Unfollow(reference);
        }
        finally
        {
            Source.Release(reference);
        }
    }

    private bool Lacks(out long from)
    {
        lock (Gate)
        {
            from = version;
            return version < known && State != LiveState.Broken && !Stopping.IsCancellationRequested;
        }
    }

    private void Know(long committed)
    {
        lock (Gate)
            known = Math.Max(known, committed);
    }

    /// <summary>Folds what comes next in these events; wakes the loop when something before them lacks.</summary>
    private void Take(ImmutableArray<Recorded<TEvent>> events)
    {
        var (changed, gap, broken) = (false, false, false);
        lock (Gate)
        {
            foreach (var recorded in events)
            {
                if (recorded.Version <= version || State == LiveState.Broken)
                    continue;
                if (recorded.Version > version + 1)
                {
                    known = Math.Max(known, recorded.Version);
                    gap = true;
                    continue;
                }

                try
                {
                    view = TView.Fold(view, recorded);
                }
                catch (Exception failure) // A fact that can't be folded is never skipped: the pages end before it and say so.
                {
                    Logger.LogError(failure, "{Stream} can't be shown from version {Version}.", stream, recorded.Version);
                    broken = true;
                    break;
                }

                version = recorded.Version;
                known = Math.Max(known, version);
                changed = true;
                tail.Add(recorded);
                if (tail.Count >= 2 * TailLength)
                    tail.RemoveRange(0, TailLength);
                if (recorded.Actor.Member is { } actor)
                    passing.Remove(new Passing(actor, Passing.Writing));
            }

            if (changed)
                Show();
        }

        if (broken)
        {
            Enter(LiveState.Broken);
            lock (Gate)
                Show();
            Wake();
        }

        if (changed)
            Tell();
        if (gap)
            Wake();
    }

    /// <summary>Under the gate: puts together what pages see, and answers those who waited for it.</summary>
    private void Show()
    {
        Now = new StreamNow<TView>(view, version, [.. passing.Keys]);
        foreach (var (wanted, reached) in waiting)
        {
            if (version >= wanted || State == LiveState.Broken)
                reached.TrySetResult(version >= wanted);
        }
    }

    private void Note(Passing signal)
    {
        lock (Gate)
        {
            var shown = passing.Count;
            if (signal.Kind is Passing.Left)
            {
                passing.Remove(signal with { Kind = Passing.Here });
                passing.Remove(signal with { Kind = Passing.Writing });
            }
            else if (passing.Count < MaxPassing || passing.ContainsKey(signal))
            {
                passing[signal] = Clock.GetTimestamp();
            }

            if (passing.Count == shown)
                return;
            if (shown == 0)
                forgetting.Change(PassingFor, Timeout.InfiniteTimeSpan);
            Show();
        }

        Tell();
    }

    private void Forget()
    {
        lock (Gate)
        {
            var shown = passing.Count;
            var next = PassingFor;
            foreach (var (signal, said) in passing)
            {
                var left = PassingFor - Clock.GetElapsedTime(said);
                if (left <= TimeSpan.Zero)
                    passing.Remove(signal);
                else if (left < next)
                    next = left;
            }

            if (passing.Count > 0)
                forgetting.Change(next, Timeout.InfiniteTimeSpan);
            if (passing.Count == shown)
                return;
            Show();
        }

        Tell();
    }

    private void SayHere()
    {
        MemberId[] members;
        lock (Gate)
            members = [.. present.Keys];
        foreach (var member in members)
            Signal(new Passing(member, Passing.Here));
    }

    private async Task Send(Passing signal)
    {
        try
        {
            await grain.Signal(signal);
        }
        catch (Exception failure) // It may be lost; it is said again.
        {
            Logger.LogDebug(failure, "A signal to {Stream} was lost.", stream);
        }
    }
}
