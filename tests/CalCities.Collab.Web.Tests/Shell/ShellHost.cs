using System.Net;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CalCities.Collab.Shell;

/// <summary>The shell over real Kestrel on a free loopback port: pages, sign-in and security as the program has them, on an empty hub of its own.</summary>
public sealed class ShellHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private ShellHost(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static async Task<ShellHost> Start(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "CalCities.Collab.Web",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        var folder = Directory.CreateTempSubdirectory("collab-shell-").FullName;
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Demo:Enabled", "true"), new("ConnectionStrings:Hub", $"Data Source={Path.Combine(folder, "collab.db")}")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.AddEventLog();
        builder.AddCluster();
        builder.AddSignIn();
        builder.AddAccountPages();
        builder.AddPages();
        builder.Services.AddSingleton(new RightsTable(typeof(ICommand).Assembly, typeof(Pages).Assembly, typeof(ShellHost).Assembly));
        var built = builder.Build();
        built.MapPages();
        built.MapSignIn();
        built.MapAccounts();
        built.MapGet("/fails", string () => throw new InvalidOperationException("As a page that fails."));
        built.MapGet("/hubs/live/of-tests", () => "reached");
        await built.StartAsync(Xunit.TestContext.Current.CancellationToken);
        return new ShellHost(built, folder);
    }

    /// <summary>A browser without a picture: keeps cookies, follows nothing by itself, asks for pages.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The rights to what these hosts answer beside the program.</summary>
internal sealed class ShellRights : IRights
{
    public static System.Collections.Immutable.ImmutableArray<Right> Rows { get; } = [new("any", ActorKinds.Anonymous, KernelRefusals.NoStanding, "GET /fails", "GET /hubs/live/of-tests")];
}

/// <summary>What a browser does with a form.</summary>
public static class Forms
{
    /// <summary>Opens a page and sends a form of it with the page's antiforgery token and these fields.</summary>
    public static async Task<HttpResponseMessage> Submit(this HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var cancel = Xunit.TestContext.Current.CancellationToken;
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative), cancel);
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var start = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var token = html[start..html.IndexOf('"', start)];
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await browser.PostAsync(new Uri(action, UriKind.Relative), content, cancel);
    }

    public static Task<HttpResponseMessage> Open(this HttpClient browser, string page) =>
        browser.GetAsync(new Uri(page, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);

    public static Task<string> Text(this HttpResponseMessage response) => response.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);
}
