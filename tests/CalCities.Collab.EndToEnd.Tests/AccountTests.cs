using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Passkeys and sessions in a real browser, with an authenticator that Chromium plays.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class AccountTests(DemonstrationHub hub, Chromium chromium)
{
    /// <summary>Browsers know passkeys at localhost without https, and at 127.0.0.1 not at all.</summary>
    private Uri Host => new UriBuilder(hub.Address) { Host = "localhost" }.Uri;

    [Fact]
    public async Task A_passkey_is_made_signs_in_and_is_refused_once_it_is_removed()
    {
        await using var visitor = await chromium.Visit(Host);
        await Authenticator(visitor.Page);
        await MakePasskey(visitor, "gtlr-member-01");
        Assert.Empty(await visitor.SeriousBarriers());
        await visitor.Picture("me");
        await SignOut(visitor);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(Host.ToString());
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();

        await visitor.Page.GotoAsync("/me");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey Phone" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("The passkey is removed here.")).ToBeVisibleAsync();
        await SignOut(visitor);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("The hub doesn’t know this passkey")).ToBeVisibleAsync();
        await visitor.Leave();
    }

    [Fact]
    public async Task A_passkeys_answer_that_was_given_before_is_refused()
    {
        await using var visitor = await chromium.Visit(Host);
        await Authenticator(visitor.Page);
        await MakePasskey(visitor, "gtlr-member-02");
        await SignOut(visitor);
        var sent = visitor.Page.WaitForRequestAsync(request => request.Method == "POST" && request.Url.EndsWith("/signin/passkey", StringComparison.Ordinal));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        var given = System.Web.HttpUtility.ParseQueryString((await sent).PostData!);
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(Host.ToString());
        await SignOut(visitor);

        Assert.EndsWith("/signin?problem=PasskeyFailed", await Send(visitor.Page, given["challenge"]!, given["credential"]!), StringComparison.Ordinal);
        await visitor.Leave();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_passkeys_answer_counts_only_from_the_hubs_own_origin(bool own)
    {
        await using var visitor = await chromium.Visit(Host);
        visitor.Forgive("foreign request: http://localhost:9/");
        await visitor.Page.Context.RouteAsync("http://localhost:9/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>Another site</title>" }));
        await Authenticator(visitor.Page);
        await MakePasskey(visitor, own ? "gtlr-member-03" : "gtlr-member-04");
        await SignOut(visitor);

        // The other site asks the hub for a challenge behind the visitor's back, and has their device answer it: all of the answer is right but where it was given.
        var asked = await Ask(visitor.Page);
        await visitor.Page.GotoAsync(own ? "/signin" : "http://localhost:9/");
        var credential = await visitor.Page.EvaluateAsync<string>(
            """
            async options => {
                const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
                options.challenge = bytes(options.challenge);
                delete options.allowCredentials;
                return JSON.stringify((await navigator.credentials.get({ publicKey: options })).toJSON());
            }
            """, asked.GetProperty("options"));
        await visitor.Page.GotoAsync("/signin");

        Assert.EndsWith(own ? $":{Host.Port}/" : "/signin?problem=PasskeyFailed", await Send(visitor.Page, asked.GetProperty("challenge").GetString()!, credential), StringComparison.Ordinal);
        await visitor.Leave();
    }

    [Fact]
    public async Task A_device_that_does_not_check_who_holds_it_gets_nobody_in()
    {
        await using var visitor = await chromium.Visit(Host);
        await Authenticator(visitor.Page, verifies: false);
        await visitor.SignIn("gtlr-member-05");
        await visitor.Page.GotoAsync("/me");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("The device gave no passkey.")).ToBeVisibleAsync();
        await visitor.Leave();
    }

    [Fact]
    public async Task A_page_whose_session_is_ended_elsewhere_is_dead_within_thirty_seconds_and_its_draft_is_kept()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Signed out from afar");
        await using var reader = await chromium.VisitThread(hub.Address, "eq-member-21", thread);
        await reader.WritingBox().FillAsync("Half a thought");
        await using var elsewhere = await chromium.Visit(hub.Address);
        await elsewhere.SignIn("eq-member-21");
        await elsewhere.Page.GotoAsync("/me");
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        var since = System.Diagnostics.Stopwatch.GetTimestamp();

        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "You were signed out" })).ToBeVisibleAsync(new() { Timeout = 30_000 });

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30));
        await Assertions.Expect(reader.WritingBox()).ToHaveCountAsync(0);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/signin\\?returnUrl=.*threads"));
        await reader.SignIn("eq-member-21");
        await reader.Page.GotoAsync($"/threads/{thread}");
        await Assertions.Expect(reader.WritingBox()).ToHaveValueAsync("Half a thought");
        await reader.Leave();
        await elsewhere.Leave();
    }

    [Theory]
    [InlineData(1400, false)]
    [InlineData(390, true)]
    public async Task Account_pages_have_no_barriers_and_fit_a_phone(int width, bool dark)
    {
        await using var visitor = await chromium.Visit(hub.Address, new(width, 800, dark));
        foreach (var page in new[] { "/signin/sent", "/signin/code", "/signin/code?problem=WrongCode", "/signin/link/nobody.guess" })
            await Look(page);
        await visitor.SignIn("staff");
        foreach (var page in new[] { "/me", "/admin/accounts?q=davis" })
            await Look(page);
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.SignIn("clerk");
        await Look("/codes?q=davis");
        await visitor.Leave();

        async Task Look(string page)
        {
            await visitor.Page.GotoAsync(page);
            Assert.Equal([], await visitor.SeriousBarriers());
            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page} is wider than {width}");
            await visitor.Picture($"account{page.Split('?')[0].Replace('/', '-')}-{width}");
        }
    }

    private static async Task Authenticator(IPage page, bool verifies = true)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = verifies, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task MakePasskey(Visitor visitor, string persona)
    {
        await visitor.SignIn(persona);
        await visitor.Page.GotoAsync("/me");
        await visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = "A name for this device" }).FillAsync("Phone");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("The passkey is made.")).ToBeVisibleAsync();
    }

    private static async Task SignOut(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/me");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeVisibleAsync();
    }

    /// <summary>What the sign-in page would be given to have a device answer.</summary>
    private static async Task<System.Text.Json.JsonElement> Ask(IPage page) => await page.EvaluateAsync<System.Text.Json.JsonElement>(
        "async () => (await fetch('/signin/passkey/options', { method: 'POST', body: new URLSearchParams(new FormData(document.querySelector('form[data-passkey]'))) })).json()");

    /// <summary>Sends an answer as the page's form would; where one ends up.</summary>
    private static Task<string> Send(IPage page, string challenge, string credential) => page.EvaluateAsync<string>(
        """
        async ([challenge, credential]) => {
            const form = new FormData(document.querySelector('form[data-passkey]'));
            form.set('challenge', challenge);
            form.set('credential', credential);
            return (await fetch('/signin/passkey', { method: 'POST', body: new URLSearchParams(form) })).url;
        }
        """, new[] { challenge, credential });
}
