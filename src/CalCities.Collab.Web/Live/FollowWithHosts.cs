namespace CalCities.Collab.Live;

/// <summary>
/// Follows everything again when a host has come or gone: the grains that it held are elsewhere and know of no followers.
/// When this host stops, it stops following before its silo goes.
/// </summary>
internal sealed class FollowWithHosts(LiveTopics topics, ISiloStatusOracle hosts) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hosts.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        hosts.UnSubscribeFromSiloStatusEvents(this);
        return topics.Stop();
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status is SiloStatus.Active or SiloStatus.Dead)
            topics.FollowAgain();
    }
}
