using System.Collections.Concurrent;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalCities.Collab.SignIn;

/// <summary>
/// Whether those who have something open (a page's circuit, a program's connection) may still have it: their session holds and they have
/// standing. Asked for each of them every ten seconds; who may not is told once. What can't be asked now is asked the next time: the door
/// asks again at every command anyway.
/// </summary>
internal sealed class Presence(Func<Caller, Task<bool>> holds, TimeProvider clock, ILogger<Presence> logger) : BackgroundService
{
    /// <summary>Two rounds are less than the thirty seconds in which an open page must be dead.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>A room of three thousand is asked in a second, without crowding out what people do.</summary>
    private const int AtOnce = 16;

    private readonly ConcurrentDictionary<Opened, Caller> open = new();

    public Presence(IGrainFactory grains, TimeProvider clock, ILogger<Presence> logger) : this(caller => Holds(grains, caller), clock, logger)
    {
    }

    public int Count => open.Count;

    /// <summary>Asks for this caller from now on, until what is returned is disposed or they may not be here any more.</summary>
    public IDisposable Watch(Caller caller, Action ended)
    {
        var opened = new Opened(this, ended);
        open[opened] = caller;
        return opened;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await AskAll(stoppingToken);
    }

    internal Task AskAll(CancellationToken cancel) =>
        Parallel.ForEachAsync(open.GroupBy(one => one.Value), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (those, _) =>
        {
            try
            {
                if (await holds(those.Key))
                    return;
            }
            catch (Exception failure) // A host that restarts, a database that is away.
            {
                logger.LogWarning(failure, "It can't be asked now whether {Member} is still signed in.", those.Key.Member);
                return;
            }

            foreach (var (opened, _) in those)
                opened.End();
        });

    /// <summary>Whether someone is signed in and has standing, by what the server knows now.</summary>
    public static async Task<bool> Holds(IGrainFactory grains, Caller caller)
    {
        if (caller.Pass is null || caller.Member.Value is not { Length: > 0 })
            return false;
        var standing = StandingOf(grains, caller.Member);
        return await grains.GetGrain<IAccessGrain>(caller.Member.Value).StateOf(caller.Pass) is not PassState.Ended && await standing is not null;
    }

    /// <summary>The standing that a member has now; null for nobody and for those who may not act.</summary>
    public static async Task<Standing?> StandingOf(IGrainFactory grains, MemberId member) =>
        Kernel.StreamId.TryParse(member.Stream.ToString(), out _) && (await grains.GetGrain<ITellingGrain>(GrainId.Create("member", member.Value)).Tell()).Fact is MemberFact fact ? fact.Standing : null;

    private sealed class Opened(Presence presence, Action ended) : IDisposable
    {
        public void End()
        {
            if (presence.open.TryRemove(this, out _))
                ended();
        }

        public void Dispose() => presence.open.TryRemove(this, out _);
    }
}

internal static class PresenceHosting
{
    /// <summary>Adds it once, for pages and for the hub.</summary>
    public static void AddPresence(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Presence)))
            return;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Presence(provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Presence>>()));
        services.AddHostedService(provider => provider.GetRequiredService<Presence>());
        services.AddScoped<AuthenticationStateProvider, CircuitSignIn>();
    }
}
