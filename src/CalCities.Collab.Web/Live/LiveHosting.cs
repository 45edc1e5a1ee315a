using CalCities.Collab.Api;
using CalCities.Collab.SignIn;
using CalCities.Collab.Security;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalCities.Collab.Live;

/// <summary>What a host needs to show things live, to pages and to programs.</summary>
public static class LiveHosting
{
    /// <summary>The followed topics, and the hub for programs.</summary>
    public static WebApplicationBuilder AddLive(this WebApplicationBuilder builder)
    {
        AddTopics(builder.Services);
        AddHub(builder.Services);
        return builder;
    }

    /// <summary>The followed topics alone, of the silo in this process.</summary>
    internal static void AddTopics(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ILiveSource, ClusterSource>();
        services.AddSingleton(provider => new LiveTopics(
            provider.GetRequiredService<ILiveSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiveTopics>>()));
        services.AddHostedService<FollowWithHosts>();
    }

    /// <summary>The hub alone: its topics and the door come from elsewhere.</summary>
    internal static void AddHub(IServiceCollection services)
    {
        services.AddSingleton(HubStreams.OfTheHub);
        services.AddPresence();
        services.AddSingleton<RightsHubFilter>();
        services.AddSignalR().AddHubOptions<LiveHub>(LiveHub.Configure);
    }

    /// <summary>The hub at /hubs/live, for those who are signed in.</summary>
    public static HubEndpointConventionBuilder MapLive(this WebApplication app) =>
        app.MapHub<LiveHub>("/hubs/live", options =>
        {
            options.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
            options.CloseOnAuthenticationExpiration = true;
            options.ApplicationMaxBufferSize = LiveHub.MaxMessageBytes;
            options.TransportMaxBufferSize = LiveHub.MaxMessageBytes;
        });
}
