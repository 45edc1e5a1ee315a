using CalCities.Collab.Kernel;

namespace CalCities.Collab.Live;

/// <summary>Where this host follows streams and indexes: the cluster, or a test's log in memory.</summary>
internal interface ILiveSource
{
    IStreamGrain<TEvent> Stream<TEvent>(StreamId stream);

    IFeedRunner Feed { get; }

    /// <summary>A reference by which grains on any host can call this object; the caller holds the object itself (Orleans only weakly).</summary>
    TFollower Reference<TFollower>(TFollower follower) where TFollower : IGrainObserver;

    /// <summary>Takes a reference back: later calls through it reach nobody.</summary>
    void Release<TFollower>(TFollower reference) where TFollower : IGrainObserver;
}

/// <summary>The cluster that this host is part of.</summary>
internal sealed class ClusterSource(IGrainFactory grains) : ILiveSource
{
    public IStreamGrain<TEvent> Stream<TEvent>(StreamId stream) =>
        grains.GetGrain<IStreamGrain<TEvent>>(GrainId.Create(stream.Type, stream.Key));

    public IFeedRunner Feed => grains.GetGrain<IFeedRunner>(IFeedRunner.Key);

    public TFollower Reference<TFollower>(TFollower follower) where TFollower : IGrainObserver =>
        grains.CreateObjectReference<TFollower>(follower);

    public void Release<TFollower>(TFollower reference) where TFollower : IGrainObserver =>
        grains.DeleteObjectReference<TFollower>(reference);
}
