using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace CalCities.Collab.Kernel;

/// <summary>What every aggregate's grain needs of its host: the log, its one append channel, the kinds, and the storage of snapshots.</summary>
internal sealed class GrainLog(IEventStore store, AppendChannel channel, Kinds kinds, [FromKeyedServices(GrainLog.StorageName)] IGrainStorage snapshots, ILogger<GrainLog> logger)
{
    /// <summary>The Orleans grain storage that holds snapshots and what only its latest value matters for.</summary>
    public const string StorageName = "state";

    public IEventStore Store => store;
    public AppendChannel Channel => channel;
    public Kinds Kinds => kinds;
    public IGrainStorage Snapshots => snapshots;
    public ILogger Logger => logger;

    /// <summary>An event of the log as its slice knows it.</summary>
    public Recorded<TEvent> Read<TEvent>(StoredEvent e) where TEvent : class =>
        new(e.Stream, e.Version, e.Position, e.Command, e.Part, e.Actor, e.Time, kinds.Read<TEvent>(e.Kind, e.Body));
}

/// <summary>A state folded up to a version, so that a long stream needn't be read from its start; a cache, never the truth.</summary>
[GenerateSerializer, Alias("kernel.snapshot`1")]
internal sealed record Snapshot<TState>
{
    [Id(0)] public int FoldVersion { get; init; }
    [Id(1)] public long Version { get; init; }

    /// <summary>The command of that version's event: a log that was restored to another past doesn't have it there.</summary>
    [Id(2)] public CommandId LastCommand { get; init; }

    [Id(3)] public TState? State { get; init; }
}
