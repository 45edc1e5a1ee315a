namespace CalCities.Collab.Kernel;

/// <summary>An event in the log. Version counts the stream from 1, position the whole log from 1, part the events of one command from 0.</summary>
[GenerateSerializer, Immutable, Alias("kernel.recorded`1")]
public sealed record Recorded<TEvent>(
    StreamId Stream, long Version, long Position, CommandId Command, int Part, ActorName Actor, DateTimeOffset Time, TEvent Event);

/// <summary>How a command ended.</summary>
[GenerateSerializer, Alias("kernel.outcome")]
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>It is in the log, durably; the stream stands at this version and the log at this position with it.</summary>
    [GenerateSerializer, Immutable, Alias("kernel.outcome.recorded")]
    public sealed record Recorded(long Version, long Position) : Outcome;

    /// <summary>Nothing changed.</summary>
    [GenerateSerializer, Immutable, Alias("kernel.outcome.refused")]
    public sealed record Refused(Refusal Refusal) : Outcome;

    /// <summary>It may or may not be in the log; sending it again with the same id is safe and tells.</summary>
    [GenerateSerializer, Immutable, Alias("kernel.outcome.unknown")]
    public sealed record Unknown : Outcome;
}
