using System.Net;
using System.Net.Sockets;
using System.Reflection;
using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CalCities.Collab.Kernel;

public static class Cluster
{
    /// <summary>Where hosts of one machine look for each other on PostgreSQL unless told otherwise by Cluster:SiloPort.</summary>
    private const int DefaultSiloPort = 11_111;

    /// <summary>
    /// Makes this process a host: a silo on loopback without a gateway, alone on SQLite, one of several on PostgreSQL (Cluster:SiloPort, Cluster:Address),
    /// with the append channel, the door, the feed runner, and every index and policy that the assemblies hold.
    /// Needs AddEventLog before it.
    /// </summary>
    public static IHostApplicationBuilder AddCluster(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<Limits>().BindConfiguration("Limits")
            .Validate(limits => limits is { WritingPerMinute: > 0, OrdinaryPerMinute: > 0 }, "Limits: each is a number a minute above 0.")
            .ValidateOnStart();
        services.AddSingleton(Kinds.OfTheHub);
        services.AddSingleton<GrainLog>();
        services.AddSingleton<AppendChannel>();
        services.AddHostedService(provider => provider.GetRequiredService<AppendChannel>());
        services.AddSingleton<IAudit, Audit>();
        services.AddSingleton<TokenBuckets>();
        // One for the hub, found like indexes and policies.
        services.AddSingleton<IAttendance>(provider => (IAttendance)provider.GetRequiredService(typeof(Cluster).Assembly.GetTypes().Single(type => type is { IsAbstract: false } && typeof(IAttendance).IsAssignableFrom(type))));
        services.AddSingleton(typeof(ITalkGuard), typeof(Cluster).Assembly.GetTypes().Single(type => type is { IsAbstract: false } && typeof(ITalkGuard).IsAssignableFrom(type)));
        services.AddSingleton<Door>();
        services.AddSingleton<IDoor>(provider => provider.GetRequiredService<Door>());
        // Queries are public for pages, their database isn't: hence the constructor that only this assembly calls.
        foreach (var queries in typeof(Cluster).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsSealed: true } && type.Name.EndsWith("Queries", StringComparison.Ordinal)))
            services.AddSingleton(queries, provider => Activator.CreateInstance(queries, BindingFlags.Instance | BindingFlags.NonPublic, null, [provider.GetRequiredService<IHubDatabase>()], null)!);
        foreach (var index in IIndex.OfTheHub)
            services.AddSingleton(typeof(IIndex), index);
        foreach (var policy in PolicyLine.All(typeof(Kinds).Assembly))
            services.AddSingleton(policy);
        foreach (var deadline in DeadlineLine.All(typeof(Kinds).Assembly))
            services.AddSingleton(deadline);

        var database = HubDatabaseSetting.From(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("collab", "collab"));
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                // A lost host is voted out in some five seconds instead of the default's thirty.
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 3;
                options.NumVotesForDeathDeclaration = 1;
            });
            if (database.IsPostgres)
            {
                silo.AddPostgresClustering(database);
                // Hosts ask each other for no password: beyond one machine, on a network that nothing else is on.
                silo.ConfigureEndpoints(
                    builder.Configuration["Cluster:Address"] is { Length: > 0 } address ? IPAddress.Parse(address) : IPAddress.Loopback,
                    builder.Configuration.GetValue("Cluster:SiloPort", DefaultSiloPort), gatewayPort: 0);
            }
            else
            {
                silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "collab", clusterId: "collab");
            }

            silo.AddStateStorage(database);
        });
        services.AddHostedService<FeedHints>();
        services.AddHealthChecks().AddCheck<HubReadiness>("hub");
        return builder;
    }

    /// <summary>A single host needs no port that others know.</summary>
    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
