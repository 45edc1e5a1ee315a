using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CalCities.Collab.Kernel;

/// <summary>
/// The one body that all aggregates share, and its path: find the first outcome of this command id, decide, fold, queue, commit, tell followers, answer.
/// Reentrant with its own group commit: deciding to queueing is one synchronous turn; what queued up while an append was under way goes in the next.
/// </summary>
[Reentrant]
internal abstract class EventSourcedGrain<TDecider, TState, TCommand, TEvent>(GrainLog log, TimeProvider clock)
    : Grain, IEventSourcedGrain<TCommand, TEvent>
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>A snapshot each few hundred events: reading 300 events takes some milliseconds, and a snapshot costs one write.</summary>
    private const int EventsPerSnapshot = 300;

    /// <summary>Bounds what waits for one grain's log; beyond it a command is answered unknown at once, and the door tries again.</summary>
    private const int MaxQueued = 5_000;

    private static readonly TimeSpan FollowFor = TimeSpan.FromSeconds(60);

    private readonly Dictionary<CommandId, First> firsts = [];
    private readonly Dictionary<IFollower<TEvent>, long> followers = [];
    private readonly List<Recorded<TEvent>> queue = [];
    private StreamId stream;
    private TState tentative = TDecider.Initial;
    private TState committed = TDecider.Initial;
    private long tentativeVersion;
    private long committedVersion;
    private long committedPosition;
    private long snapshotVersion;
    private bool snapshotting;
    private DateTimeOffset lastTime;
    private bool pumping;
    private bool failed;

    /// <summary>Completes when all that is queued now has committed (true) or isn't known to (false).</summary>
    private TaskCompletionSource<bool> next = NewSource();
    private Task<bool> settled = Task.FromResult(true);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = this.GetGrainId();
        stream = StreamId.Parse($"{id.Type}/{id.Key}");
        await LoadSnapshot(cancellationToken);
        for (var page = await log.Store.ReadAfter(stream, committedVersion, cancellationToken); !page.IsEmpty;
             page = await log.Store.ReadAfter(stream, committedVersion, cancellationToken))
        {
            foreach (var stored in page)
                Commit(log.Read<TEvent>(stored));
        }

        foreach (var command in await log.Store.ReadCommands(stream, cancellationToken))
        {
            // A command that another activation appended between the two reads isn't folded here: start over.
            if (command.Version > committedVersion)
                throw new StreamGrewException($"{stream} grew while it was read; the next call starts from the log.");
            firsts[command.Command] = new First(command.Fingerprint, command.Version) { Position = command.Position };
            committedPosition = Math.Max(committedPosition, command.Position);
        }

        tentative = committed;
        tentativeVersion = committedVersion;
    }

    public async Task<Outcome> Execute(CommandId id, TCommand command, Actor actor, ImmutableArray<KnownFact> facts)
    {
        if (failed || queue.Count >= MaxQueued)
            return new Outcome.Unknown();

        var fingerprint = log.Kinds.Fingerprint(command);
        if (firsts.TryGetValue(id, out var first))
            return !await settled ? new Outcome.Unknown()
                : first.Fingerprint.AsSpan().SequenceEqual(fingerprint) ? new Outcome.Recorded(first.Version, first.Position)
                : new Outcome.Refused(KernelRefusals.CommandIdReused);

        var now = clock.GetUtcNow();
        var time = now > lastTime ? now : lastTime;
        var decision = TDecider.Decide(tentative, command, new Circumstances(actor, time, facts));
        if (decision.Refusal is { } refusal)
            return await settled ? new Outcome.Refused(refusal) : new Outcome.Unknown();
        if (decision.Events.IsEmpty)
            return await settled ? new Outcome.Recorded(committedVersion, committedPosition) : new Outcome.Unknown();

        first = Queue(id, fingerprint, decision.Events, actor.NameInLog, time);
        return await settled ? new Outcome.Recorded(first.Version, first.Position) : new Outcome.Unknown();
    }

    public Task<Refusal?> Against(CommandId id, TCommand command, Actor actor, ImmutableArray<KnownFact> facts) =>
        Task.FromResult(firsts.ContainsKey(id) ? null : TDecider.Decide(tentative, command, new Circumstances(actor, clock.GetUtcNow(), facts)).Refusal);

    public async Task<StreamPage<TEvent>> ReadAfter(long version)
    {
        var page = await log.Store.ReadAfter(stream, version);
        return new([.. page.Select(log.Read<TEvent>)], committedVersion);
    }

    public Task<long> Follow(IFollower<TEvent> follower)
    {
        followers[follower] = clock.GetTimestamp();
        return Task.FromResult(committedVersion);
    }

    public Task Unfollow(IFollower<TEvent> follower)
    {
        followers.Remove(follower);
        return Task.CompletedTask;
    }

    public Task Signal(Passing signal)
    {
        Notify(follower => follower.Signalled(stream, signal));
        return Task.CompletedTask;
    }

    public Task<KnownFact> Tell() => Task.FromResult(new KnownFact(stream, committedVersion, TDecider.Tell(committed)));

    /// <summary>Folds and queues in one turn: a fold that throws records nothing and leaves the state as it was.</summary>
    private First Queue(CommandId id, byte[] fingerprint, ImmutableArray<TEvent> events, ActorName actor, DateTimeOffset time)
    {
        var state = tentative;
        var version = tentativeVersion;
        List<Recorded<TEvent>> folded = new(events.Length);
        foreach (var e in events)
        {
            var recorded = new Recorded<TEvent>(stream, ++version, 0, id, folded.Count, actor, time, e);
            state = TDecider.Fold(state, recorded);
            folded.Add(recorded);
        }

        var first = new First(fingerprint, version);
        (tentative, tentativeVersion, lastTime) = (state, version, time);
        firsts.Add(id, first);
        queue.AddRange(folded);
        settled = next.Task;
        if (!pumping)
            _ = Pump();
        return first;
    }

    /// <summary>Appends what is queued, over and over until nothing is; any failure ends this activation, since nobody knows what is recorded.</summary>
    private async Task Pump()
    {
        pumping = true;
        try
        {
            while (queue.Count > 0)
            {
                // Calls that wait for this grain's turn already are decided first, and go into the same append.
                await Task.Yield();
                var batch = queue.ToImmutableArray();
                var done = next;
                queue.Clear();
                next = NewSource();
                try
                {
                    await AppendBatch(batch);
                    done.SetResult(true);
                    MaybeSnapshot();
                }
                catch (Exception failure) // Whatever it was, the log alone knows now.
                {
                    Fail(failure);
                    done.SetResult(false);
                    next.SetResult(false);
                    return;
                }
            }
        }
        finally
        {
            pumping = false;
        }
    }

    private async Task AppendBatch(ImmutableArray<Recorded<TEvent>> batch)
    {
        var events = batch.Select(r => new NewEvent(log.Kinds.NameOf(r.Event), Kinds.Write(r.Event), r.Command, r.Part,
            r.Part == 0 ? firsts[r.Command].Fingerprint : null, r.Actor, r.Time));
        var position = await log.Channel.Append(new StreamAppend(stream, batch[0].Version - 1, [.. events]))
            ?? throw new InvalidOperationException($"{stream} was appended to from elsewhere after version {batch[0].Version - 1}.");
        var recorded = batch.Select((r, i) => r with { Position = position + i }).ToImmutableArray();
        foreach (var r in recorded)
        {
            Commit(r);
            firsts[r.Command].Position = r.Position;
        }

        Notify(follower => follower.Advanced(stream, recorded));
    }

    private void Commit(Recorded<TEvent> recorded)
    {
        if (recorded.Version != committedVersion + 1)
            throw new UnreachableException($"{stream} has a gap before version {recorded.Version}.");
        committed = TDecider.Fold(committed, recorded);
        (committedVersion, committedPosition, lastTime) = (recorded.Version, recorded.Position, recorded.Time);
    }

    private void Fail(Exception failure)
    {
        failed = true;
        log.Logger.LogError(failure, "{Stream} stops at version {Version}; the next call starts from the log.", stream, committedVersion);
        queue.Clear();
        Notify(follower => follower.Left(stream));
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Notify(follower => follower.Left(stream));
        return Task.CompletedTask;
    }

    /// <summary>One-way to each follower that renewed within a minute: a dead one delays nobody.</summary>
    private void Notify(Func<IFollower<TEvent>, Task> notice)
    {
        foreach (var (follower, since) in followers)
        {
            if (clock.GetElapsedTime(since) > FollowFor)
                followers.Remove(follower);
            else
                notice(follower).Ignore();
        }
    }

    private async Task LoadSnapshot(CancellationToken cancel)
    {
        try
        {
            var kept = new GrainState<Snapshot<TState>>();
            await log.Snapshots.ReadStateAsync("snapshot", this.GetGrainId(), kept);
            if (!kept.RecordExists || kept.State is not { State: { } state } snapshot || snapshot.FoldVersion != TDecider.FoldVersion)
                return;
            var at = await log.Store.ReadAfter(stream, snapshot.Version - 1, cancel);
            if (at.IsEmpty || at[0].Command != snapshot.LastCommand)
                return;
            (committed, committedVersion, committedPosition, lastTime) = (state, snapshot.Version, at[0].Position, at[0].Time);
            snapshotVersion = snapshot.Version;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested) // A cache that can't be read is no cache; the log is there.
        {
            SnapshotMeter.Failures.Add(1);
            log.Logger.LogWarning(failure, "The snapshot of {Stream} can't be read.", stream);
        }
    }

    private void MaybeSnapshot()
    {
        if (snapshotting || committedVersion - snapshotVersion < EventsPerSnapshot)
            return;
        snapshotting = true;
        _ = Save();

        async Task Save()
        {
            var (state, version) = (committed, committedVersion);
            try
            {
                var last = (await log.Store.ReadAfter(stream, version - 1))[0];
                var kept = new GrainState<Snapshot<TState>>();
                await log.Snapshots.ReadStateAsync("snapshot", this.GetGrainId(), kept);
                kept.State = new Snapshot<TState> { FoldVersion = TDecider.FoldVersion, Version = version, LastCommand = last.Command, State = state };
                await log.Snapshots.WriteStateAsync("snapshot", this.GetGrainId(), kept);
            }
            catch (Exception failure) // Nobody waits for it, and the next few hundred events try again.
            {
                SnapshotMeter.Failures.Add(1);
                log.Logger.LogWarning(failure, "The snapshot of {Stream} can't be written.", stream);
            }
            finally
            {
                snapshotVersion = version;
                snapshotting = false;
            }
        }
    }

    /// <summary>Completed on this grain's scheduler only, where those who wait for it go on in the same turn: their answers are sent, nothing is decided.</summary>
    private static TaskCompletionSource<bool> NewSource() => new();

    /// <summary>The first outcome of a command: what was asked, and where it ended.</summary>
    private sealed class First(byte[] fingerprint, long version)
    {
        public byte[] Fingerprint => fingerprint;
        public long Version => version;
        public long Position { get; set; }
    }
}
