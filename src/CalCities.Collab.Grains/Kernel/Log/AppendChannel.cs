using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CalCities.Collab.Kernel.Log;

/// <summary>The host's one way into the log: whatever its grains have queued meanwhile goes in one transaction (group commit over all grains).</summary>
internal sealed class AppendChannel(IEventStore store, ILogger<AppendChannel> logger) : BackgroundService
{
    /// <summary>Bounds one transaction: beyond some thousand rows a bigger one is no faster, and the others wait longer for it.</summary>
    public const int MaxEventsPerTransaction = 2_000;

    /// <summary>Each grain has one append under way at most, so this bounds the grains that write at once; more wait their turn.</summary>
    private const int MaxQueued = 10_000;

    private readonly Channel<Item> queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    /// <summary>Called after a commit with the position of its last event: a hint for whoever reads the global feed. Must not wait or throw.</summary>
    public Action<long> Committed { get; set; } = _ => { };

    /// <summary>Appends; the answer is the position of the first event, or null on a conflict. A throw means: not known what is recorded.</summary>
    public async Task<long?> Append(StreamAppend append)
    {
        var item = new Item(append);
        await queue.Writer.WriteAsync(item);
        return await item.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not cancelled by stopping: what grains queued while the host stops is still written or answered.
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = Drain();
            try
            {
                var positions = await store.Append([.. batch.Select(item => item.Append)], CancellationToken.None);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Done.SetResult(positions[i]);
                Tell(batch, positions);
            }
            catch (Exception failure) // Whatever it was, nobody knows what is recorded, and every caller must hear so.
            {
                logger.LogError(failure, "An append of {Streams} streams failed; its outcome is unknown.", batch.Count);
                foreach (var item in batch)
                    item.Done.TrySetException(failure);
            }
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    private List<Item> Drain()
    {
        List<Item> batch = [];
        HashSet<StreamId> streams = [];
        var events = 0;
        while (queue.Reader.TryPeek(out var next) && (batch.Count == 0 || events + next.Append.Events.Length <= MaxEventsPerTransaction)
            && streams.Add(next.Append.Stream) && queue.Reader.TryRead(out next))
        {
            batch.Add(next);
            events += next.Append.Events.Length;
        }

        return batch;
    }

    private void Tell(List<Item> batch, ImmutableArray<long?> positions)
    {
        var head = 0L;
        for (var i = 0; i < batch.Count; i++)
            if (positions[i] is { } first)
                head = Math.Max(head, first + batch[i].Append.Events.Length - 1);
        if (head > 0)
            Committed(head);
    }

    private sealed class Item(StreamAppend append)
    {
        public StreamAppend Append => append;

        public TaskCompletionSource<long?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
