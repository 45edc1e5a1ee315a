using CalCities.Collab.Accounts;
using CalCities.Collab.Demo;
using CalCities.Collab.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CalCities.Collab.SignIn;

/// <summary>Prints the one-time link by which a hub that nobody runs yet gets its first admin, once it listens.</summary>
internal sealed class FirstAdmin(Demonstration demonstration, AccountDirectory accounts, IGrainFactory grains, IServer server, IHostApplicationLifetime host, ILogger<FirstAdmin> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (demonstration.IsOn)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = host.ApplicationStarted.Register(started.SetResult);
        await using var ending = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            if (await accounts.HasAdmin(stoppingToken))
                return;
            var secret = await grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key).Issue();
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? Addresses.Default;
            Console.WriteLine($"This hub has no admin yet. Whoever opens this link becomes its first, once: {Addresses.Openable(address)}/first/{secret}");
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it had started.
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The link for the first admin could not be made; start again.");
        }
    }
}
