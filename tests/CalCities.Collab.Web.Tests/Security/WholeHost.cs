using System.Net;
using System.Net.Sockets;
using CalCities.Collab.Accounts;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalCities.Collab.Security;

/// <summary>The whole program on a free loopback port and a new SQLite file, as Program.cs builds it, with people whom a test has let in.</summary>
public sealed class WholeHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;
    private int sent;

    private WholeHost(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public IServiceProvider Services => app.Services;
    public IDoor Door => Services.GetRequiredService<IDoor>();
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<WholeHost> Start(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("collab-whole-").FullName;
        var app = Program.Build(
        [
            "--urls=http://127.0.0.1:0", "--Demo:Enabled=false", $"--ConnectionStrings:Hub=Data Source={Path.Combine(folder, "collab.db")}",
            "--applicationName=CalCities.Collab.Web", "--Logging:Console:LogLevel:Default=None", "--Logging:Console:LogLevel:Microsoft=None", "--Logging:Console:LogLevel:Orleans=None", "--Limits:WritingPerMinute=1000000", "--Limits:OrdinaryPerMinute=1000000", .. settings,
        ]);
        await app.StartAsync(Xunit.TestContext.Current.CancellationToken);
        return new WholeHost(app, folder);
    }

    /// <summary>Sends a command of the program and expects it to be recorded.</summary>
    public async Task Do<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, TCommand command) where TCommand : class, ICommand =>
        Assert.IsType<Outcome.Recorded>(await Door.Execute(new Actor.Program("test"), to, new CommandId($"do-{++sent}"), command, Xunit.TestContext.Current.CancellationToken));

    /// <summary>Someone with this duty and these seats.</summary>
    public async Task<MemberId> Join(string slug, string office, string? city, Duty duty = Duty.None, params (GroupId Group, Role Role)[] seats)
    {
        var member = new MemberId(slug);
        await Do(member, new MemberCommand.Join(office, city, duty));
        foreach (var (group, role) in seats)
            await Do(group, new GroupCommand.FillSeat(member, role));
        return member;
    }

    /// <summary>Waits until what the program has recorded has reached every list and standing.</summary>
    public async Task CaughtUp(long position)
    {
        var feed = Grains.GetGrain<IFeedRunner>(IFeedRunner.Key);
        for (var reached = await feed.Reached(); reached.Indexes < position || reached.Policies < position;)
            reached = await feed.WaitFor(position);
    }

    /// <summary>A browser that is signed in with a session of its own, or (null) isn't; on this computer's own address or another loopback one.</summary>
    public async Task<HttpClient> Browser(MemberId? member, IPAddress? from = null)
    {
        var cookies = member is { } who ? await Cookies(who) : new CookieContainer();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        if (from is not null)
            handler.ConnectCallback = async (asked, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(asked.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            };
        var browser = new HttpClient(handler) { BaseAddress = Address };
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    /// <summary>What a browser of a member's holds after signing in.</summary>
    public async Task<CookieContainer> Cookies(MemberId who)
    {
        var pass = await Grains.GetGrain<IAccessGrain>(who.Value).Begin("A browser on a device", "test");
        var format = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme).TicketDataFormat;
        var ticket = new AuthenticationTicket(SignedIn.Principal(new Caller(who, pass), who.Value),
            new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow, ExpiresUtc = DateTimeOffset.UtcNow.AddHours(1) }, CookieAuthenticationDefaults.AuthenticationScheme);
        var cookies = new CookieContainer();
        cookies.Add(new Cookie("collab", format.Protect(ticket), "/", "127.0.0.1"));
        return cookies;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
