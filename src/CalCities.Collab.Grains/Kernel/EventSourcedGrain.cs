using System.Collections.Immutable;

namespace CalCities.Collab.Kernel;

/// <summary>The one body that all aggregates share.</summary>
internal abstract class EventSourcedGrain<TDecider, TState, TCommand, TEvent>(GrainLog log, TimeProvider clock) : Grain, IEventSourcedGrain<TCommand, TEvent>
    where TDecider : IDecider<TState, TCommand, TEvent>
{
    protected GrainLog Log => log;
    protected TimeProvider Clock => clock;
    public Task<Outcome> Execute(CommandId id, TCommand command, Actor actor, ImmutableArray<KnownFact> facts) => throw new NotSupportedException();
    public Task<StreamPage<TEvent>> ReadAfter(long version) => throw new NotSupportedException();
    public Task<long> Follow(IFollower<TEvent> follower) => throw new NotSupportedException();
    public Task Unfollow(IFollower<TEvent> follower) => throw new NotSupportedException();
    public Task Signal(Passing signal) => throw new NotSupportedException();
    public Task<KnownFact> Tell() => throw new NotSupportedException();
}
