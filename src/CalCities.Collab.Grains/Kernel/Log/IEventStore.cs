using System.Collections.Immutable;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// The log: streams of events whose (stream, version) and (stream, command, part) are unique in the database,
/// and one global order without gaps in which a reader never sees a later event before an earlier one.
/// </summary>
internal interface IEventStore
{
    /// <summary>The stream's events above a version in order, at most <see cref="MaxPageEvents"/> or <see cref="MaxPageBytes"/> of bodies (always at least one if there is one).</summary>
    Task<ImmutableArray<StoredEvent>> ReadAfter(StreamId stream, long version, CancellationToken cancel = default);

    /// <summary>The log's events above a position in order, in pages of the same size.</summary>
    Task<ImmutableArray<StoredEvent>> ReadAllAfter(long position, CancellationToken cancel = default);

    /// <summary>Every command of a stream with where it ended, from the index alone (never the bodies).</summary>
    Task<ImmutableArray<StoredCommand>> ReadCommands(StreamId stream, CancellationToken cancel = default);

    /// <summary>
    /// Appends all in one transaction. A conflict fails only its own stream: its place in the answer (same order as asked) is null,
    /// the others hold the position of their first event. An exception means: not known what is recorded.
    /// </summary>
    Task<ImmutableArray<long?>> Append(ImmutableArray<StreamAppend> batch, CancellationToken cancel = default);

    /// <summary>The position of the log's last event, 0 when there is none.</summary>
    Task<long> Head(CancellationToken cancel = default);

    /// <summary>A page is read, decoded and sent as one message: 500 posts of a screen each.</summary>
    public const int MaxPageEvents = 500;

    /// <summary>A megabyte of bodies keeps one message well under Orleans' and SignalR's limits.</summary>
    public const int MaxPageBytes = 1024 * 1024;
}

/// <summary>Events to append to one stream that must stand at a version now. A stream appears once in a batch.</summary>
internal sealed record StreamAppend(StreamId Stream, long ExpectedVersion, ImmutableArray<NewEvent> Events);

/// <summary>An event before it has a position. Fingerprint: 32 bytes of the command's SHA-256, with part 0 only.</summary>
internal sealed record NewEvent(string Kind, string Body, CommandId Command, int Part, byte[]? Fingerprint, ActorName Actor, DateTimeOffset Time);

/// <summary>An event as the log holds it.</summary>
internal sealed record StoredEvent(StreamId Stream, long Version, long Position, string Kind, string Body, CommandId Command, int Part, ActorName Actor, DateTimeOffset Time);

/// <summary>A recorded command: the version and position of its last event, and the fingerprint of what was asked.</summary>
internal sealed record StoredCommand(CommandId Command, long Version, long Position, byte[] Fingerprint);
