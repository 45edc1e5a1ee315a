using System.Collections.Immutable;
using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>What a decision may rest on beside the state: who acts, when, and the facts of other streams that the command asked for.</summary>
[GenerateSerializer, Immutable, Alias("kernel.circumstances")]
public sealed record Circumstances(Actor Actor, DateTimeOffset Time, ImmutableArray<KnownFact> Facts)
{
    /// <summary>The fact that a stream told, or null when the stream has nothing to tell yet (it doesn't exist).</summary>
    public TFact? Fact<TFact>(StreamId stream) where TFact : Fact =>
        Facts.FirstOrDefault(known => known.Stream == stream)?.Fact as TFact;

    /// <summary>Whether someone is a member of the actor's own council who takes part here, so that answering them is held (or, warns, held until the actor has taken note).</summary>
    public bool IsFellow(MemberId member, out bool warns)
    {
        var fellows = Facts.Select(known => known.Fact).OfType<Fellows>().FirstOrDefault();
        warns = fellows is { Warns: true };
        return fellows?.Members.Contains(member) is true;
    }
}

/// <summary>What other slices may know of an aggregate when they decide (a group's kind, a member's standing); each slice derives its own.</summary>
[GenerateSerializer, Alias("kernel.fact")]
public abstract record Fact;

/// <summary>A fact, the stream that told it, and that stream's version then; no fact when nothing is there to tell.</summary>
[GenerateSerializer, Immutable, Alias("kernel.known-fact")]
public sealed record KnownFact(StreamId Stream, long Version, Fact? Fact);

/// <summary>A command, which names the streams whose facts its decision needs and how often a person may send its like.</summary>
public interface ICommand
{
    /// <summary>The most streams that one command may ask after: a post that mentions a whole committee.</summary>
    public const int MaxNeeds = 64;

    ImmutableArray<StreamId> Needs => [];

    Pace Pace => Pace.Ordinary;

    /// <summary>What the command, sent to this stream that tells this fact, would say something in between meetings; null when it says nothing to others, or in a noticed meeting.</summary>
    Talk? Joins(StreamId to, Fact? told) => null;
}

/// <summary>How often a person may send a command: each pace has a bucket of its own in the door, with a setting under Limits.</summary>
public enum Pace
{
    /// <summary>A click: agreeing, pinning, asking to speak.</summary>
    Ordinary = 0,
    /// <summary>A text that others are asked to read.</summary>
    Writing = 1,
}
