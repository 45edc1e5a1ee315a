using Orleans.Concurrency;

namespace CalCities.Collab.Kernel;

/// <summary>A member's sessions and tokens, as the door needs them; the key is the member's id. The grain that keeps them answers from memory.</summary>
[Alias("kernel.IPassGrain")]
public interface IPassGrain : IGrainWithStringKey
{
    [AlwaysInterleave, Alias("StateOf")]
    Task<PassState> StateOf(string pass);
}
