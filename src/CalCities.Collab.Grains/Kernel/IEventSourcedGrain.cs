using System.Collections.Immutable;
using Orleans.Concurrency;

namespace CalCities.Collab.Kernel;

/// <summary>The face of every aggregate; its grain type is the stream's type and its key the stream's key.</summary>
[Alias("kernel.IEventSourcedGrain`2")]
public interface IEventSourcedGrain<TCommand, TEvent> : ICommandedGrain<TCommand>, IStreamGrain<TEvent>, ITellingGrain;

/// <summary>What a host needs of an aggregate to show it live, whatever commands it takes.</summary>
[Alias("kernel.IStreamGrain`1")]
public interface IStreamGrain<TEvent> : IGrainWithStringKey
{
    /// <summary>The next events after a version, at most 500 or a megabyte; with the version up to which the stream is known to be committed.</summary>
    [AlwaysInterleave, Alias("ReadAfter")]
    Task<StreamPage<TEvent>> ReadAfter(long version);

    /// <summary>Follows (or, called again, goes on following) for 60 seconds; returns the committed version, so a renewal shows a gap.</summary>
    [AlwaysInterleave, Alias("Follow")]
    Task<long> Follow(IFollower<TEvent> follower);

    [AlwaysInterleave, Alias("Unfollow")]
    Task Unfollow(IFollower<TEvent> follower);

    /// <summary>Tells the followers something that passes (someone is here, is writing); never in the log, may be lost.</summary>
    [OneWay, AlwaysInterleave, Alias("Signal")]
    Task Signal(Passing signal);
}

/// <summary>An aggregate that takes commands.</summary>
[Alias("kernel.ICommandedGrain`1")]
public interface ICommandedGrain<TCommand> : IGrainWithStringKey
{
    /// <summary>Decides and records a command exactly once for its id. Only the door calls this: it has checked who acts.</summary>
    [Alias("Execute")]
    Task<Outcome> Execute(CommandId id, TCommand command, Actor actor, ImmutableArray<KnownFact> facts);

    /// <summary>What would stand against a command now; null when it would be recorded, or is already. Records nothing.</summary>
    [AlwaysInterleave, Alias("Against")]
    Task<Refusal?> Against(CommandId id, TCommand command, Actor actor, ImmutableArray<KnownFact> facts);
}

/// <summary>An aggregate that tells others a fact of itself.</summary>
[Alias("kernel.ITellingGrain")]
public interface ITellingGrain : IGrainWithStringKey
{
    [AlwaysInterleave, Alias("Tell")]
    Task<KnownFact> Tell();
}

/// <summary>A page of a stream's events; Committed is the stream's committed version when it was read.</summary>
[GenerateSerializer, Immutable, Alias("kernel.stream-page`1")]
public sealed record StreamPage<TEvent>(ImmutableArray<Recorded<TEvent>> Events, long Committed);

/// <summary>What passes: who, and what they do (one of the kinds here). Whoever receives it forgets it after ten seconds.</summary>
[GenerateSerializer, Immutable, Alias("kernel.passing")]
public sealed record Passing(Members.MemberId Member, string Kind)
{
    /// <summary>Has the page open.</summary>
    public const string Here = "here";

    /// <summary>Is writing something for it.</summary>
    public const string Writing = "writing";

    /// <summary>Has closed the page: takes the others back.</summary>
    public const string Left = "left";
}

/// <summary>A host that follows a stream. Every call is a hint: it may be lost, repeated, late or out of order.</summary>
[Alias("kernel.IFollower`1")]
public interface IFollower<TEvent> : IGrainObserver
{
    /// <summary>These events, next to each other, are committed.</summary>
    [OneWay, Alias("Advanced")]
    Task Advanced(StreamId stream, ImmutableArray<Recorded<TEvent>> events);

    [OneWay, Alias("Signalled")]
    Task Signalled(StreamId stream, Passing signal);

    /// <summary>This activation ends: follow again.</summary>
    [OneWay, Alias("Left")]
    Task Left(StreamId stream);
}
