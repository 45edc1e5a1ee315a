using System.Net;
using CalCities.Collab.Accounts;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Kernel.Notebooks;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CalCities.Collab.Testing;

/// <summary>A real host without its web pages, in this process: the log on SQLite in a folder of its own or on a given database, a silo, the door, indexes and policies.</summary>
public sealed class TestHub : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string? folder;

    private TestHub(IHost host, string? folder) => (this.host, this.folder) = (host, folder);

    public IServiceProvider Services => host.Services;
    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();
    public IDoor Door => host.Services.GetRequiredService<IDoor>();

    /// <summary>Starts a host; without a connection string on a new SQLite database, which goes with it. Settings are "Limits:WritingPerMinute" and the like.</summary>
    public static async Task<TestHub> Start(string? connectionString = null, Action<IHostApplicationBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        var folder = connectionString is null ? Directory.CreateTempSubdirectory("collab-test-").FullName : null;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Hub"] = connectionString ?? $"Data Source={Path.Combine(folder!, "collab.db")}",
            ["Limits:WritingPerMinute"] = "1000000",
            ["Limits:OrdinaryPerMinute"] = "1000000",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddDataProtection();
        builder.AddEventLog();
        builder.AddCluster();
        builder.AddAccounts();
        builder.Services.Replace(ServiceDescriptor.Singleton(new Kinds(typeof(Kinds).Assembly, typeof(NotebookId).Assembly)));
        foreach (var policy in PolicyLine.All(typeof(NotebookId).Assembly))
            builder.Services.AddSingleton(policy);
        foreach (var deadline in DeadlineLine.All(typeof(NotebookId).Assembly))
            builder.Services.AddSingleton(deadline);
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new TestHub(host, folder);
    }

    /// <summary>Makes an account with seats as the demonstration does, and waits until its standing says so.</summary>
    public async Task<MemberId> Join(string slug, string office, string? city, Duty duty = Duty.None, params (GroupId Group, Role Role)[] seats)
    {
        var program = new Actor.Program("test");
        var member = new MemberId(slug);
        Assert.IsType<Outcome.Recorded>(await Door.Execute(program, member, new($"join-{slug}"), new MemberCommand.Join(office, city, duty)));
        foreach (var (group, role) in seats)
            Assert.IsType<Outcome.Recorded>(await Door.Execute(program, group, new($"seat-{slug}-{role}"), new GroupCommand.FillSeat(member, role)));
        await CaughtUp();
        return member;
    }

    public async Task<GroupId> Found(string slug, string name, GroupKind kind = GroupKind.PolicyCommittee)
    {
        var group = new GroupId(slug);
        Assert.IsType<Outcome.Recorded>(await Door.Execute(new Actor.Program("test"), group, new($"found-{slug}"), new GroupCommand.Found(name, kind, name)));
        return group;
    }

    /// <summary>Waits until the indexes and policies have taken all that is in the log now, and what the policies added to it.</summary>
    public async Task CaughtUp()
    {
        var store = Services.GetRequiredService<IEventStore>();
        var runner = Grains.GetGrain<IFeedRunner>(IFeedRunner.Key);
        for (var head = await store.Head(); ; head = await store.Head())
        {
            var reached = await runner.WaitFor(head);
            Assert.True(reached.Indexes >= head && reached.Policies >= head, $"The feed stands at {reached}, the log at {head}.");
            if (await store.Head() == head)
                return;
        }
    }

    /// <summary>What a browser of a member's holds after signing in, at any host on this hub's database.</summary>
    public async Task<CookieContainer> Cookies(MemberId member)
    {
        var pass = await Grains.GetGrain<IAccessGrain>(member.Value).Begin("A browser on a device", "test");
        var format = new TicketDataFormat(Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(
            "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", CookieAuthenticationDefaults.AuthenticationScheme, "v2"));
        var (now, cookies) = (TimeProvider.System.GetUtcNow(), new CookieContainer());
        cookies.Add(new Cookie("collab", format.Protect(new AuthenticationTicket(SignedIn.Principal(new Caller(member, pass), member.Value),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, CookieAuthenticationDefaults.AuthenticationScheme)), "/", "127.0.0.1"));
        return cookies;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
