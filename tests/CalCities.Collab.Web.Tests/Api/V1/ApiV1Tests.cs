using System.Net;
using System.Text.Json;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Api.V1;

/// <summary>What programs get at /api/v1, over real HTTP on the whole program.</summary>
public sealed class ApiV1Tests(ApiHub hub) : IClassFixture<ApiHub>
{
    private static readonly GroupId Eq = new("eq");

    [Fact]
    public async Task A_program_opens_a_thread_writes_in_it_and_reads_it()
    {
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Equal(HttpStatusCode.OK, (await program.Command("/api/v1/threads/api-round/commands", "open", new ThreadCommand.Open(Eq, new BillId("202520260SB594"), "Water", Readers.GroupOnly))).Status);
        var (status, recorded) = await program.Command("/api/v1/threads/api-round/commands", "post", new ThreadCommand.Post(new("p1"), null, null, Stance.For, "Rain **barrels**.", []));
        Assert.Equal((HttpStatusCode.OK, 2), (status, recorded.GetProperty("version").GetInt64()));

        var (_, thread) = await program.Ask("/api/v1/threads/api-round?atLeast=2");
        Assert.Equal(("Water", "eq", "202520260SB594", "SB 594", "GroupOnly", 1, 2),
            (thread.Text("title"), thread.Text("group"), thread.Text("bill"), thread.Text("billNumber"), thread.Text("readers"), thread.GetProperty("posts").GetInt32(), thread.GetProperty("version").GetInt32()));
        var (_, posts) = await program.Ask("/api/v1/threads/api-round/posts?atLeast=2");
        var post = posts.GetProperty("items")[0];
        Assert.Equal(("p1", "eq-chair", "Mayor, Davis", "For", "Standing", "Rain **barrels**."),
            (post.Text("id"), post.Text("member"), post.Text("by"), post.Text("stance"), post.Text("state"), post.GetProperty("revisions")[0].Text("body")));
        Assert.Equal(JsonValueKind.Null, posts.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task The_same_command_again_gives_the_first_outcome_and_another_under_its_id_is_refused()
    {
        using var program = await hub.ProgramOf("eq-chair");
        await program.Command("/api/v1/threads/api-twice/commands", "open", new ThreadCommand.Open(Eq, null, "Twice", Readers.GroupOnly));
        var post = new ThreadCommand.Post(new("p1"), null, null, Stance.None, "Once.", []);

        var first = await program.Command("/api/v1/threads/api-twice/commands", "again", post);
        var second = await program.Command("/api/v1/threads/api-twice/commands", "again", post);
        var other = await program.Command("/api/v1/threads/api-twice/commands", "again", post with { Body = "Other." });

        Assert.Equal((HttpStatusCode.OK, first.Body.ToString()), (second.Status, second.Body.ToString()));
        Assert.Equal((HttpStatusCode.Conflict, KernelRefusals.CommandIdReused.Code), other.Refused());
        Assert.Equal(1, (await program.Ask("/api/v1/threads/api-twice?atLeast=2")).Body.GetProperty("posts").GetInt32());
    }

    [Fact]
    public async Task A_thread_that_has_not_changed_is_not_sent_again()
    {
        using var program = await hub.ProgramOf("eq-chair");
        await program.Command("/api/v1/threads/api-etag/commands", "open", new ThreadCommand.Open(Eq, null, "Tags", Readers.GroupOnly));
        using var first = await program.GetAsync(new Uri("/api/v1/threads/api-etag?atLeast=1", UriKind.Relative), Cancel);
        var tag = first.Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.NotModified, (await program.Ask("/api/v1/threads/api-etag", tag)).Status);
        await program.Command("/api/v1/threads/api-etag/commands", "post", new ThreadCommand.Post(new("p1"), null, null, Stance.None, "New.", []));
        Assert.Equal(HttpStatusCode.OK, (await program.Ask("/api/v1/threads/api-etag?atLeast=2", tag)).Status);

        // Another viewer's tag is another: what they may see of the same version differs.
        using var staff = await hub.ProgramOf("staff");
        using var seen = await staff.GetAsync(new Uri("/api/v1/threads/api-etag?atLeast=2", UriKind.Relative), Cancel);
        using var again = await program.GetAsync(new Uri("/api/v1/threads/api-etag?atLeast=2", UriKind.Relative), Cancel);
        Assert.NotEqual(again.Headers.ETag, seen.Headers.ETag);
    }

    [Fact]
    public async Task Lists_go_on_page_by_page_and_hold_each_thread_once()
    {
        using var program = await hub.ProgramOf("eq-chair");
        List<string> ids = [];
        for (string? cursor = null, path = "/api/v1/threads?limit=3"; path is not null; path = cursor is null ? null : $"/api/v1/threads?limit=3&cursor={cursor}")
        {
            var (status, page) = await program.Ask(path);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 3);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")!));
            cursor = page.Text("next");
        }

        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.Contains("sb594-landfills", ids);
        Assert.DoesNotContain("board-how-we-decide", ids);
        Assert.True(ids.Count > 6);
    }

    [Fact]
    public async Task Posts_go_on_page_by_page()
    {
        using var program = await hub.ProgramOf("eq-chair");
        await program.Command("/api/v1/threads/api-posts/commands", "open", new ThreadCommand.Open(Eq, null, "Posts", Readers.GroupOnly));
        for (var i = 1; i <= 5; i++)
            await program.Command("/api/v1/threads/api-posts/commands", $"p{i}", new ThreadCommand.Post(new($"p{i}"), null, null, Stance.None, $"{i}", []));

        var (_, first) = await program.Ask("/api/v1/threads/api-posts/posts?limit=2&atLeast=6");
        var (_, last) = await program.Ask("/api/v1/threads/api-posts/posts?limit=2&cursor=4");
        Assert.Equal(("p1 p2", "2"), (Ids(first), first.Text("next")));
        Assert.Equal(("p5", null), (Ids(last), last.Text("next")));
    }

    [Theory]
    [InlineData("/api/v1/threads?limit=0", "BadLimit")]
    [InlineData("/api/v1/threads?limit=101", "BadLimit")]
    [InlineData("/api/v1/threads/sb594-landfills/posts?limit=-1", "BadLimit")]
    [InlineData("/api/v1/threads?cursor=x", "BadCursor")]
    [InlineData("/api/v1/threads?cursor=-1", "BadCursor")]
    [InlineData("/api/v1/threads/sb594-landfills/posts?cursor=99999999999", "BadCursor")]
    [InlineData("/api/v1/bills?cursor=0", "BadCursor")]
    public async Task A_page_that_is_none_is_refused(string path, string code)
    {
        Assert.Contains(code, new[] { ApiRefusals.BadLimit.Code, ApiRefusals.BadCursor.Code });
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Equal((HttpStatusCode.BadRequest, code), (await program.Ask(path)).Refused());
    }

    [Fact]
    public async Task Bills_groups_and_people_are_there_to_read()
    {
        using var program = await hub.ProgramOf("eq-member-01", mayWrite: false);
        Assert.Equal("SB 594", (await program.Ask("/api/v1/bills?q=sb594")).Body.GetProperty("items")[0].Text("number"));
        Assert.Equal("SB 594", (await program.Ask("/api/v1/bills/202520260SB594")).Body.Text("number"));
        Assert.Contains((await program.Ask("/api/v1/groups")).Body.GetProperty("items").EnumerateArray(), group => group.Text("id") == "eq");
        Assert.Equal("Environmental Quality", (await program.Ask("/api/v1/groups/eq")).Body.Text("name"));
        Assert.Contains((await program.Ask("/api/v1/groups/eq/roster")).Body.GetProperty("items").EnumerateArray(), seat => (seat.Text("member"), seat.Text("role")) == ("eq-chair", "Chair"));
        Assert.Equal("Davis", (await program.Ask("/api/v1/members/eq-chair")).Body.Text("city"));
        var (_, me) = await program.Ask("/api/v1/me");
        Assert.Equal(("eq-member-01", false), (me.Text("member"), me.GetProperty("mayWrite").GetBoolean()));
    }

    [Theory]
    [InlineData("/api/v1/bills/202520260AB1")]
    [InlineData("/api/v1/bills/a%20b")]
    [InlineData("/api/v1/groups/nothing")]
    [InlineData("/api/v1/members/nobody")]
    [InlineData("/api/v1/threads/nothing")]
    [InlineData("/api/v1/threads/nothing/posts")]
    public async Task What_is_not_there_is_said_so(string path)
    {
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Equal((HttpStatusCode.NotFound, ApiRefusals.NotFound.Code), (await program.Ask(path)).Refused());
    }

    [Fact]
    public async Task What_one_may_not_is_forbidden_and_what_does_not_fit_is_a_conflict()
    {
        using var chair = await hub.ProgramOf("eq-chair");
        using var member = await hub.ProgramOf("eq-member-01");
        await chair.Command("/api/v1/threads/api-rules/commands", "open", new ThreadCommand.Open(Eq, null, "Rules", Readers.AllMembers));

        Assert.Equal((HttpStatusCode.Forbidden, ThreadRefusals.OnlyTheChair.Code), (await member.Command("/api/v1/threads/api-rules/commands", "close", new ThreadCommand.Close())).Refused());
        Assert.Equal((HttpStatusCode.Conflict, ThreadRefusals.AlreadyOpened.Code), (await chair.Command("/api/v1/threads/api-rules/commands", "open2", new ThreadCommand.Open(Eq, null, "Rules", Readers.AllMembers))).Refused());
        Assert.Equal((HttpStatusCode.Conflict, ThreadRefusals.EmptyBody.Code), (await chair.Command("/api/v1/threads/api-rules/commands", "empty", new ThreadCommand.Post(new("p1"), null, null, Stance.None, " ", []))).Refused());
        Assert.Equal((HttpStatusCode.BadRequest, KernelRefusals.BadCommandId.Code), (await chair.Command("/api/v1/threads/api-rules/commands", "when:x", new ThreadCommand.Close())).Refused());
    }

    [Fact]
    public async Task The_document_describes_every_address_and_asks_for_a_token()
    {
        using var anyone = hub.Asker(null);
        var (status, document) = await anyone.Ask("/api/v1/openapi.json");

        Assert.Equal(HttpStatusCode.OK, status);
        var described = from path in document.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        Assert.Equal(ApiRights.Rows[0].Acts.Order(), described.Order());
        Assert.All(document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()), operation => Assert.NotEmpty(operation.Value.Text("summary")!));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").Text("scheme"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Ids(JsonElement page) => string.Join(' ', page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
}

internal static class Members
{
    public static string? Text(this JsonElement of, string name) => of.GetProperty(name).GetString();
}
