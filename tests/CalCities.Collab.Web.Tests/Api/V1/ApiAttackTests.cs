using System.Net;
using System.Text.Json;
using CalCities.Collab.Accounts;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Api.V1;

/// <summary>What someone tries who holds a token or a cookie and drives the hub by hand.</summary>
public sealed class ApiAttackTests(ApiHub hub) : IClassFixture<ApiHub>
{
    private static readonly GroupId Eq = new("eq");

    /// <summary>Every address, with the id of a thing that exists.</summary>
    private static readonly string[] Reads =
    [
        "/api/v1/me", "/api/v1/threads", "/api/v1/threads/sb594-landfills", "/api/v1/threads/sb594-landfills/posts", "/api/v1/bills", "/api/v1/bills/202520260SB594",
        "/api/v1/groups", "/api/v1/groups/eq", "/api/v1/groups/eq/roster", "/api/v1/members/eq-chair",
    ];

    private static readonly string[] Commands = ["/api/v1/threads/sb594-landfills/commands", "/api/v1/bills/202520260SB594/commands", "/api/v1/groups/eq/commands"];

    [Theory]
    [InlineData(null)]
    [InlineData("cct.eq-chair.0000000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cct.nobody.0000000000000000.AAAA")]
    [InlineData("cct.../../etc.00.AA")]
    [InlineData("eq-chair")]
    public async Task Without_a_token_that_holds_every_address_is_closed(string? bearer)
    {
        using var program = hub.Asker(bearer);
        foreach (var path in Reads)
            Assert.Equal((HttpStatusCode.Unauthorized, ApiRefusals.NoToken.Code), (await program.Ask(path)).Refused());
        foreach (var path in Commands)
            Assert.Equal((HttpStatusCode.Unauthorized, ApiRefusals.NoToken.Code), (await program.Send(path, "{}")).Refused());
    }

    [Fact]
    public async Task Anothers_token_id_with_ones_own_secret_opens_nothing()
    {
        Assert.True(TokenText.TryParse(await hub.TokenOf("eq-chair"), out var mine));
        Assert.True(TokenText.TryParse(await hub.TokenOf("rt-chair"), out var theirs));
        foreach (var forged in new[] { mine with { Member = "rt-chair" }, mine with { Id = theirs.Id }, theirs with { Secret = mine.Secret }, theirs with { Secret = theirs.Secret.ToUpperInvariant() } })
        {
            using var program = hub.Asker(forged.ToString());
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.Ask("/api/v1/me")).Status);
        }
    }

    [Fact]
    public async Task A_browsers_cookie_opens_nothing_under_api()
    {
        using var browser = await hub.BrowserOf("eq-chair");
        foreach (var path in Reads)
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Ask(path)).Status);
        foreach (var path in Commands)
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Send(path, "{}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Ask("/API/V1/me")).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/threads/sb594-landfills")]
    [InlineData("/groups/eq")]
    [InlineData("/me/tokens")]
    [InlineData("/_blazor")]
    public async Task A_token_opens_no_page(string path)
    {
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Contains((await program.Ask(path)).Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task A_token_makes_and_ends_no_token()
    {
        using var program = await hub.ProgramOf("eq-chair");
        using var form = new FormUrlEncodedContent([new("_handler", "make"), new("Form.Name", "More"), new("Form.Scope", "write"), new("Form.Ends", "2027-01-01")]);
        using var answer = await program.PostAsync(new Uri("/me/tokens", UriKind.Relative), form, Cancel);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized });
        Assert.DoesNotContain(await hub.Grains.GetGrain<ITokenGrain>("eq-chair").Tokens(), token => token.Name == "More");
    }

    [Fact]
    public async Task An_ended_token_is_refused_at_its_next_call()
    {
        var token = await hub.TokenOf("eq-chair");
        using var program = hub.Asker(token);
        Assert.Equal(HttpStatusCode.OK, (await program.Ask("/api/v1/me")).Status);

        Assert.True(TokenText.TryParse(token, out var read));
        await hub.Grains.GetGrain<ITokenGrain>("eq-chair").End(read.Id);

        Assert.Equal((HttpStatusCode.Unauthorized, ApiRefusals.NoToken.Code), (await program.Ask("/api/v1/me")).Refused());
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Command(Commands[0], "after", new ThreadCommand.Close())).Status);
    }

    [Fact]
    public async Task A_token_that_reads_writes_nothing()
    {
        using var program = await hub.ProgramOf("eq-chair", mayWrite: false);
        Assert.Equal((HttpStatusCode.Forbidden, KernelRefusals.TokenReadsOnly.Code), (await program.Command(Commands[0], "read-only", new ThreadCommand.Close())).Refused());
        Assert.Equal((HttpStatusCode.Forbidden, KernelRefusals.TokenReadsOnly.Code),
            (await program.Command("/api/v1/threads/by-reader/commands", "read-only-2", new ThreadCommand.Open(Eq, null, "No", Readers.AllMembers))).Refused());
    }

    [Theory]
    [InlineData("rt-chair")]
    [InlineData("follower")]
    [InlineData("admin")]
    public async Task Another_groups_private_thread_answers_like_one_that_is_not_there(string persona)
    {
        using var program = await hub.ProgramOf(persona);
        foreach (var rest in new[] { "", "/posts", "?atLeast=1", "/posts?limit=1" })
            Assert.Equal(Without(await program.Ask($"/api/v1/threads/nothing{rest}")), Without(await program.Ask($"/api/v1/threads/sb594-landfills{rest}")));
        foreach (var command in new ThreadCommand[] { new ThreadCommand.Close(), new ThreadCommand.Agree(new("p1")), new ThreadCommand.Post(new("x"), null, null, Stance.None, "x", []), new ThreadCommand.Hide(new("p1"), "x") })
        {
            var there = await program.Command(Commands[0], $"swap-{persona}", command);
            var nowhere = await program.Command("/api/v1/threads/nothing/commands", $"swap-{persona}", command);
            Assert.Equal((HttpStatusCode.NotFound, ThreadRefusals.NoSuchThread.Code), there.Refused());
            Assert.Equal(Without(nowhere), Without(there));
        }
    }

    [Fact]
    public async Task No_list_count_or_cursor_tells_of_a_private_thread()
    {
        using var outsider = await hub.ProgramOf("rt-chair");
        foreach (var path in new[] { "/api/v1/threads?limit=1", "/api/v1/threads?limit=100", "/api/v1/threads?group=eq&limit=100", "/api/v1/threads?bill=202520260SB594&limit=100" })
        {
            for (var cursor = ""; cursor is not null;)
            {
                var (_, page) = await outsider.Ask($"{path}{cursor}");
                Assert.DoesNotContain("landfills", page.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("GroupOnly", string.Concat(from item in page.GetProperty("items").EnumerateArray() where item.Text("group") != "rt" select item.Text("readers")), StringComparison.Ordinal);
                cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
            }
        }
    }

    /// <summary>A thread's only proof of a page is the last row on it: the cursor of a page whose last rows are others' points to the last one shown.</summary>
    [Fact]
    public async Task A_chair_of_one_committee_has_no_say_in_another()
    {
        using var program = await hub.ProgramOf("rt-chair");
        Assert.Equal((HttpStatusCode.Forbidden, ThreadRefusals.NoSeat.Code),
            (await program.Command("/api/v1/threads/foreign/commands", "foreign", new ThreadCommand.Open(Eq, null, "Ours now", Readers.AllMembers))).Refused());
        Assert.Equal(HttpStatusCode.NotFound, (await program.Ask("/api/v1/threads/foreign")).Status);
    }

    [Fact]
    public async Task A_command_of_one_thing_is_none_of_another()
    {
        using var program = await hub.ProgramOf("eq-chair");
        var thread = new ThreadCommand.Close();
        var group = new GroupCommand.VacateSeat(new MemberId("eq-chair"));
        foreach (var (path, command) in new (string, ICommand)[] { (Commands[0], group), (Commands[1], thread), (Commands[2], thread), ("/api/v1/bills/sb594-landfills/commands", thread) })
            Assert.Equal((HttpStatusCode.BadRequest, HubRefusals.BadCommand.Code), (await program.Command(path, "crossed", command)).Refused());
    }

    /// <summary>Seats, accounts and what the Legislature says are no program's to change, whoever owns its token.</summary>
    [Theory]
    [InlineData("eq-chair")]
    [InlineData("eq-member-01")]
    [InlineData("staff")]
    [InlineData("admin")]
    [InlineData("follower")]
    public async Task What_no_token_may_do_it_does_for_nobody(string persona)
    {
        using var program = await hub.ProgramOf(persona);
        foreach (var (path, command) in new (string, ICommand)[]
        {
            (Commands[2], new GroupCommand.FillSeat(new MemberId(persona), Role.Chair)),
            ("/api/v1/groups/rt/commands", new GroupCommand.FillSeat(new MemberId(persona), Role.Chair)),
            (Commands[2], new GroupCommand.VacateSeat(new MemberId("eq-vice-chair"))),
            (Commands[1], new BillCommand.Observe(SomeBills.Observed)),
        })
            Assert.Equal((HttpStatusCode.Forbidden, KernelRefusals.NotByToken.Code), (await program.Command(path, $"not-{persona}", command)).Refused());
        await using var connection = await Connect(await hub.TokenOf(persona));
        Assert.Equal(KernelRefusals.NotByToken.Code, (await Execute(connection, "member/eq-chair", $"not-{persona}", new MemberCommand.LeaveSeat(Eq))).Code);
    }

    /// <summary>Who acts, when and as whom are the server's to say.</summary>
    [Theory]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":{},"member":"rt-chair"}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":{},"actor":{"program":"import"}}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":{"by":"staff"}}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","kind":"threads.reopen","body":{}}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.post","body":{"id":"x","id":"y","stance":"None","body":"b","mentions":[],"inReplyTo":null,"quote":null}}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.closed.v1","body":{}}""")]
    [InlineData("""{"commandId":"o1","kind":"nothing","body":{}}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":[]}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":null}""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close"}""")]
    [InlineData("""{"commandId":null,"kind":"threads.close","body":{}}""")]
    [InlineData("""{"commandId":1,"kind":"threads.close","body":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"commandId":"o1","kind":"threads.close","body":{}}{}""")]
    [InlineData("")]
    [InlineData("{")]
    public async Task What_holds_more_or_less_than_a_command_is_none(string body)
    {
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Equal((HttpStatusCode.BadRequest, HubRefusals.BadCommand.Code), (await program.Send(Commands[0], body)).Refused());
        Assert.False((await program.Ask("/api/v1/threads/sb594-landfills")).Body.GetProperty("isClosed").GetBoolean());
    }

    [Fact]
    public async Task A_body_nested_beyond_any_command_is_none()
    {
        using var program = await hub.ProgramOf("eq-chair");
        var deep = $$"""{"commandId":"o1","kind":"threads.close","body":{{string.Concat(Enumerable.Repeat("{\"a\":", 5_000))}}1{{new string((char)125, 5_001)}}""";
        Assert.Equal((HttpStatusCode.BadRequest, HubRefusals.BadCommand.Code), (await program.Send(Commands[0], deep)).Refused());
    }

    [Fact]
    public async Task A_body_larger_than_any_command_is_not_read()
    {
        using var program = await hub.ProgramOf("eq-chair");
        var big = "{\"commandId\":\"o1\",\"kind\":\"threads.close\",\"body\":{\"a\":\"" + new string('a', LiveHub.MaxMessageBytes) + "\"}}";
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, ApiRefusals.TooBig.Code), (await program.Send(Commands[0], big)).Refused());
    }

    [Fact]
    public async Task Only_JSON_is_taken()
    {
        using var program = await hub.ProgramOf("eq-chair");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await program.Send(Commands[0], """{"commandId":"o1","kind":"threads.close","body":{}}""", "text/plain")).Status);
    }

    [Fact]
    public async Task Other_methods_are_not_answered()
    {
        using var program = await hub.ProgramOf("eq-chair");
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Post })
            foreach (var path in Reads)
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
                using var answer = await program.SendAsync(request, Cancel);
                Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, answer.StatusCode));
            }

        foreach (var path in Commands)
        {
            Assert.Equal((HttpStatusCode.MethodNotAllowed, ApiRefusals.OnlySent.Code), (await program.Ask(path)).Refused());
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
                using var answer = await program.SendAsync(request, Cancel);
                Assert.Equal((method, path, HttpStatusCode.MethodNotAllowed, "POST"), (method, path, answer.StatusCode, string.Join(' ', answer.Content.Headers.Allow.Where(one => one == "POST"))));
            }
        }
    }

    [Fact]
    public async Task Another_sites_page_sends_no_command_even_with_a_token()
    {
        using var program = await hub.ProgramOf("eq-chair");
        program.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Command(Commands[0], "evil", new ThreadCommand.Close())).Status);
    }

    [Fact]
    public async Task Two_credentials_at_once_are_none()
    {
        using var program = hub.Asker(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/me", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {await hub.TokenOf("eq-chair")}", $"Bearer {await hub.TokenOf("rt-chair")}"]);
        using var answer = await program.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_address_counts_at_the_live_hub_alone()
    {
        using var program = hub.Asker(null);
        var token = await hub.TokenOf("eq-chair");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Ask($"/api/v1/me?access_token={token}")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await program.Ask($"/?access_token={token}")).Status);
        using var negotiated = await program.PostAsync(new Uri($"/hubs/live/negotiate?negotiateVersion=1&access_token={token}", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
    }

    [Fact]
    public async Task The_live_hub_takes_a_program_by_its_token_with_its_owners_rights()
    {
        await using var eq = await Connect(await hub.TokenOf("eq-member-02"));
        await using var rt = await Connect(await hub.TokenOf("rt-chair"));
        await using var reader = await Connect(await hub.TokenOf("eq-member-02", mayWrite: false));

        Assert.Equal(TopicMessage.EventType, (await First(eq, "thread/sb594-landfills")).Type);
        Assert.Equal(TopicMessage.EventType, (await First(reader, "thread/sb594-landfills")).Type);
        Assert.Equal(TopicMessage.NoneType, (await First(rt, "thread/sb594-landfills")).Type);

        var agree = new ThreadCommand.TakeBackAgreement(new PostId("1"));
        Assert.Equal(KernelRefusals.TokenReadsOnly.Code, (await Execute(reader, "thread/sb594-landfills", "hub-r", agree)).Code);
        Assert.Equal(ThreadRefusals.NoSuchThread.Code, (await Execute(rt, "thread/sb594-landfills", "hub-rt", agree)).Code);
        Assert.NotEqual(KernelRefusals.TokenReadsOnly.Code, (await Execute(eq, "thread/sb594-landfills", "hub-eq", agree)).Code);
    }

    /// <summary>Who is here and who writes is shown to others, so telling it is no reading.</summary>
    [Fact]
    public async Task A_program_shows_its_owner_in_a_thread_only_by_a_token_that_writes_and_holds()
    {
        var token = await hub.TokenOf("eq-member-04");
        await using var writer = await Connect(token);
        await using var reader = await Connect(await hub.TokenOf("eq-member-05", mayWrite: false));
        await using var others = await Connect(await hub.TokenOf("eq-chair"));

        foreach (var kind in new[] { Passing.Here, Passing.Writing, Passing.Left })
            Assert.Contains(KernelRefusals.TokenReadsOnly.Sentence, (await Assert.ThrowsAsync<HubException>(() => Signal(reader, kind))).Message, StringComparison.Ordinal);
        await Signal(writer, Passing.Writing);
        var shown = await others.StreamAsync<TopicMessage>("Follow", "thread/sb594-landfills", 0L, Cancel).FirstAsync(message => message.Type == TopicMessage.PassingType && message.Passing is not [], Cancel);
        Assert.Equal([new TopicPassing("eq-member-04", Passing.Writing)], shown.Passing!);

        Assert.True(TokenText.TryParse(token, out var read));
        await hub.Grains.GetGrain<ITokenGrain>("eq-member-04").End(read.Id);
        Assert.Contains(KernelRefusals.SignedOut.Sentence, (await Assert.ThrowsAsync<HubException>(() => Signal(writer, Passing.Writing))).Message, StringComparison.Ordinal);

        static Task Signal(HubConnection connection, string kind) => connection.InvokeAsync("Signal", "thread/sb594-landfills", kind, Cancel);
    }

    [Fact]
    public async Task The_live_hub_takes_no_token_that_does_not_hold_even_beside_a_cookie()
    {
        var session = await HubSession.SignIn(hub.Address, "eq-chair");
        await Assert.ThrowsAnyAsync<Exception>(() => Connect("cct.eq-chair.0000000000000000.AAAA", session.Cookies));
        await Assert.ThrowsAnyAsync<Exception>(() => Connect("x"));
    }

    [Fact]
    public async Task An_ended_token_sends_no_command_through_an_open_connection()
    {
        var token = await hub.TokenOf("eq-chair");
        await using var connection = await Connect(token);
        Assert.True(TokenText.TryParse(token, out var read));
        await hub.Grains.GetGrain<ITokenGrain>("eq-chair").End(read.Id);

        Assert.Equal(KernelRefusals.SignedOut.Code, (await Execute(connection, "thread/sb594-landfills", "ended", new ThreadCommand.Close())).Code);
    }

    /// <summary>The hub asks every ten seconds; here it is asked at once.</summary>
    [Fact]
    public async Task An_ended_tokens_open_connection_is_closed()
    {
        var token = await hub.TokenOf("eq-chair");
        await using var connection = await Connect(token);
        await using var other = await Connect(await hub.TokenOf("eq-chair"));
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        Assert.True(TokenText.TryParse(token, out var read));
        await hub.Grains.GetGrain<ITokenGrain>("eq-chair").End(read.Id);

        Assert.True(Presence.Every * 2 < TimeSpan.FromSeconds(30));
        await hub.Services.GetRequiredService<Presence>().AskAll(Cancel);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(HubConnectionState.Connected, other.State);
    }

    [Fact]
    public async Task Someone_without_standing_reads_nothing()
    {
        using var program = await hub.ProgramOf("never-joined");
        foreach (var path in Reads)
            Assert.Equal((HttpStatusCode.Forbidden, KernelRefusals.NoStanding.Code), (await program.Ask(path)).Refused());
        Assert.Equal((HttpStatusCode.Forbidden, KernelRefusals.NoStanding.Code), (await program.Command(Commands[0], "nobody", new ThreadCommand.Close())).Refused());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A problem without the trace's id, which is each request's own.</summary>
    private static (HttpStatusCode, string) Without((HttpStatusCode Status, JsonElement Body) heard) =>
        (heard.Status, string.Join(' ', heard.Body.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}={member.Value}")));

    private async Task<HubConnection> Connect(string token, CookieContainer? cookies = null)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, "/hubs/live"), options =>
        {
            options.AccessTokenProvider = () => Task.FromResult<string?>(token);
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            if (cookies is not null)
                options.Cookies = cookies;
        }).Build();
        await connection.StartAsync(Cancel);
        return connection;
    }

    private static async Task<TopicMessage> First(HubConnection connection, string topic) =>
        await connection.StreamAsync<TopicMessage>("Follow", topic, 0L, Cancel).FirstAsync(Cancel);

    private static Task<ExecuteAnswer> Execute(HubConnection connection, string topic, string id, ICommand command) =>
        connection.InvokeAsync<ExecuteAnswer>("Execute", topic, id, Kinds.OfTheHub.NameOf(command), JsonSerializer.Deserialize<JsonElement>(Kinds.Write(command)), Cancel);
}
