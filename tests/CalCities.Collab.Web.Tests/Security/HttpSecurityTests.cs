using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using CalCities.Collab.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;

namespace CalCities.Collab.Security;

public sealed partial class HttpSecurityTests : IAsyncLifetime
{
    private static readonly string[] Always = ["nosniff", "same-origin", "same-origin", "same-origin", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"];

    private ShellHost host = null!;

    public async ValueTask InitializeAsync() => host = await ShellHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/signin", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/hub.css", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("/fails", HttpStatusCode.InternalServerError)]
    public async Task Every_answer_carries_the_headers(string path, HttpStatusCode status)
    {
        using var browser = host.Browser();
        using var answer = await browser.Open(path);

        string[] names = ["X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"];
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(Always, names.Select(name => string.Join('|', answer.Headers.GetValues(name))), StringComparer.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(
            "default-src 'none'; script-src 'self' 'nonce-*'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; img-src 'self' data:; " +
            "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
            Nonce().Replace(policy, "'nonce-*'"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_nonce_is_new_for_each_request_and_stands_on_the_import_map()
    {
        using var browser = host.Browser();
        using var first = await browser.Open("/signin");
        using var second = await browser.Open("/signin");

        var nonces = new[] { first, second }.Select(answer => Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value).ToArray();
        Assert.NotEqual(nonces[0], nonces[1], StringComparer.Ordinal);
        Assert.Contains($"<script type=\"importmap\" nonce=\"{nonces[0]}\">", WebUtility.HtmlDecode(await first.Text()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_holds_an_inline_script_but_the_import_map()
    {
        using var browser = host.Browser();
        await browser.Submit("/signin", "/signin/demo", ("persona", "eq-chair"));
        using var page = await browser.Open("/no/such/page");

        var scripts = Script().Matches(await page.Text()).Select(match => match.Value).ToArray();
        Assert.All(scripts, script => Assert.True(script.Contains("importmap", StringComparison.Ordinal) || script.Contains("src=", StringComparison.Ordinal), script));
        Assert.Equal(4, scripts.Length);
    }

    [Fact]
    public async Task Pages_are_not_stored_and_files_are()
    {
        using var browser = host.Browser();
        using var page = await browser.Open("/signin");
        var css = Stylesheet().Match(await page.Text()).Groups[1].Value;
        using var file = await browser.Open($"/{css}");

        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        // A published host says "immutable" here; one that was only built asks again, and gets 304.
        Assert.Equal(("no-cache", true), (file.Headers.CacheControl!.ToString(), file.Headers.ETag is not null));
    }

    [Fact]
    public async Task A_page_that_fails_says_so_without_its_inner_life()
    {
        using var browser = host.Browser();
        using var answer = await browser.Open("/fails");

        var text = await answer.Text();
        Assert.Contains("<h1>Something went wrong</h1>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("As a page that fails", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_says_where_to_go_and_to_a_program_says_only_404()
    {
        using var browser = host.Browser();
        using var page = await browser.Open("/no/such/page");
        browser.DefaultRequestHeaders.Remove("Accept");
        using var bare = await browser.Open("/no/such/page");

        Assert.Contains("<h1>There is no such page</h1>", await page.Text(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, ""), (bare.StatusCode, await bare.Text()));
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task A_circuit_opens_only_for_a_page_of_this_host(string? origin, HttpStatusCode expected)
    {
        using var browser = host.Browser();
        using var signedIn = await browser.Submit("/signin", "/signin/demo", ("persona", "eq-chair"));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("collab=", StringComparison.Ordinal)).Split(';')[0];

        Assert.Equal(expected, await Handshake("/_blazor", origin == "own" ? host.Address.ToString().TrimEnd('/') : origin, cookie));
    }

    [Fact]
    public async Task A_circuit_opens_only_for_a_member() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await Handshake("/_blazor", host.Address.ToString().TrimEnd('/'), cookie: null));

    [Fact]
    public async Task Another_sites_page_reaches_no_hub()
    {
        using var browser = host.Browser();
        using var own = await browser.Open("/hubs/live/of-tests");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var foreign = await browser.Open("/hubs/live/of-tests");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (own.StatusCode, foreign.StatusCode));
        Assert.Equal("This request came from another site, so the hub did not take it.", await foreign.Text());
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task A_name_that_is_not_this_hosts_is_not_answered(string name, HttpStatusCode expected)
    {
        using var browser = host.Browser();
        browser.DefaultRequestHeaders.Host = name;
        using var answer = await browser.Open("/signin");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public void Everything_that_changes_something_asks_for_the_forms_token()
    {
        var unguarded =
            from endpoint in host.Endpoints
            let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            where methods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS"))
            where endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true }
            let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
            where !OriginCheck.IsLive(path)
            select path;

        Assert.Equal([], unguarded, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/signin/demo")]
    [InlineData("/signout")]
    public async Task A_form_without_its_token_changes_nothing(string action)
    {
        using var browser = host.Browser();
        using var content = new FormUrlEncodedContent([new("persona", "eq-chair")]);
        using var answer = await browser.PostAsync(new Uri(action, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "This form was open for too long, so the hub did not take it. Go back, load the page again and send it once more."),
            (answer.StatusCode, await answer.Text()));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<HttpStatusCode> Handshake(string path, string? origin, string? cookie)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        if (cookie is not null)
            socket.Options.SetRequestHeader("Cookie", cookie);
        try
        {
            await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // Refused: the status tells.
        }

        return socket.HttpStatusCode;
    }

    [GeneratedRegex("'nonce-([^']+)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();

    [GeneratedRegex("href=\"(hub[^\"]*\\.css)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stylesheet();
}
