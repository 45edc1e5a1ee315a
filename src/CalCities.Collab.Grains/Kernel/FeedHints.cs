using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.Hosting;

namespace CalCities.Collab.Kernel;

/// <summary>Each host keeps the cluster's feed runner alive, and pokes it after its own commits, one poke for all that came meanwhile.</summary>
internal sealed class FeedHints(AppendChannel channel, IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    /// <summary>The runner starts again elsewhere within this time after its host is lost.</summary>
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim committed = new(0);
    private long head;

    /// <summary>Nothing is taken in before the runner has its checkpoints: a new policy starts at the head of the feed, and in a new hub that must be its beginning.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await grains.GetGrain<IFeedRunner>(IFeedRunner.Key).Reached();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        channel.Committed = position =>
        {
            Interlocked.Exchange(ref head, position);
            if (committed.CurrentCount == 0)
                committed.Release();
        };
        var runner = grains.GetGrain<IFeedRunner>(IFeedRunner.Key);
        while (!stoppingToken.IsCancellationRequested)
        {
            await runner.Poke(Interlocked.Read(ref head));
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(committed.WaitAsync(wait.Token), Task.Delay(KeepAliveEvery, clock, wait.Token));
            await wait.CancelAsync();
        }
    }
}
