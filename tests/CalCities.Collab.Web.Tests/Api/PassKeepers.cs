using CalCities.Collab.Testing;

namespace CalCities.Collab.Api;

/// <summary>A hub that keeps sessions for hosts which have no silo of their own.</summary>
public sealed class PassKeepers : IAsyncLifetime
{
    private TestHub hub = null!;

    public IGrainFactory Grains => hub.Grains;

    public async ValueTask InitializeAsync() => hub = await TestHub.Start();

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
