using System.Net;
using System.Text.Json;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;

namespace CalCities.Collab.SignIn;

/// <summary>What a device may answer, and what it may not, on the whole program. A browser would hold back most wrong answers; whoever drives the hub by hand does not.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private const string Failed = "/signin?problem=PasskeyFailed", NotKept = "/me?problem=PasskeyNotKept", Added = "/me?done=passkey-added";

    private WholeHost host = null!;
    private Authenticator device = null!;

    public async ValueTask InitializeAsync()
    {
        host = await WholeHost.Start();
        await host.Join("clerk", "City Clerk", "Davis", Duty.CityClerk);
        await host.Join("mayor", "Mayor", "Davis");
        device = new Authenticator(host.Address.GetLeftPart(UriPartial.Authority));
    }

    public ValueTask DisposeAsync()
    {
        device.Dispose();
        return host.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_passkey_signs_in_its_member_and_each_of_its_answers_once_whether_or_not_the_device_counts(bool counts)
    {
        device.Counts = counts;
        await Make("clerk");
        using var browser = await host.Browser(null);
        var asked = await Ask(browser);
        var answer = device.Answer(asked.Options);

        Assert.Equal("/", await Send(browser, asked.Challenge, answer));
        using (var me = await browser.Open("/me"))
            Assert.Contains("City Clerk, Davis", WebUtility.HtmlDecode(await me.Text()), StringComparison.Ordinal);

        using var thief = await host.Browser(null);
        Assert.Equal(Failed, await Send(thief, asked.Challenge, answer));
        Assert.Equal(Failed, await Send(thief, (await Ask(thief)).Challenge, answer));
        Assert.Equal(Failed, await Send(thief, "", answer));
        using var again = await host.Browser(null);
        Assert.Equal("/", await SignIn(again));
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("another site's frame")]
    [InlineData("another domain's passkey")]
    [InlineData("a device that doesn't check who holds it")]
    [InlineData("another key")]
    [InlineData("a copy of the key")]
    public async Task An_answer_that_is_wrong_in_one_thing_gets_nobody_in(string wrong)
    {
        await Make("clerk");
        using var browser = await host.Browser(null);
        Assert.Equal("/", await SignIn(browser));

        using var other = await host.Browser(null);
        Spoil(wrong);
        Assert.Equal(Failed, await SignIn(other));
        using var me = await other.Open("/me");
        Assert.Equal("/signin", me.Headers.Location?.AbsolutePath);
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("another site's frame")]
    [InlineData("another domain's passkey")]
    [InlineData("a device that doesn't check who holds it")]
    public async Task A_passkey_that_is_made_wrongly_is_not_kept(string wrong)
    {
        Spoil(wrong);
        using var member = await host.Browser(new MemberId("clerk"));
        Assert.Equal(NotKept, await Add(member, await AskToAdd(member)));
    }

    [Fact]
    public async Task A_removed_passkey_signs_in_no_more_and_nobody_removes_anothers()
    {
        using var member = await Make("clerk");
        using var another = await host.Browser(new MemberId("mayor"));
        using var tried = await another.Submit("/me", "/me/passkeys/remove", ("id", device.Id));
        using var browser = await host.Browser(null);
        Assert.Equal("/", await SignIn(browser));

        using var removed = await member.Submit("/me", "/me/passkeys/remove", ("id", device.Id));

        using var later = await host.Browser(null);
        Assert.Equal(Failed, await SignIn(later));
    }

    [Fact]
    public async Task A_passkey_is_made_for_whom_it_was_asked_and_once()
    {
        using var clerk = await host.Browser(new MemberId("clerk"));
        using var mayor = await host.Browser(new MemberId("mayor"));
        Assert.Equal(NotKept, await Add(mayor, await AskToAdd(clerk)));

        var asked = await AskToAdd(clerk);
        Assert.Equal(Added, await Add(clerk, asked));
        Assert.Equal(NotKept, await Add(clerk, asked));
        // What was asked of someone signed in lets nobody in, and the other way round.
        using var browser = await host.Browser(null);
        var toAdd = await AskToAdd(clerk);
        Assert.Equal(Failed, await Send(browser, toAdd.Challenge, device.Answer(toAdd.Options)));
        var toSignIn = await Ask(browser);
        using var crossed = await clerk.Submit("/me", "/me/passkeys", ("challenge", toSignIn.Challenge), ("credential", device.Make(toAdd.Options)), ("name", ""));
        Assert.Equal(NotKept, crossed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Someone_suspended_is_known_by_their_passkey_and_not_let_in()
    {
        await Make("clerk");
        await host.Do(new MemberId("clerk"), new MemberCommand.Suspend("Left the city"));
        using var browser = await host.Browser(null);
        Assert.Equal("/signin?problem=NoStanding", await SignIn(browser));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Spoil(string wrong)
    {
        switch (wrong)
        {
            case "another site":
                device.Origin = "https://evil.example";
                break;
            case "another site's frame":
                device.Framed = true;
                break;
            case "another domain's passkey":
                device.Domain = "evil.example";
                break;
            case "a device that doesn't check who holds it":
                device.Verifies = false;
                break;
            case "another key":
                device.SignsRightly = false;
                break;
            default:
                device.Used = 0;
                break;
        }
    }

    private async Task<HttpClient> Make(string slug)
    {
        var member = await host.Browser(new MemberId(slug));
        Assert.Equal(Added, await Add(member, await AskToAdd(member)));
        return member;
    }

    private async Task<string?> SignIn(HttpClient browser)
    {
        var asked = await Ask(browser);
        return await Send(browser, asked.Challenge, device.Answer(asked.Options));
    }

    private async Task<string?> Add(HttpClient browser, (string Challenge, JsonElement Options) asked)
    {
        using var answer = await browser.Submit("/me", "/me/passkeys", ("challenge", asked.Challenge), ("credential", device.Make(asked.Options)), ("name", "Phone"));
        return answer.Headers.Location?.OriginalString;
    }

    private static Task<(string Challenge, JsonElement Options)> Ask(HttpClient browser) => Asked(browser.Submit("/signin", "/signin/passkey/options"));

    private static Task<(string Challenge, JsonElement Options)> AskToAdd(HttpClient browser) => Asked(browser.Submit("/me", "/me/passkeys/options", ("name", "Phone")));

    private static async Task<string?> Send(HttpClient browser, string challenge, string credential)
    {
        using var answer = await browser.Submit("/signin", "/signin/passkey", ("challenge", challenge), ("credential", credential));
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<(string Challenge, JsonElement Options)> Asked(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var asked = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancel));
        return (asked.GetProperty("challenge").GetString()!, asked.GetProperty("options").Clone());
    }
}
