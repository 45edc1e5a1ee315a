using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CalCities.Collab.Kernel;

/// <summary>Ready: the log answers and the cluster's feed runner does too, each within two seconds.</summary>
internal sealed class HubReadiness(IEventStore store, IGrainFactory grains) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.Head(cancellationToken).WaitAsync(Patience, cancellationToken);
            await grains.GetGrain<IFeedRunner>(IFeedRunner.Key).WaitFor(0).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested) // Whatever it is, a proxy should ask another host.
        {
            return HealthCheckResult.Unhealthy("The log or the cluster doesn't answer.", failure);
        }
    }
}
