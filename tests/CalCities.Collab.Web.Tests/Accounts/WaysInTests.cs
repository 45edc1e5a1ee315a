using System.Net;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Accounts;

/// <summary>Coming in as a person does, through the pages of the whole program and a mail server.</summary>
public sealed class WaysInTests : IAsyncLifetime
{
    private const string Email = "clerk@davis.example";

    private readonly MailServer mail = new();
    private WholeHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await WholeHost.Start([.. mail.Settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        await Account("admin", "admin@league.example", "Hub administrator", null, Duty.Admin);
        await Account("m-clerk", Email, "City Clerk", "Davis", Duty.CityClerk);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task A_mailed_link_signs_in_once_by_its_button_and_opening_it_uses_nothing_up()
    {
        using var browser = await host.Browser(null);
        using var asked = await browser.Submit("/signin?returnUrl=%2Fbills", "/signin/mail", ("email", $" {Email.ToUpperInvariant()} "), ("returnUrl", "/bills"));
        Assert.Equal("/signin/sent", asked.Headers.Location?.OriginalString);
        var link = (await mail.Next(Cancel)).Link("/signin/link/").PathAndQuery;

        for (var scanner = 0; scanner < 3; scanner++)
            Assert.Contains("Sign in on this device", await Page(browser, link), StringComparison.Ordinal);
        using var pressed = await Press(browser, link, "/signin/link");
        Assert.Equal("/bills", pressed.Headers.Location?.OriginalString);
        Assert.Contains("City Clerk, Davis", await Page(browser, "/me"), StringComparison.Ordinal);

        using var other = await host.Browser(null);
        Assert.Contains("This link has been used", await Page(other, link), StringComparison.Ordinal);
        using var again = await other.Submit("/signin", "/signin/link", ("token", Token(link)));
        Assert.Equal("/signin?problem=LinkUsed", again.Headers.Location?.OriginalString);
        Assert.Contains("This link has been used", await Page(other, "/signin?problem=LinkUsed"), StringComparison.Ordinal);
        Assert.Contains("isn’t a link that the hub has sent", await Page(other, "/signin/link/m-clerk.guess"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_a_mail_signs_in_on_another_device_with_the_address()
    {
        using var first = await host.Browser(null);
        using var second = await host.Browser(null);
        using var asked = await first.Submit("/signin", "/signin/mail", ("email", Email));
        var code = CodeIn((await mail.Next(Cancel)).Text);

        using var wrong = await second.Submit("/signin/code", "/signin/code", ("email", Email), ("code", "BBBBBBBB"));
        Assert.Equal("/signin/code?problem=WrongCode", wrong.Headers.Location?.OriginalString);
        using var anothers = await second.Submit("/signin/code", "/signin/code", ("email", "admin@league.example"), ("code", code));
        Assert.Equal("/signin/code?problem=WrongCode", anothers.Headers.Location?.OriginalString);
        using var right = await second.Submit("/signin/code", "/signin/code", ("email", Email), ("code", code.ToLowerInvariant()));
        Assert.Equal("/", right.Headers.Location?.OriginalString);
        using var twice = await first.Submit("/signin/code", "/signin/code", ("email", Email), ("code", code));
        Assert.Equal("/signin/code?problem=WrongCode", twice.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Known_and_unknown_addresses_are_answered_alike_and_no_mail_goes_to_a_stranger_or_to_someone_suspended()
    {
        await host.Do(await Account("m-left", "left@davis.example", "Mayor", "Davis"), new MemberCommand.Suspend("Left the council"));
        using var browser = await host.Browser(null);
        List<string> answers = [];
        foreach (var email in new[] { "stranger@davis.example", "left@davis.example", Email })
        {
            using var asked = await browser.Submit("/signin", "/signin/mail", ("email", email));
            using var tried = await browser.Submit("/signin/code", "/signin/code", ("email", email), ("code", "BBBBBBBB"));
            answers.Add($"{asked.StatusCode} {asked.Headers.Location} {await asked.Text()} {tried.StatusCode} {tried.Headers.Location} {await tried.Text()}");
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(Email, (await mail.Next(Cancel)).To);
        Assert.True(mail.IsEmpty);
        var audit = await host.Services.GetRequiredService<AuditQueries>().Before(null);
        Assert.Contains(audit, entry => (entry.Action, entry.Detail) == ("sign-in mail refused", "no account: s…@davis.example"));
        Assert.DoesNotContain(audit, entry => entry.Detail.Contains("stranger", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("davis")]
    [InlineData("a@b")]
    [InlineData("a@b@davis.example")]
    [InlineData("a b@davis.example")]
    [InlineData("<a@davis.example>")]
    [InlineData("a@davis.example\r\nBcc: b@davis.example")]
    public async Task What_is_no_address_is_said_so(string typed)
    {
        using var browser = await host.Browser(null);
        using var asked = await browser.Submit("/signin", "/signin/mail", ("email", typed));
        Assert.Equal("/signin?problem=NoAddress", asked.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Sixty_officials_behind_one_address_sign_in_within_a_minute_and_one_who_guesses_is_stopped()
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < 60; i++)
            await Account($"m-{i}", $"official-{i}@city.example", "Mayor", "Davis");
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (i, _) =>
        {
            using var browser = await host.Browser(null);
            using var asked = await browser.Submit("/signin", "/signin/mail", ("email", $"official-{i}@city.example"));
            Assert.Equal("/signin/sent", asked.Headers.Location?.OriginalString);
        });
        for (var i = 0; i < 60; i++)
        {
            using var browser = await host.Browser(null);
            using var pressed = await Press(browser, (await mail.Next(Cancel)).Link("/signin/link/").PathAndQuery, "/signin/link");
            Assert.Equal("/", pressed.Headers.Location?.OriginalString);
        }

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(1));

        using var guesser = await host.Browser(null);
        List<string?> answers = [];
        for (var i = 0; i < 8; i++)
        {
            using var tried = await guesser.Submit("/signin/code", "/signin/code", ("email", Email), ("code", "BBBBBBBB"));
            answers.Add(tried.Headers.Location?.OriginalString);
        }

        Assert.Equal(6, answers.Count(answer => answer == "/signin/code?problem=WrongCode"));
        Assert.Equal(2, answers.Count(answer => answer == "/signin/code?problem=TooMany"));
    }

    [Fact]
    public async Task One_who_guesses_elsewhere_shuts_nobody_out()
    {
        using var guesser = await host.Browser(null, IPAddress.Parse("127.0.0.2"));
        for (var i = 0; i < 8; i++)
            using (var tried = await guesser.Submit("/signin/code", "/signin/code", ("email", i % 2 == 0 ? Email : Email.ToUpperInvariant()), ("code", "BBBBBBBB")))
                Assert.Equal(i < 6 ? "/signin/code?problem=WrongCode" : "/signin/code?problem=TooMany", tried.Headers.Location?.OriginalString);

        using var person = await host.Browser(null);
        using var asked = await person.Submit("/signin", "/signin/mail", ("email", Email));
        Assert.Equal("/signin/sent", asked.Headers.Location?.OriginalString);
        using var typed = await person.Submit("/signin/code", "/signin/code", ("email", Email), ("code", CodeIn((await mail.Next(Cancel)).Text)));
        Assert.Equal("/", typed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task What_was_sent_or_handed_to_someone_lets_them_in_no_more_once_they_are_suspended()
    {
        await Account("clerk", "clerk@league.example", "Committee Clerk", null, Duty.Clerk);
        using var admin = await host.Browser(new MemberId("admin"));
        using var browser = await host.Browser(null);
        using var clerk = await host.Browser(new MemberId("clerk"));
        using var invited = await admin.Submit("/admin/accounts", "/admin/accounts/again", ("member", "m-clerk"));
        var invitation = (await mail.Next(Cancel)).Link("/invitation/").PathAndQuery;
        using var asked = await browser.Submit("/signin", "/signin/mail", ("email", Email));
        var link = (await mail.Next(Cancel)).Link("/signin/link/").PathAndQuery;
        using var again = await browser.Submit("/signin", "/signin/mail", ("email", Email));
        var code = CodeIn((await mail.Next(Cancel)).Text);
        using var handed = await clerk.Submit("/codes?q=davis", "/codes?q=davis", ("_handler", "give"), ("member", "m-clerk"));
        var clerks = CodeIn(await handed.Text());

        await host.Do(new MemberId("m-clerk"), new MemberCommand.Suspend("Left the city"));

        using var pressed = await Press(browser, link, "/signin/link");
        using var welcomed = await Press(browser, invitation, "/invitation");
        using var typed = await browser.Submit("/signin/code", "/signin/code", ("email", Email), ("code", code));
        using var byClerk = await browser.Submit("/signin/code", "/signin/code", ("email", Email), ("code", clerks));
        Assert.All(new[] { pressed, welcomed, typed, byClerk }, answer => Assert.Equal("/signin?problem=NoStanding", answer.Headers.Location?.OriginalString));
        Assert.Empty(await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions());
        using var more = await clerk.Submit("/codes?q=davis", "/codes?q=davis", ("_handler", "give"), ("member", "m-clerk"));
        Assert.Contains(AccountRefusals.NobodyThere.Sentence, WebUtility.HtmlDecode(await more.Text()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_makes_an_account_signs_in_once_and_offers_a_passkey()
    {
        using var admin = await host.Browser(new MemberId("admin"));
        using var invited = await admin.Submit("/admin/accounts", "/admin/accounts/invite",
            ("email", "mayor@arcata.example"), ("office", "Mayor"), ("city", "Arcata"), ("duty", "None"));
        Assert.StartsWith("/admin/accounts?done=invited&member=m-", invited.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains("never signed in", await Page(admin, invited.Headers.Location!.OriginalString), StringComparison.Ordinal);
        var received = await mail.Next(Cancel);
        Assert.Equal("mayor@arcata.example", received.To);
        Assert.Contains("Mayor, Arcata", received.Text, StringComparison.Ordinal);
        var link = received.Link("/invitation/").PathAndQuery;

        using var browser = await host.Browser(null);
        using var pressed = await Press(browser, link, "/invitation");
        Assert.Equal("/me?done=welcome", pressed.Headers.Location?.OriginalString);
        Assert.Contains("Make a passkey", await Page(browser, "/me?done=welcome"), StringComparison.Ordinal);
        Assert.Contains("You have an account", await Page(browser, link), StringComparison.Ordinal);

        using var twice = await admin.Submit("/admin/accounts", "/admin/accounts/invite", ("email", "MAYOR@arcata.example"), ("office", "Mayor"), ("city", "Arcata"), ("duty", "None"));
        Assert.Equal("/admin/accounts?problem=AddressTaken", twice.Headers.Location?.OriginalString);
        Assert.Contains("mayor@arcata.example", await Page(admin, "/admin/accounts?q=arcata"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_could_not_be_delivered_is_shown_with_the_reason_and_sent_again()
    {
        mail.Refuses = address => address == "gone@davis.example" ? "550 No such mailbox" : null;
        await Account("m-gone", "gone@davis.example", "Mayor", "Davis");
        using var admin = await host.Browser(new MemberId("admin"));
        using var sent = await admin.Submit("/admin/accounts", "/admin/accounts/again", ("member", "m-gone"));
        await Until(async () => (await host.Services.GetRequiredService<IOutbox>().Failed(cancel: Cancel)).Length == 1);

        Assert.Contains("No such mailbox", await Page(admin, "/admin/accounts"), StringComparison.Ordinal);
        mail.Refuses = _ => null;
        using var again = await admin.Submit("/admin/accounts", "/admin/accounts/again", ("member", "m-gone"));
        Assert.Equal("gone@davis.example", (await mail.Next(Cancel)).To);
    }

    [Fact]
    public async Task Those_whom_a_roster_brought_are_invited_with_one_press_and_each_once()
    {
        await Account("m-one", "one@davis.example", "Mayor", "Davis");
        await Account("m-two", "two@davis.example", "Vice Mayor", "Davis");
        using var admin = await host.Browser(new MemberId("admin"));
        Assert.Contains("who had no invitation yet", await Page(admin, "/admin/accounts"), StringComparison.Ordinal);

        using var sent = await admin.Submit("/admin/accounts", "/admin/accounts/invite-waiting");
        HashSet<string> invited = [(await mail.Next(Cancel)).To, (await mail.Next(Cancel)).To, (await mail.Next(Cancel)).To, (await mail.Next(Cancel)).To];
        using var twice = await admin.Submit("/admin/accounts", "/admin/accounts/invite-waiting");

        Assert.Equal(["admin@league.example", Email, "one@davis.example", "two@davis.example"], invited.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("who had no invitation yet", await Page(admin, "/admin/accounts"), StringComparison.Ordinal);
        await Until(async () => await host.Services.GetRequiredService<IOutbox>().Waiting(Cancel) == 0);
        Assert.True(mail.IsEmpty);
    }

    [Fact]
    public async Task Only_an_admin_invites_an_admin_and_only_those_who_run_accounts_invite()
    {
        await Account("staff", "staff@league.example", "Policy staff", null, Duty.Staff);
        using var staff = await host.Browser(new MemberId("staff"));
        Assert.DoesNotContain("value=\"Admin\"", await Page(staff, "/admin/accounts"), StringComparison.Ordinal);
        using var refused = await staff.Submit("/admin/accounts", "/admin/accounts/invite", ("email", "new@league.example"), ("office", "Hub administrator"), ("duty", "Admin"));
        Assert.Equal("/admin/accounts?problem=AdminsByAdmins", refused.Headers.Location?.OriginalString);
        using var suspended = await staff.Submit("/admin/accounts", "/admin/accounts/suspend", ("member", "admin"), ("reason", "A try"));
        Assert.Equal("/admin/accounts?problem=OnlyAnAdmin&member=admin", suspended.Headers.Location?.OriginalString);

        using var clerk = await host.Browser(new MemberId("m-clerk"));
        using var outside = await clerk.Submit("/me", "/admin/accounts/invite", ("email", "new@league.example"), ("office", "Mayor"), ("duty", "None"));
        Assert.Equal(HttpStatusCode.Forbidden, outside.StatusCode);
        Assert.True(mail.IsEmpty);
    }

    [Fact]
    public async Task Suspending_someone_ends_their_sessions_and_they_come_in_again_only_when_reinstated()
    {
        using var admin = await host.Browser(new MemberId("admin"));
        using var theirs = await host.Browser(new MemberId("m-clerk"));
        Assert.Contains("City Clerk, Davis", await Page(theirs, "/me"), StringComparison.Ordinal);

        using var why = await admin.Submit("/admin/accounts", "/admin/accounts/suspend", ("member", "m-clerk"), ("reason", ""));
        Assert.Equal("/admin/accounts?problem=ReasonMissing&member=m-clerk", why.Headers.Location?.OriginalString);
        using var suspended = await admin.Submit("/admin/accounts", "/admin/accounts/suspend", ("member", "m-clerk"), ("reason", "Left the city"));
        Assert.Contains("is suspended", await Page(admin, suspended.Headers.Location!.OriginalString), StringComparison.Ordinal);
        using var gone = await theirs.Open("/me");
        Assert.Equal("/signin", gone.Headers.Location?.AbsolutePath);

        using var reinstated = await admin.Submit("/admin/accounts", "/admin/accounts/reinstate", ("member", "m-clerk"));
        Assert.Contains("may come in again", await Page(admin, reinstated.Headers.Location!.OriginalString), StringComparison.Ordinal);
        using var asked = await theirs.Submit("/signin", "/signin/mail", ("email", Email));
        Assert.Equal(Email, (await mail.Next(Cancel)).To);
    }

    [Fact]
    public async Task A_clerk_hands_over_a_code_that_lets_in_for_twelve_hours_and_both_stand_in_the_audit()
    {
        await Account("clerk", "clerk@league.example", "Committee Clerk", null, Duty.Clerk);
        using var clerk = await host.Browser(new MemberId("clerk"));
        using var given = await clerk.Submit("/codes?q=davis", "/codes?q=davis", ("_handler", "give"), ("member", "m-clerk"));
        var code = CodeIn(await given.Text());

        using var browser = await host.Browser(null);
        using var typed = await browser.Submit("/signin/code", "/signin/code", ("email", Email), ("code", code));
        Assert.Equal("/", typed.Headers.Location?.OriginalString);
        Assert.Contains("code from the clerk", await Page(browser, "/me"), StringComparison.Ordinal);
        var session = Assert.Single(await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions());
        Assert.InRange(session.Until!.Value - DateTimeOffset.UtcNow, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.Contains(await host.Services.GetRequiredService<AuditQueries>().Before(null), entry => (entry.Actor, entry.Action, entry.Detail) == ("clerk", "code handed over", "m-clerk"));

        using var outsider = await host.Browser(new MemberId("m-clerk"));
        Assert.Contains("Only clerks hand over codes", await Page(outsider, "/codes?q=davis"), StringComparison.Ordinal);
        using var forced = await outsider.Submit("/me", "/codes", ("_handler", "give"), ("member", "admin"));
        Assert.DoesNotContain("class=\"code\"", await forced.Text(), StringComparison.Ordinal);
    }

    /// <summary>A code lets in as someone with all that they may: a clerk who could have one for anyone would be anyone.</summary>
    [Fact]
    public async Task A_groups_clerk_hands_codes_to_its_own_members_and_nobody_gets_one_for_those_who_run_the_hub()
    {
        GroupId eq = new("eq"), rt = new("rt");
        foreach (var group in new[] { eq, rt })
            await host.Do(group, new GroupCommand.Found(group.Value, GroupKind.PolicyCommittee, ""));
        await Account("clerk", "clerk@league.example", "League clerk", null, Duty.Clerk);
        await Account("staff", "staff@league.example", "Policy staff", null, Duty.Staff);
        await Account("eq-member", "eq@city.example", "Mayor", "Davis");
        await Account("rt-member", "rt@city.example", "Mayor", "Woodland");
        await Account("eq-clerk", "eq-clerk@city.example", "Clerk", null);
        foreach (var (group, member, role) in new[] { (eq, "eq-member", Role.Member), (rt, "rt-member", Role.Member), (eq, "eq-clerk", Role.Clerk), (eq, "staff", Role.Member) })
            await host.Do(group, new GroupCommand.FillSeat(new MemberId(member), role));
        await host.CaughtUp(await host.Services.GetRequiredService<RecordQueries>().Head(Cancel));
        string[] everyone = ["admin", "clerk", "staff", "eq-member", "rt-member", "m-clerk"];

        Assert.Equal(["eq-member"], await GetsFrom("eq-clerk"));
        Assert.Equal(["eq-member", "rt-member", "m-clerk"], await GetsFrom("clerk"));

        async Task<IEnumerable<string>> GetsFrom(string slug)
        {
            using var browser = await host.Browser(new MemberId(slug));
            var (listed, given) = (await Page(browser, "/codes?q=e"), new List<string>());
            foreach (var member in everyone)
            {
                using var answer = await browser.Submit("/codes?q=e", "/codes?q=e", ("_handler", "give"), ("member", member));
                var text = WebUtility.HtmlDecode(await answer.Text());
                if (CodeIn(text).Length > 0)
                    given.Add(member);
                else
                    Assert.Contains(AccountRefusals.NotTheirClerk.Sentence, text, StringComparison.Ordinal);
                Assert.Equal(given.Contains(member), listed.Contains($"value=\"{member}\"", StringComparison.Ordinal));
            }

            return given;
        }
    }

    [Fact]
    public async Task Sessions_are_listed_without_their_passes_and_ended_one_by_one_or_all()
    {
        using var here = await host.Browser(new MemberId("m-clerk"));
        using var phone = await host.Browser(new MemberId("m-clerk"));
        using var tablet = await host.Browser(new MemberId("m-clerk"));
        var sessions = await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions();
        var page = await Page(here, "/me");
        Assert.All(sessions, session => Assert.DoesNotContain(session.Pass, page, StringComparison.Ordinal));
        Assert.Equal(2, page.Split("aria-label=\"End the session").Length - 1);

        using var strangers = await (await host.Browser(new MemberId("admin"))).Submit("/me", "/me/sessions/end", ("session", sessions[0].Handle));
        Assert.Equal(3, (await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions()).Length);
        var other = sessions.First(session => page.Contains($"value=\"{session.Handle}\"", StringComparison.Ordinal) && !page.Contains("nothing", StringComparison.Ordinal) && session != sessions.MinBy(one => one.Began));
        using var ended = await here.Submit("/me", "/me/sessions/end", ("session", other.Handle));
        Assert.Equal(2, (await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions()).Length);
        using var others = await here.Submit("/me", "/me/sessions/end-others", ("all", "others"));
        Assert.Single(await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions());
        using var gone = await tablet.Open("/me");
        Assert.Equal("/signin", gone.Headers.Location?.AbsolutePath);
        Assert.Contains(gone.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("collab=;", StringComparison.Ordinal));

        using var everywhere = await here.Submit("/me", "/me/signout-everywhere", ("all", "all"));
        Assert.Empty(await host.Grains.GetGrain<IAccessGrain>("m-clerk").Sessions());
        using var after = await here.Open("/me");
        Assert.Equal("/signin", after.Headers.Location?.AbsolutePath);
    }

    private async Task<MemberId> Account(string slug, string email, string office, string? city, Duty duty = Duty.None)
    {
        var member = await host.Join(slug, office, city, duty);
        await host.Services.GetRequiredService<IAccountBook>().Keep([(member, email)], Cancel);
        return member;
    }

    private static async Task<string> Page(HttpClient browser, string path)
    {
        using var answer = await browser.Open(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Text());
    }

    private static string Token(string link) => link.Split('?')[0].Split('/')[^1];

    /// <summary>Presses the button of a link's page.</summary>
    private static Task<HttpResponseMessage> Press(HttpClient browser, string link, string action) =>
        browser.Submit(link, action, ("token", Token(link)), ("returnUrl", link.Contains("returnUrl=", StringComparison.Ordinal) ? Uri.UnescapeDataString(link.Split("returnUrl=")[1]) : "/"));

    private static string CodeIn(string text) =>
        System.Text.RegularExpressions.Regex.Match(text, "\\b[BCDFGHJKLMNPQRSTVWXZ]{4} [BCDFGHJKLMNPQRSTVWXZ]{4}\\b", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        soon.CancelAfter(TimeSpan.FromSeconds(20));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
            await poll.WaitForNextTickAsync(soon.Token);
    }
}
