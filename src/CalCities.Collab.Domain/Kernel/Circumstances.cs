using System.Collections.Immutable;

namespace CalCities.Collab.Kernel;

/// <summary>What a decision may rest on beside the state: who acts, when, and the facts of other streams that the command asked for.</summary>
[GenerateSerializer, Immutable, Alias("kernel.circumstances")]
public sealed record Circumstances(Actor Actor, DateTimeOffset Time, ImmutableArray<KnownFact> Facts)
{
    /// <summary>The fact that a stream told, or null when the stream has nothing to tell yet (it doesn't exist).</summary>
    public TFact? Fact<TFact>(StreamId stream) where TFact : Fact =>
        Facts.FirstOrDefault(known => known.Stream == stream)?.Fact as TFact;
}

/// <summary>What other slices may know of an aggregate when they decide (a group's kind, a member's standing); each slice derives its own.</summary>
[GenerateSerializer, Alias("kernel.fact")]
public abstract record Fact;

/// <summary>A fact, the stream that told it, and that stream's version then; no fact when nothing is there to tell.</summary>
[GenerateSerializer, Immutable, Alias("kernel.known-fact")]
public sealed record KnownFact(StreamId Stream, long Version, Fact? Fact);

/// <summary>A command, which names the streams whose facts its decision needs.</summary>
public interface ICommand
{
    ImmutableArray<StreamId> Needs => [];
}
