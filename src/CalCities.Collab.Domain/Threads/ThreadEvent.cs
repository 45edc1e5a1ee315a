namespace CalCities.Collab.Threads;

/// <summary>Everything that can have happened in a thread. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("threads.event")]
public abstract record ThreadEvent
{
    private ThreadEvent() { }
}
