using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.SignIn;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalCities.Collab.Api.V1;

/// <summary>The whole program as a demonstration on a free loopback port, with programs that hold tokens of its personas.</summary>
public sealed class ApiHub : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("collab-api-").FullName;
    private WebApplication app = null!;

    public IServiceProvider Services => app.Services;
    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public async ValueTask InitializeAsync()
    {
        app = Program.Build(["--Demo:Enabled=true", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Hub=Data Source={Path.Combine(folder, "collab.db")}",
            "--Limits:WritingPerMinute=100000", "--Limits:OrdinaryPerMinute=100000", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Orleans=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None"]);
        await app.StartAsync();
    }

    /// <summary>A program with a new token of a persona.</summary>
    public async Task<HttpClient> ProgramOf(string persona, bool mayWrite = true) => Asker(await TokenOf(persona, mayWrite));

    public async Task<string> TokenOf(string persona, bool mayWrite = true)
    {
        var grain = Grains.GetGrain<ITokenGrain>(persona);
        var tokens = await grain.Tokens();
        if (tokens.Length == ITokenGrain.MaxTokens)
            await grain.End(tokens[^1].Id);
        return Assert.IsType<string>((await grain.Make("A test", mayWrite, DateTimeOffset.UtcNow.AddDays(1))).Secret);
    }

    public HttpClient Asker(string? bearer)
    {
        var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (bearer is not null)
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return program;
    }

    /// <summary>A browser in which a persona is signed in; it follows nothing by itself.</summary>
    public async Task<HttpClient> BrowserOf(string persona)
    {
        var session = await HubSession.SignIn(Address, persona);
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = session.Cookies }) { BaseAddress = Address };
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    /// <summary>A browser in which anyone with an account is signed in, persona or not.</summary>
    public async Task<HttpClient> BrowserAs(MemberId member)
    {
        var pass = await Grains.GetGrain<IAccessGrain>(member.Value).Begin("A browser on a device", "test");
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(new AuthenticationTicket(SignedIn.Principal(new(member, pass), member.Value), CookieAuthenticationDefaults.AuthenticationScheme))));
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    /// <summary>Makes an account as the program does.</summary>
    public async Task<MemberId> Join(string id, string office, string? city, Duty duty)
    {
        var member = new MemberId(id);
        var outcome = await Services.GetRequiredService<IDoor>().Execute(new Actor.Program("test"), member, new($"join-{id}"), new MemberCommand.Join(office, city, duty));
        Assert.IsType<Outcome.Recorded>(outcome);
        return member;
    }

    public async Task CaughtUp(long position) => await Grains.GetGrain<IFeedRunner>(IFeedRunner.Key).WaitFor(position);

    /// <summary>Waits until lists and rules have taken all that is in the log, and what the rules added to it.</summary>
    public async Task CaughtUp()
    {
        var (feed, records) = (Grains.GetGrain<IFeedRunner>(IFeedRunner.Key), Services.GetRequiredService<RecordQueries>());
        for (var head = await records.Head(); ; head = await records.Head())
        {
            for (var reached = await feed.WaitFor(head); reached.Indexes < head || reached.Policies < head;)
                reached = await feed.WaitFor(head);
            if (await records.Head() == head)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What a program asks and hears.</summary>
internal static class Asking
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Ask(this HttpClient program, string path, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await Heard(await program.SendAsync(request, Cancel));
    }

    public static Task<(HttpStatusCode Status, JsonElement Body)> Command(this HttpClient program, string path, string commandId, ICommand command) =>
        program.Send(path, $$"""{"commandId":"{{commandId}}","kind":"{{Kinds.OfTheHub.NameOf(command)}}","body":{{Kinds.Write(command)}}}""");

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Send(this HttpClient program, string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await Heard(await program.PostAsync(new Uri(path, UriKind.Relative), content, Cancel));
    }

    /// <summary>The code of a refusal; the problem's other members are as RFC 9457 has them.</summary>
    public static (HttpStatusCode, string?) Refused(this (HttpStatusCode Status, JsonElement Body) heard)
    {
        Assert.Equal((int)heard.Status, heard.Body.GetProperty("status").GetInt32());
        Assert.NotEmpty(heard.Body.GetProperty("detail").GetString()!);
        return (heard.Status, heard.Body.GetProperty("code").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Heard(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            return (answer.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonSerializer.Deserialize<JsonElement>(text) : default);
        }
    }
}
