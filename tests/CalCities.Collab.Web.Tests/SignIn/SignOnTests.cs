using System.Net;
using CalCities.Collab.Accounts;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.SignIn;

/// <summary>The league's own sign-on, by a real provider on loopback.</summary>
public sealed class SignOnTests : IAsyncLifetime
{
    private SignOnProvider provider = null!;
    private WholeHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await SignOnProvider.Start();
        host = await WholeHost.Start($"--SignIn:Oidc:Authority={provider.Address}", $"--SignIn:Oidc:ClientId={SignOnProvider.Client}", $"--SignIn:Oidc:ClientSecret={SignOnProvider.Secret}", "--SignIn:Oidc:Name=the league’s sign-on");
        var clerk = await host.Join("m-clerk", "City Clerk", "Davis", Duty.CityClerk);
        await host.Services.GetRequiredService<IAccountBook>().Keep([(clerk, "clerk@davis.example")], Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_verified_address_of_an_account_signs_in_and_from_then_on_the_person_whatever_their_address()
    {
        provider.Says = Claims(("sub", "42"), ("email", "Clerk@davis.example"), ("email_verified", true));
        using var browser = await host.Browser(null);
        using (var page = await browser.Open("/signin"))
            Assert.Contains("Sign in with the league’s sign-on", WebUtility.HtmlDecode(await page.Text()), StringComparison.Ordinal);
        Assert.Equal("/bills", await SignOn(browser, "/signin/sign-on?returnUrl=%2Fbills"));
        using (var me = await browser.Open("/me"))
            Assert.Contains("by sign-on", await me.Text(), StringComparison.Ordinal);

        provider.Says = Claims(("sub", "42"), ("email", "other@davis.example"));
        using var later = await host.Browser(null);
        Assert.Equal("/", await SignOn(later));
        provider.Says = Claims(("sub", "43"), ("email", "other@davis.example"), ("email_verified", true));
        using var stranger = await host.Browser(null);
        Assert.Equal("/signin?problem=SignOnUnknown", await SignOn(stranger));
    }

    [Fact]
    public async Task An_address_that_the_provider_has_not_verified_lets_nobody_in()
    {
        provider.Says = Claims(("sub", "7"), ("email", "clerk@davis.example"), ("email_verified", false));
        using var browser = await host.Browser(null);
        Assert.Equal("/signin?problem=SignOnUnknown", await SignOn(browser));
        provider.Says = Claims(("sub", "7"), ("email", "clerk@davis.example"));
        Assert.Equal("/signin?problem=SignOnUnknown", await SignOn(browser));
    }

    [Fact]
    public async Task Someone_suspended_is_known_there_and_not_let_in_here()
    {
        await host.Do(new MemberId("m-clerk"), new MemberCommand.Suspend("Left"));
        provider.Says = Claims(("sub", "42"), ("email", "clerk@davis.example"), ("email_verified", true));
        using var browser = await host.Browser(null);
        Assert.Equal("/signin?problem=NoStanding", await SignOn(browser));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("audience")]
    [InlineData("late")]
    [InlineData("code")]
    public async Task What_is_not_the_providers_own_word_for_this_browser_is_refused(string wrong)
    {
        provider.Says = Claims(("sub", "42"), ("email", "clerk@davis.example"), ("email_verified", true));
        provider.Wrong = wrong;
        using var browser = await host.Browser(null);
        Assert.Equal("/signin?problem=SignOnFailed", await SignOn(browser));
        provider.Wrong = "";
        Assert.Equal("/", await SignOn(browser));
    }

    [Fact]
    public async Task The_way_back_of_one_browser_lets_no_other_in()
    {
        provider.Says = Claims(("sub", "42"), ("email", "clerk@davis.example"), ("email_verified", true));
        using var one = await host.Browser(null);
        using var sent = await one.Open("/signin/sign-on");
        using var there = await one.GetAsync(sent.Headers.Location, Cancel);

        // Another's browser is led to the address by which this one would come back as itself.
        using var another = await host.Browser(null);
        using var led = await another.GetAsync(there.Headers.Location, Cancel);

        Assert.Equal("/signin?problem=SignOnFailed", led.Headers.Location?.OriginalString);
        using var me = await another.Open("/me");
        Assert.Equal("/signin", me.Headers.Location?.AbsolutePath);
    }

    private static Dictionary<string, object> Claims(params (string Name, object Value)[] claims) => claims.ToDictionary(claim => claim.Name, claim => claim.Value, StringComparer.Ordinal);

    /// <summary>Goes there and back; where one ends up.</summary>
    private static async Task<string> SignOn(HttpClient browser, string start = "/signin/sign-on")
    {
        using var sent = await browser.Open(start);
        using var there = await browser.GetAsync(sent.Headers.Location, Cancel);
        using var back = await browser.GetAsync(there.Headers.Location, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return back.Headers.Location!.OriginalString;
    }
}
