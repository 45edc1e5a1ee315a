using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

/// <summary>Everything that can be asked of a thread.</summary>
[GenerateSerializer, Alias("threads.command")]
public abstract record ThreadCommand : ICommand
{
    private ThreadCommand() { }
}
