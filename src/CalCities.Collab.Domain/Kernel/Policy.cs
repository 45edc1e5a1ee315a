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
