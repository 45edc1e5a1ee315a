using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

/// <summary>A thread's id, made where it is opened: 1 to 40 letters, digits and hyphens.</summary>
[GenerateSerializer, Immutable, Alias("threads.id")]
public readonly record struct ThreadId(string Value) : IAggregateId<ThreadCommand, ThreadEvent>
{
    public StreamId Stream => new("thread", Value);
    public override string ToString() => Value;
}
