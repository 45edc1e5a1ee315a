using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Api;

/// <summary>A hub that keeps sessions for hosts which have no silo of their own.</summary>
public sealed class PassKeepers : IAsyncLifetime
{
    private TestHub hub = null!;

    public IGrainFactory Grains => hub.Grains;

    /// <summary>What signing in asks for beside the grains.</summary>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton(Grains).AddSingleton(hub.Services.GetRequiredService<IAudit>()).AddSingleton(hub.Services.GetRequiredService<AccountDirectory>());

    /// <summary>Without standing nobody stays connected.</summary>
    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        foreach (var persona in new[] { "eq-chair", "eq-vice-chair", "rt-chair" })
            await hub.Join(persona, "Mayor", "Davis");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
