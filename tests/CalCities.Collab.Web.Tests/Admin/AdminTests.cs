using System.Net;
using CalCities.Collab.Accounts;
using CalCities.Collab.Api.V1;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Admin;

/// <summary>The pages for whoever runs the hub, and what the audit notes, on the whole program.</summary>
public sealed class AdminTests(ApiHub hub) : IClassFixture<ApiHub>
{
    private static readonly string[] ThreadsOwn = ["/api/v1/threads/sb594-landfills/commands"];

    [Theory]
    [InlineData("eq-chair", "/admin", HttpStatusCode.Redirect)]
    [InlineData("follower", "/admin", HttpStatusCode.Redirect)]
    [InlineData("clerk", "/admin", HttpStatusCode.Redirect)]
    [InlineData("staff", "/admin", HttpStatusCode.OK)]
    [InlineData("admin", "/admin", HttpStatusCode.OK)]
    [InlineData("staff", "/admin/audit", HttpStatusCode.Redirect)]
    [InlineData("eq-chair", "/admin/audit", HttpStatusCode.Redirect)]
    [InlineData("admin", "/admin/audit", HttpStatusCode.OK)]
    public async Task Who_runs_the_hub_sees_how_it_runs(string persona, string page, HttpStatusCode expected)
    {
        Assert.Equal("OnlyAdmins", AdminRefusals.OnlyAdmins.Code);
        using var browser = await hub.BrowserOf(persona);
        using var answer = await browser.Open(page);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task An_admin_sees_the_state_the_last_backup_and_import_and_the_disk_and_staff_only_what_concerns_them()
    {
        var audit = hub.Services.GetRequiredService<IAudit>();
        await audit.Note("backup", AuditActions.BackedUp, "12345 events, 678 bytes.");
        await audit.Note("import", AuditActions.Imported, "2 bills: 1 new, 1 changed, 0 rows not taken.");
        using var admin = await hub.BrowserOf("admin");
        using var staff = await hub.BrowserOf("staff");
        using var full = await admin.Open("/admin");
        using var part = await staff.Open("/admin");
        var (all, some) = (await full.Text(), await part.Text());

        foreach (var shown in new[] { "Last good backup", "12345 events", "Room on the disk", "GB", "2 bills: 1 new", "/admin/audit", "/admin/rosters", "/admin/accounts", "Well", "Mail that failed", "No mail server is set" })
            Assert.Contains(shown, all, StringComparison.Ordinal);
        Assert.Contains("2 bills: 1 new", some, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Last good backup", "Room on the disk", "/admin/audit" })
            Assert.DoesNotContain(hidden, some, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_someone_is_denied_is_noted_and_what_only_does_not_fit_is_not()
    {
        using var program = await hub.ProgramOf("rt-vice-chair");
        await program.Command(ThreadsOwn[0], "denied-1", new ThreadCommand.Close());
        await program.Command("/api/v1/threads/rt-own/commands", "fits-not", new ThreadCommand.Open(new("rt"), null, "", Readers.GroupOnly));
        using var browser = await hub.BrowserOf("rt-vice-chair");
        using var page = await browser.Open("/admin/audit");

        var noted = await Denied("rt-vice-chair");
        Assert.Equal(["GET /admin/audit.", $"threads.close to thread/sb594-landfills: {ThreadRefusals.NoSuchThread.Code}."], noted);
    }

    [Fact]
    public async Task A_flood_of_denials_leaves_a_few_lines()
    {
        using var program = await hub.ProgramOf("rt-member-01");
        for (var i = 0; i < 30; i++)
            await program.Command(ThreadsOwn[0], $"flood-{i}", new ThreadCommand.Close());

        Assert.Equal(DenialNotes.PerMemberAndMinute, (await Denied("rt-member-01")).Length);
    }

    [Fact]
    public async Task The_audit_names_people_goes_on_page_by_page_and_is_narrowed_to_a_person()
    {
        var audit = hub.Services.GetRequiredService<IAudit>();
        for (var i = 0; i < 101; i++)
            await audit.Note("cs-chair", "signed-in", $"By a test, {i}. <script>x</script>");
        using var admin = await hub.BrowserOf("admin");
        using var first = await admin.Open("/admin/audit?person=cs-chair");
        var text = await first.Text();

        Assert.Contains("Signed in.", text, StringComparison.Ordinal);
        Assert.Contains("By a test, 100.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("By a test, 0.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", text, StringComparison.Ordinal);
        Assert.DoesNotContain("12345 events", text, StringComparison.Ordinal);
        using var named = await admin.Open("/admin/audit?person=Environmental+nobody");
        Assert.Contains("Nothing yet.", await named.Text(), StringComparison.Ordinal);
        var older = WebUtility.HtmlDecode(text[(text.IndexOf("/admin/audit?person=cs-chair&amp;before=", StringComparison.Ordinal))..].Split('"')[0]);
        using var second = await admin.Open(older);
        Assert.Contains("By a test, 0.", await second.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_standing_come_from_the_log()
    {
        await hub.Join("new-official", "Mayor", "Fresno", Duty.None);
        await hub.CaughtUp();
        using var admin = await hub.BrowserOf("admin");
        using var one = await admin.Open("/admin/audit?show=standing&person=new-official");
        using var seats = await admin.Open("/admin/audit?show=standing&person=eq-chair");

        Assert.Contains("Joined as Mayor, Fresno.", await one.Text(), StringComparison.Ordinal);
        Assert.Contains("Appointed to eq as Chair by sacramento-valley.", await seats.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_for_those_who_run_the_hub_shows_what_people_wrote()
    {
        using var chair = await hub.ProgramOf("eq-chair");
        await chair.Command("/api/v1/threads/quiet/commands", "quiet-1", new ThreadCommand.Open(new("eq"), null, "Xylophone title", Readers.GroupOnly));
        await chair.Command("/api/v1/threads/quiet/commands", "quiet-2", new ThreadCommand.Post(new("p"), null, null, Stance.None, "Xylophone words", []));
        using var admin = await hub.BrowserOf("admin");
        foreach (var path in new[] { "/admin", "/admin/audit", "/admin/audit?show=standing", "/me/record", "/me/tokens", "/threads/quiet", "/groups/eq" })
        {
            using var page = await admin.Open(path);
            Assert.DoesNotContain("Xylophone", await page.Text(), StringComparison.Ordinal);
        }

        using var program = await hub.ProgramOf("admin");
        foreach (var path in new[] { "/api/v1/threads/quiet", "/api/v1/threads/quiet/posts", "/api/v1/threads?limit=100", "/api/v1/threads?group=eq" })
            Assert.DoesNotContain("Xylophone", (await program.Ask(path)).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_makes_a_token_on_ones_page_sees_it_once_and_ends_it()
    {
        using var browser = await hub.BrowserOf("hced-chair");
        using var made = await browser.Submit("/me/tokens", "/me/tokens", ("_handler", "make"), ("Form.Name", "Agenda <screen>"), ("Form.Scope", "write"), ("Form.Ends", Pacific.Day(DateTimeOffset.UtcNow).AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        var text = await made.Text();
        var secret = text[text.IndexOf("cct.", StringComparison.Ordinal)..].Split('"')[0];
        using var again = await browser.Open("/me/tokens");
        var listed = await again.Text();

        using var program = hub.Asker(secret);
        Assert.True((await program.Ask("/api/v1/me")).Body.GetProperty("mayWrite").GetBoolean());
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        Assert.Contains("Agenda &lt;screen&gt;", listed, StringComparison.Ordinal);

        var id = Assert.Single(await hub.Grains.GetGrain<ITokenGrain>("hced-chair").Tokens()).Id;
        using var ended = await browser.Submit("/me/tokens", "/me/tokens", ("_handler", $"end-{id}"));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Ask("/api/v1/me")).Status);
        Assert.Equal(["token-ended", "token-made"], (await hub.Services.GetRequiredService<AuditQueries>().Before(null, "hced-chair")).Select(entry => entry.Action).Where(action => action.StartsWith("token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_is_not_made_without_its_forms_token_nor_ended_by_someone_else()
    {
        var grain = hub.Grains.GetGrain<ITokenGrain>("ps-chair");
        await grain.Make("Mine", false, DateTimeOffset.UtcNow.AddDays(1));
        var id = (await grain.Tokens())[0].Id;
        using var other = await hub.BrowserOf("ps-vice-chair");
        using var form = new FormUrlEncodedContent([new("_handler", "make"), new("Form.Name", "Forged"), new("Form.Scope", "write"), new("Form.Ends", "2027-01-01")]);
        using var forged = await other.PostAsync(new Uri("/me/tokens", UriKind.Relative), form, TestContext.Current.CancellationToken);
        using var stolen = await other.Submit("/me/tokens", "/me/tokens", ("_handler", $"end-{id}"));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.NotEqual(HttpStatusCode.Redirect, stolen.StatusCode);
        Assert.Equal(["Mine"], (await grain.Tokens()).Select(token => token.Name));
        Assert.Empty(await hub.Grains.GetGrain<ITokenGrain>("ps-vice-chair").Tokens());
    }

    private async Task<string[]> Denied(string member) =>
        [.. (await hub.Services.GetRequiredService<AuditQueries>().Before(null, member, AuditActions.Denied)).Select(entry => entry.Detail)];
}
