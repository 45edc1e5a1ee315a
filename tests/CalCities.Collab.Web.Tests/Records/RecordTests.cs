using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CalCities.Collab.Api.V1;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Records;

/// <summary>Exports of the record on the whole program, by real requests.</summary>
public sealed class RecordTests(ApiHub hub) : IClassFixture<ApiHub>
{
    private static readonly GroupId Eq = new("eq");

    [Fact]
    public async Task A_persons_record_holds_every_word_of_theirs_and_no_word_of_anyone_else()
    {
        var thread = await Talk("record-own");
        using var browser = await hub.BrowserOf("eq-member-03");

        var record = await Download(browser, "/me/record", "/me/record/download");

        var file = Assert.Single(record.Keys, name => name.Contains("(record-own)", StringComparison.Ordinal));
        var text = record[file];
        Assert.Contains("# Water \\<b\\>first\\</b\\>", text, StringComparison.Ordinal);
        Assert.Contains("- Group: Environmental Quality", text, StringComparison.Ordinal);
        Assert.Contains("## Post #2 (withdrawn by its author on ", text, StringComparison.Ordinal);
        Assert.Contains("- In answer to post #1 by Mayor, Davis of ", text, StringComparison.Ordinal);
        Assert.Contains("- Stance: against", text, StringComparison.Ordinal);
        Assert.Contains("```text\nMy first words.\n```", text, StringComparison.Ordinal);
        Assert.Contains("## Edited post #2", text, StringComparison.Ordinal);
        Assert.Contains("```text\nMy second words.\n```", text, StringComparison.Ordinal);
        Assert.Contains("## Withdrew post #2", text, StringComparison.Ordinal);
        Assert.Contains("## Agreed with post #1 by Mayor, Davis of ", text, StringComparison.Ordinal);
        Assert.Contains("## Post #3 (hidden by Mayor, Davis on ", text, StringComparison.Ordinal);
        Assert.Contains("````text\n```\n## Post #1\n```\n````", text, StringComparison.Ordinal);

        foreach (var others in new[] { "The chair's own words.", "The chair's reason." })
            Assert.All(record, part => Assert.DoesNotContain(others, part.Value, StringComparison.Ordinal));

        var events = JsonSerializer.Deserialize<JsonElement[]>(record["events.json"])!.Where(e => e.GetProperty("stream").GetString() == thread.ToString()).ToArray();
        Assert.Equal(["threads.posted.v1", "threads.edited.v1", "threads.withdrawn.v1", "threads.agreed.v1", "threads.posted.v1"], events.Select(e => e.GetProperty("kind").GetString()!));
        Assert.Equal([3, 4, 5, 6, 7], events.Select(e => e.GetProperty("version").GetInt32()));
        Assert.All(events, e => Assert.Equal("eq-member-03", e.GetProperty("member").GetString()));
        Assert.All(events, e => Assert.True(e.GetProperty("position").GetInt64() > 0 && e.GetProperty("time").GetDateTimeOffset() > default(DateTimeOffset)));
        Assert.Contains("Posts are kept; nothing vanishes.", record["README.txt"], StringComparison.Ordinal);
        Assert.Contains($"{record.Count - 2} threads", record["README.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citys_clerk_downloads_what_its_own_officials_wrote_for_it()
    {
        await Talk("record-city");
        await hub.Join("clerk-davis", "City Clerk", "Davis", Duty.CityClerk);
        using var clerk = await hub.BrowserAs(new("clerk-davis"));

        var record = await Download(clerk, "/cities/davis/record", "/cities/davis/record/download");

        var text = record[Assert.Single(record.Keys, name => name.Contains("(record-city)", StringComparison.Ordinal))];
        Assert.Contains("The chair's own words.", text, StringComparison.Ordinal);
        Assert.Contains("## Hid post #3 by ", text, StringComparison.Ordinal);
        Assert.Contains("The chair's reason.", text, StringComparison.Ordinal);
        foreach (var others in new[] { "My first words.", "My second words.", "## Post #2" })
            Assert.DoesNotContain(others, text, StringComparison.Ordinal);
        var persons = JsonSerializer.Deserialize<JsonElement[]>(record["events.json"])!.Select(e => e.GetProperty("member").GetString()!).Distinct().ToArray();
        Assert.Contains("eq-chair", persons);
        Assert.DoesNotContain("eq-member-03", persons);
    }

    [Fact]
    public async Task A_renamed_citys_record_is_one_with_each_act_under_the_name_of_its_time()
    {
        var (city, door) = (new CityId("alder-springs"), hub.Services.GetRequiredService<IDoor>());
        await Do(city, new CityCommand.Register("Alder Springs", "Glenn", new GroupId("sacramento-valley")));
        await hub.Join("alder-mayor", "Mayor", "Alder Springs", Duty.None);
        await hub.Join("alder-clerk", "City Clerk", "Alder Springs", Duty.CityClerk);
        await Do(Eq, new GroupCommand.FillSeat(new("alder-mayor"), Role.Member));
        await hub.CaughtUp();
        var thread = new ThreadId("record-renamed");
        await Say(new ThreadCommand.Open(Eq, null, "Renamed", Readers.GroupOnly));
        await Say(new ThreadCommand.Post(new("a"), null, null, Stance.None, "Before the renaming.", []));

        await Do(city, new CityCommand.Rename("Alder Lake"));
        await Do(new MemberId("alder-mayor"), new MemberCommand.Describe(null, "Mayor", "Alder Lake", Duty.None));
        await Do(new MemberId("alder-clerk"), new MemberCommand.Describe(null, "City Clerk", "Alder Lake", Duty.CityClerk));
        await hub.CaughtUp();
        await Say(new ThreadCommand.Edit(new("a"), "Edited after it.", []));
        await Say(new ThreadCommand.Post(new("b"), null, null, Stance.None, "After the renaming.", []));
        await hub.CaughtUp();
        using var clerk = await hub.BrowserAs(new("alder-clerk"));

        foreach (var address in new[] { "alder-springs", "alder-lake" })
        {
            var record = await Download(clerk, $"/cities/{address}/record", $"/cities/{address}/record/download");
            var text = Assert.Single(record, part => part.Key.Contains("(record-renamed)", StringComparison.Ordinal)).Value;
            foreach (var words in new[] { "Before the renaming.", "Edited after it.", "After the renaming.", "as Mayor, Alder Springs", "as Mayor, Alder Lake" })
                Assert.Contains(words, text, StringComparison.Ordinal);
            Assert.Contains("The record of the officials of Alder Lake (before: Alder Springs)", record["README.txt"], StringComparison.Ordinal);
        }

        async Task Do<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, TCommand command) where TCommand : class, ICommand =>
            Assert.IsType<Outcome.Recorded>(await door.Execute(new Actor.Program("test"), to, new CommandId(Guid.NewGuid().ToString("N")), command));

        async Task Say(ThreadCommand command) =>
            Assert.IsType<Outcome.Recorded>(await door.Execute(Caller.InProcess(new("alder-mayor")), thread, new CommandId(Guid.NewGuid().ToString("N")), command));
    }

    [Fact]
    public async Task The_leagues_clerk_may_too_and_it_is_noted_in_the_audit()
    {
        using var clerk = await hub.BrowserOf("clerk");
        await Download(clerk, "/cities/davis/record", "/cities/davis/record/download");

        Assert.Contains(await hub.Services.GetRequiredService<AuditQueries>().Before(null, "clerk", "record-exported"), entry => entry.Detail == "Downloaded the record of davis.");
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("admin")]
    [InlineData("eq-chair")]
    [InlineData("follower")]
    [InlineData("board-president")]
    public async Task Nobody_else_has_a_citys_record(string persona)
    {
        using var browser = await hub.BrowserOf(persona);
        using var page = await browser.Open("/cities/davis/record");
        using var download = await browser.Submit("/me/record", "/cities/davis/record/download");

        var shown = await page.Text();
        Assert.Contains("This record is not yours to open", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Download the record", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, download.StatusCode);
        Assert.Equal(RecordRefusals.NotYourCity.Sentence, await download.Text());
    }

    [Theory]
    [InlineData("sacramento")]
    [InlineData("Davis2")]
    public async Task A_citys_clerk_has_no_other_citys_record(string slug)
    {
        await hub.Join($"clerk-of-{slug}", "City Clerk", "Woodland", Duty.CityClerk);
        using var clerk = await hub.BrowserAs(new($"clerk-of-{slug}"));
        using var download = await clerk.Submit("/me/record", $"/cities/{slug}/record/download");
        Assert.Equal(HttpStatusCode.Forbidden, download.StatusCode);
    }

    [Fact]
    public void The_record_of_a_city_is_its_own_clerks_by_the_citys_id()
    {
        Refusal? Against(Duty duty, string? own, string city) =>
            new Standing("Clerk", own, duty, [new Seat(Eq, Role.Clerk)]) is var standing ? RecordRights.AgainstCity(standing, RecordEndpoints.OwnOf(standing, new CityNames()), new CityId(city)) : null;
        Assert.Null(Against(Duty.CityClerk, "La Cañada Flintridge", "la-canada-flintridge"));
        Assert.Null(Against(Duty.Clerk, null, "davis"));
        Assert.Equal(RecordRefusals.NotYourCity, Against(Duty.CityClerk, "Davis", "woodland"));
        Assert.Equal(RecordRefusals.NotYourCity, Against(Duty.CityClerk, null, ""));
        Assert.Equal(RecordRefusals.NotYourCity, Against(Duty.None, "Davis", "davis"));
    }

    [Fact]
    public async Task A_download_without_its_forms_token_is_none()
    {
        using var browser = await hub.BrowserOf("eq-chair");
        using var form = new FormUrlEncodedContent([]);
        foreach (var path in new[] { "/me/record/download", "/cities/davis/record/download" })
        {
            using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc passwd")]
    [InlineData("CON\\..\\x:y*?\"<>|", "CON x y")]
    [InlineData("…", "")]
    [InlineData("a very long title that goes on and on and on and on and on and on and on and on", "a very long title that goes on and on and on and on and on a")]
    public async Task A_title_is_no_way_out_of_the_archive(string title, string named)
    {
        var id = $"record-name-{named.Length}";
        using var chair = await hub.ProgramOf("eq-chair");
        Assert.Equal(HttpStatusCode.OK, (await chair.Command($"/api/v1/threads/{id}/commands", id, new ThreadCommand.Open(Eq, null, title, Readers.GroupOnly))).Status);
        await CaughtUp();
        using var browser = await hub.BrowserOf("eq-chair");

        var record = await Download(browser, "/me/record", "/me/record/download");

        var file = Assert.Single(record.Keys, name => name.Contains($"({id})", StringComparison.Ordinal));
        Assert.Equal($"threads/{Pacific.Day(DateTimeOffset.UtcNow):yyyy-MM-dd} {named} ({id}).md", file);
        Assert.All(record.Keys, name => Assert.True(name.Count(c => c is '/' or '\\') <= 1 && !name.Contains("..", StringComparison.Ordinal), name));
    }

    [Theory]
    [InlineData("plain", "```text\nplain\n```")]
    [InlineData("```", "````text\n```\n````")]
    [InlineData("a ```` b", "`````text\na ```` b\n`````")]
    public void Words_are_set_off_by_a_fence_that_they_do_not_hold(string words, string fenced) => Assert.Equal(fenced, ThreadRecord.Fenced(words));

    /// <summary>A thread that the chair opens and writes in, a member answers, edits, withdraws and agrees, and whose other post the chair hides.</summary>
    private async Task<StreamId> Talk(string id)
    {
        using var chair = await hub.ProgramOf("eq-chair");
        using var member = await hub.ProgramOf("eq-member-03");
        var path = $"/api/v1/threads/{id}/commands";
        var made = 0;
        foreach (var (by, command) in new (HttpClient, ThreadCommand)[]
        {
            (chair, new ThreadCommand.Open(Eq, new("202520260SB594"), "Water <b>first</b>", Readers.GroupOnly)),
            (chair, new ThreadCommand.Post(new("a"), null, null, Stance.For, "The chair's own words.", [])),
            (member, new ThreadCommand.Post(new("b"), new("a"), null, Stance.Against, "My first words.", [])),
            (member, new ThreadCommand.Edit(new("b"), "My second words.", [])),
            (member, new ThreadCommand.Withdraw(new("b"))),
            (member, new ThreadCommand.Agree(new("a"))),
            (member, new ThreadCommand.Post(new("c"), null, new Quote(new("a"), 0, 4, 11), Stance.None, "```\n## Post #1\n```", [])),
            (chair, new ThreadCommand.Hide(new("c"), "The chair's reason.")),
        })
            Assert.Equal(HttpStatusCode.OK, (await by.Command(path, $"{id}-{made++}", command)).Status);
        await CaughtUp();
        return new ThreadId(id).Stream;
    }

    private async Task CaughtUp() => await hub.CaughtUp(await hub.Services.GetRequiredService<RecordQueries>().Head());

    private static async Task<Dictionary<string, string>> Download(HttpClient browser, string page, string action)
    {
        using var answer = await browser.Submit(page, action);
        Assert.Equal((HttpStatusCode.OK, "application/zip", "attachment"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        await using var zip = await ZipArchive.CreateAsync(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), ZipArchiveMode.Read, false, null, TestContext.Current.CancellationToken);
        Dictionary<string, string> parts = [];
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            parts.Add(entry.FullName, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return parts;
    }
}
