namespace CalCities.Collab.Live;

/// <summary>Follows everything again when a host has come or gone: the grains that it held are elsewhere and know of no followers.</summary>
internal sealed class FollowAgainWhenHostsChange(LiveTopics topics, ISiloStatusOracle hosts) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hosts.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        hosts.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status is SiloStatus.Active or SiloStatus.Dead)
            topics.FollowAgain();
    }
}
