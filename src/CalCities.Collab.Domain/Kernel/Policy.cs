using System.Collections.Immutable;

namespace CalCities.Collab.Kernel;

/// <summary>A command that a policy sends to one aggregate of another slice.</summary>
public sealed record PolicyCommand<TCommand>(StreamId To, TCommand Command);

/// <summary>A rule that follows one slice's events with commands of another: a pure function in a type called …When…, run from the global feed at least once. Its commands' ids derive from the event, so a repeat records nothing.</summary>
public interface IPolicy<TEvent, TCommand> where TCommand : ICommand
{
    /// <summary>Names its checkpoint and stands in its commands' ids for ever: kebab case, 40 characters at most.</summary>
    static abstract string Name { get; }

    static abstract ImmutableArray<PolicyCommand<TCommand>> When(Recorded<TEvent> recorded);
}

/// <summary>
/// A rule that sets a command for a time to come (a letter's deadline, a digest) or takes it back: a pure function in a type called …When…,
/// kept in the due-time index and sent when the time comes, once. What the aggregate then stands at, its decider judges as ever.
/// </summary>
public interface IDeadline<TEvent, TCommand> where TCommand : ICommand
{
    /// <summary>Stands in its commands' ids for ever: kebab case, 40 characters at most, no policy's name.</summary>
    static abstract string Name { get; }

    static abstract ImmutableArray<Deadline<TCommand>> When(Recorded<TEvent> recorded);
}

/// <summary>What an event says of something due. The key (200 characters at most) names it within its rule, and the latest word on a key counts: a command at a time, or none any more.</summary>
public sealed record Deadline<TCommand>(string Key, DateTimeOffset At, PolicyCommand<TCommand>? Command)
{
    public static Deadline<TCommand> TakenBack(string key) => new(key, DateTimeOffset.MaxValue, null);
}
