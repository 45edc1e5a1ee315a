using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

[Alias("threads.IThreadGrain")]
public interface IThreadGrain : IEventSourcedGrain<ThreadCommand, ThreadEvent>;

[GrainType("thread")]
internal sealed class ThreadGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<ThreadDecider, DiscussionThread, ThreadCommand, ThreadEvent>(log, clock), IThreadGrain;
