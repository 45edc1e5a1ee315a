using System.Net;
using CalCities.Collab.Shell;
using Microsoft.AspNetCore.Http;

namespace CalCities.Collab.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task Someone_signed_out_is_sent_to_sign_in_and_comes_back_to_the_page_they_asked_for()
    {
        await using var host = await ShellHost.Start();
        using var browser = host.Browser();

        using var asked = await browser.Open("/access/../?tab=1");
        Assert.Equal("/signin?returnUrl=%2F%3Ftab%3D1", asked.Headers.Location!.PathAndQuery);

        var page = await browser.GetStringAsync(asked.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Contains("name=\"returnUrl\" value=\"/?tab=1\"", page, StringComparison.Ordinal);

        using var signedIn = await browser.Submit(asked.Headers.Location.PathAndQuery, "/signin/demo", ("persona", "eq-chair"), ("returnUrl", "/?tab=1"));
        Assert.Equal((HttpStatusCode.Redirect, "/?tab=1"), (signedIn.StatusCode, signedIn.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites_forms()
    {
        await using var host = await ShellHost.Start();
        using var browser = host.Browser();
        using var signedIn = await browser.Submit("/signin", "/signin/demo", ("persona", "eq-chair"));

        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("collab=", StringComparison.Ordinal));
        Assert.Equal(["path=/", "samesite=lax", "httponly"], cookie.Split("; ")[1..], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        await using var host = await ShellHost.Start();
        using var browser = host.Browser();
        await browser.Submit("/signin", "/signin/demo", ("persona", "eq-chair"));
        using var inside = await browser.Open("/access");
        Assert.Contains("Your account: Mayor, Davis", await inside.Text(), StringComparison.Ordinal);

        using var signedOut = await browser.Submit("/signin", "/signout");
        using var after = await browser.Open("/");

        Assert.Equal(("/signin", "/signin?returnUrl=%2F"), (signedOut.Headers.Location!.OriginalString, after.Headers.Location!.PathAndQuery));
    }

    [Fact]
    public async Task Nobody_signs_in_as_a_persona_that_is_not_there()
    {
        await using var host = await ShellHost.Start();
        using var browser = host.Browser();
        using var answer = await browser.Submit("/signin", "/signin/demo", ("persona", "eq-member-41"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith("collab=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_that_is_no_demonstration_has_no_personas()
    {
        await using var host = await ShellHost.Start(("Demo:Enabled", "false"));
        using var browser = host.Browser();
        var page = await browser.GetStringAsync(new Uri("/signin", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Try it as", page, StringComparison.Ordinal);
        Assert.Contains("Your e-mail address", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/bills?q=water", "/bills?q=water")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("bills", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/bills\r\nSet-Cookie: a=b", "/")]
    public void After_signing_in_one_stays_on_this_host(string? url, string goesTo) => Assert.Equal(goesTo, SignInEndpoints.Local(url));

    [Theory]
    [InlineData("https", "__Host-collab=1; path=/; secure; samesite=lax; httponly")]
    [InlineData("http", "collab=1; path=/; samesite=lax; httponly")]
    public void On_https_the_cookie_is_bound_to_this_host_by_its_name(string scheme, string expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = scheme;
        new HostCookieManager().AppendResponseCookie(http, "collab", "1", new CookieOptions { Path = "/", Secure = scheme == "https", HttpOnly = true, SameSite = SameSiteMode.Lax });

        Assert.Equal(expected, http.Response.Headers.SetCookie.ToString());
    }
}
