using System.Collections.Immutable;
using System.Data.Common;
using CalCities.Collab.Kernel.Log;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CalCities.Collab.Kernel;

/// <summary>
/// Reads the global feed for the whole cluster: all indexes together, in one transaction a page with their checkpoints;
/// each policy by itself, so that one that can't go on holds back only itself; and sends what is due.
/// </summary>
[GrainType("feed-runner"), Reentrant, KeepAlive]
internal sealed class FeedRunner(
    IEventStore store, IHubDatabase database, IEnumerable<IIndex> indexes, IEnumerable<PolicyLine> policies, IEnumerable<DeadlineLine> deadlines, Kinds kinds, Door door, TimeProvider clock,
    IHostApplicationLifetime host, ILogger<FeedRunner> logger)
    : Grain, IFeedRunner, IDisposable
{
    /// <summary>A poke can be lost; looking once a second costs one small query.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>After a page that took all there was: what comes meanwhile goes together, so that under a stream of commits the feed's transactions leave the log its turn.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Shorter than a grain call may take (30 seconds).</summary>
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FollowFor = TimeSpan.FromSeconds(60);

    private readonly Dictionary<IIndexFollower, long> followers = [];
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
    private readonly Dictionary<string, long> policyAt = new(StringComparer.Ordinal);
    private TaskCompletionSource poked = NewSignal();
    private TaskCompletionSource moved = NewSignal();
    private long indexesAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var head = await store.Head(cancellationToken);
        foreach (var policy in policies)
            policyAt[policy.Name] = await CheckpointOf(policy, head);
        _ = Keep("indexes", RunIndexes);
        foreach (var policy in policies)
            _ = Keep(policy.Name, () => RunPolicy(policy));
        _ = Keep("due", RunDue);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Notify(follower => follower.Left());
        return ending.CancelAsync();
    }

    public Task Poke(long position)
    {
        Wake();
        return Task.CompletedTask;
    }

    public Task<FeedReached> Follow(IIndexFollower follower)
    {
        followers[follower] = clock.GetTimestamp();
        return Task.FromResult(Now);
    }

    public Task Unfollow(IIndexFollower follower)
    {
        followers.Remove(follower);
        return Task.CompletedTask;
    }

    public async Task<FeedReached> WaitFor(long position)
    {
        Wake();
        var late = Task.Delay(WaitAtMost, clock, ending.Token);
        while ((Now.Indexes < position || Now.Policies < position) && !late.IsCompleted)
            await Task.WhenAny(moved.Task, late);
        return Now;
    }

    public Task<FeedReached> Reached() => Task.FromResult(Now);

    private FeedReached Now => new(indexesAt, policyAt.Count == 0 ? indexesAt : policyAt.Values.Min());

    /// <summary>Runs one line over and over; a failure (a database away, a fold that throws) is told and tried again from its checkpoint.</summary>
    private async Task Keep(string line, Func<Task> run)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await run();
            }
            catch (Exception failure) // The line goes on from its checkpoint when the cause is gone.
            {
                if (ending.IsCancellationRequested)
                    return;
                logger.LogError(failure, "The feed's line {Line} stopped; it goes on from its checkpoint.", line);
                await Task.Delay(LookEvery, clock, CancellationToken.None);
            }
        }
    }

    private async Task RunIndexes()
    {
        var at = await IndexCheckpoints();
        indexesAt = at.Count == 0 ? await store.Head(ending.Token) : at.Values.Min();
        while (!ending.IsCancellationRequested)
        {
            var wake = poked.Task;
            var page = await store.ReadAllAfter(indexesAt, ending.Token);
            if (page.IsEmpty)
            {
                await Wait(wake);
                continue;
            }

            var end = page[^1].Position;
            HashSet<string> topics = new(StringComparer.Ordinal);
            List<(string Sql, object Parameters)> statements = [];
            List<(string Index, string Sql, string Key)> finds = [];
            var known = page.Select(Known).ToList();
            foreach (var index in indexes)
            {
                var batch = new IndexBatch();
                foreach (var recorded in known.Where(recorded => recorded.Position > at[index.Name]))
                    index.Project(recorded, batch);
                statements.AddRange(batch.Statements);
                topics.UnionWith(batch.Touched.Select(key => $"{index.Name}/{key}"));
                finds.AddRange(batch.Finds.Select(find => (index.Name, find.Sql, find.Key)));
            }

            await database.Write(async (connection, transaction) =>
            {
                foreach (var (sql, parameters) in statements)
                    await connection.ExecuteAsync(sql, parameters, transaction);
                foreach (var (index, sql, key) in finds)
                    topics.UnionWith((await connection.QueryAsync<string>(sql, new { key }, transaction)).Select(found => $"{index}/{found}"));
                foreach (var index in indexes.Where(index => at[index.Name] < end))
                    await Advance(connection, transaction, $"index:{index.Name}", at[index.Name], end);
            }, ending.Token);
            foreach (var index in indexes)
                at[index.Name] = Math.Max(at[index.Name], end);
            var after = indexesAt;
            indexesAt = end;
            Raise(ref moved);
            Notify(follower => follower.Changed([.. topics], after, end));
            await RestAfter(page);
        }
    }

    private async Task RunPolicy(PolicyLine policy)
    {
        var saved = policyAt[policy.Name] = await CheckpointOf(policy, policyAt[policy.Name]);
        var savedWhen = clock.GetTimestamp();
        while (!ending.IsCancellationRequested)
        {
            var wake = poked.Task;
            var page = await store.ReadAllAfter(policyAt[policy.Name], ending.Token);
            if (page.IsEmpty)
            {
                await Wait(wake);
                continue;
            }

            // Commands to different streams don't wait for each other; those to one stream keep the feed's order.
            var commands = page.SelectMany(stored => policy.Follow(stored, kinds, door)).GroupBy(command => command.To).ToList();
            await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = ending.Token, TaskScheduler = TaskScheduler.Current },
                async (toOne, cancel) =>
                {
                    foreach (var (to, id, send) in toOne)
                        await Deliver(policy.Name, to, id, send, cancel);
                });
            var end = page[^1].Position;
            // Events that ask for nothing may be read twice: their checkpoint is written once a second.
            if (commands.Count > 0 || clock.GetElapsedTime(savedWhen) > LookEvery)
            {
                await database.Write((connection, transaction) => Advance(connection, transaction, $"policy:{policy.Name}", saved, end), ending.Token);
                (saved, savedWhen) = (end, clock.GetTimestamp());
            }

            policyAt[policy.Name] = end;
            Raise(ref moved);
            await RestAfter(page);
        }
    }

    /// <summary>Sends what is due, at most a second late.</summary>
    private async Task RunDue()
    {
        var rules = deadlines.ToDictionary(rule => rule.Name, StringComparer.Ordinal);
        while (!ending.IsCancellationRequested)
        {
            // What the log has taken back by now must have left the index.
            var head = await store.Head(ending.Token);
            if (indexesAt >= head)
            {
                foreach (var due in await Due.At(database, clock.GetUtcNow(), ending.Token))
                {
                    if (rules.TryGetValue(due.Rule, out var rule))
                        await Deliver(due.Rule, due.To, due.Id, cancel => rule.Send(due, kinds, door, cancel), ending.Token);
                    await due.Forget(database, ending.Token);
                }
            }

            await Task.Delay(LookEvery, clock, ending.Token);
        }
    }

    /// <summary>Sends until the outcome is known; a refused one goes to the list that an admin sees.</summary>
    private async Task Deliver(string policy, StreamId to, CommandId id, Func<CancellationToken, Task<Outcome>> send, CancellationToken cancel)
    {
        var outcome = await send(cancel);
        while (outcome is Outcome.Unknown)
        {
            logger.LogWarning("The policy {Policy} doesn't know what became of {Command} to {Stream}; it sends it again.", policy, id, to);
            await Task.Delay(LookEvery, clock, cancel);
            outcome = await send(cancel);
        }

        if (outcome is Outcome.Refused { Refusal: var refusal })
            await database.Write((connection, transaction) => connection.ExecuteAsync(
                """
                insert into refused_policy_commands (command, policy, stream, code, sentence, at) values (@command, @policy, @stream, @code, @sentence, @at)
                on conflict (command) do nothing
                """,
                new { command = id.Value, policy, stream = to.ToString(), code = refusal.Code, sentence = refusal.Sentence, at = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction), cancel);
    }

    /// <summary>Where each index stands; one of another version is emptied first and starts from nothing.</summary>
    private async Task<Dictionary<string, long>> IndexCheckpoints()
    {
        Dictionary<string, long> at = new(StringComparer.Ordinal);
        foreach (var index in indexes)
        {
            var kept = await Checkpoint($"index:{index.Name}");
            if (kept is { } checkpoint && checkpoint.Version == index.Version)
            {
                at[index.Name] = checkpoint.Position;
                continue;
            }

            await database.Write(async (connection, transaction) =>
            {
                foreach (var table in index.Tables)
                    await connection.ExecuteAsync($"delete from {table}", transaction: transaction);
                await Save(connection, transaction, $"index:{index.Name}", index.Version, 0);
            }, ending.Token);
            at[index.Name] = 0;
        }

        return at;
    }

    /// <summary>Where a policy goes on; a new one starts at the head, since what happened before it was a rule is over.</summary>
    private async Task<long> CheckpointOf(PolicyLine policy, long head)
    {
        if (await Checkpoint($"policy:{policy.Name}") is { } checkpoint)
            return checkpoint.Position;
        await database.Write((connection, transaction) => Save(connection, transaction, $"policy:{policy.Name}", 1, head));
        return head;
    }

    private Task<(long Version, long Position)?> Checkpoint(string name) => database.Read(async connection =>
        await connection.QuerySingleOrDefaultAsync<(long, long)?>("select version, position from checkpoints where name = @name", new { name }));

    /// <summary>Moves a checkpoint on from where this runner left it; a runner that another host has replaced meanwhile writes nothing.</summary>
    private static async Task Advance(DbConnection connection, DbTransaction transaction, string name, long from, long to)
    {
        if (await connection.ExecuteAsync("update checkpoints set position = @to where name = @name and position = @from", new { name, from, to }, transaction) != 1)
            throw new InvalidOperationException($"The checkpoint {name} was moved on by another runner.");
    }

    private static Task<int> Save(DbConnection connection, DbTransaction transaction, string name, int version, long position) =>
        connection.ExecuteAsync(
            """
            insert into checkpoints (name, version, position) values (@name, @version, @position)
            on conflict (name) do update set version = excluded.version, position = excluded.position
            """, new { name, version, position }, transaction);

    private Recorded<object> Known(StoredEvent e) =>
        new(e.Stream, e.Version, e.Position, e.Command, e.Part, e.Actor, e.Time, kinds.Read<object>(e.Kind, e.Body));

    private void Notify(Func<IIndexFollower, Task> notice)
    {
        foreach (var (follower, since) in followers)
        {
            if (clock.GetElapsedTime(since) > FollowFor)
                followers.Remove(follower);
            else
                notice(follower).Ignore();
        }
    }

    private void Wake() => Raise(ref poked);

    private static void Raise(ref TaskCompletionSource signal) => Interlocked.Exchange(ref signal, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task RestAfter(ImmutableArray<StoredEvent> page) => page.Length < IEventStore.MaxPageEvents ? Task.Delay(Rest, clock, ending.Token) : Task.CompletedTask;

    private Task<Task> Wait(Task wake) => Task.WhenAny(wake, Task.Delay(LookEvery, clock, ending.Token));

    /// <summary>Cancelled but not disposed: a line that is under way still asks for the token.</summary>
    public void Dispose() => ending.Cancel();
}
