using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.Testing;

/// <summary>What becomes of one append.</summary>
public enum Fault
{
    None,
    /// <summary>The connection breaks before the commit: nothing is recorded.</summary>
    BeforeCommit,
    /// <summary>The commit's acknowledgement is lost: it is recorded, and nobody knows.</summary>
    AfterCommit,
}

/// <summary>The real store on a line that can break, for tests of unknown outcomes.</summary>
internal sealed class FaultyStore(IEventStore real) : IEventStore
{
    private int appends;

    /// <summary>Says what becomes of each append, by its number from 1.</summary>
    public Func<int, Fault> Plan { get; set; } = _ => Fault.None;

    /// <summary>While set, appends wait for it before they begin.</summary>
    public Task? Gate { get; set; }

    public int Appends => appends;

    public async Task<ImmutableArray<long?>> Append(ImmutableArray<StreamAppend> batch, CancellationToken cancel = default)
    {
        var fault = Plan(Interlocked.Increment(ref appends));
        if (Gate is { } gate)
            await gate;
        if (fault == Fault.BeforeCommit)
            throw new IOException("The line broke before the commit.");
        var positions = await real.Append(batch, cancel);
        return fault == Fault.AfterCommit ? throw new IOException("The line broke after the commit.") : positions;
    }

    public Task<ImmutableArray<StoredEvent>> ReadAfter(StreamId stream, long version, CancellationToken cancel = default) => real.ReadAfter(stream, version, cancel);
    public Task<ImmutableArray<StoredEvent>> ReadAllAfter(long position, CancellationToken cancel = default) => real.ReadAllAfter(position, cancel);
    public Task<ImmutableArray<StoredCommand>> ReadCommands(StreamId stream, CancellationToken cancel = default) => real.ReadCommands(stream, cancel);
    public Task<long> Head(CancellationToken cancel = default) => real.Head(cancel);
}
