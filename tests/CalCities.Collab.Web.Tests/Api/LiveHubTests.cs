using System.Collections.Immutable;
using System.Text.Json;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.SignIn;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CalCities.Collab.Api;

/// <summary>The hub over real Kestrel, sign-in and SignalR, on a log in memory.</summary>
public sealed class LiveHubTests(PassKeepers keepers) : IAsyncLifetime, IClassFixture<PassKeepers>
{
    private static readonly GroupId Eq = new("eq");
    private static readonly ThreadId Wildfire = new("wildfire");
    private static readonly Byline Mayor = new("Mayor", "Davis", null, Duty.None);

    private readonly MemoryLog log = new(DateTimeOffset.UtcNow);
    private readonly AskedDoor door = new();
    private WebApplication host = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "CalCities.Collab.Web",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(log.Topics);
        builder.Services.AddSingleton<IDoor>(door);
        keepers.AddTo(builder.Services);
        LiveHosting.AddHub(builder.Services);
        builder.AddSignIn();
        builder.AddPages();
        builder.Services.AddSingleton<TimeProvider>(log.Clock);
        host = builder.Build();
        host.MapPages();
        host.MapSignIn();
        host.MapLive();
        await host.StartAsync(Cancel);

        var chair = log.Join("eq-chair", new Seat(Eq, Role.Chair));
        log.Join("rt-chair", new Seat(new GroupId("rt"), Role.Chair));
        log.Of<ThreadEvent>(Wildfire.Stream).Append(chair,
            new ThreadEvent.Opened(Mayor, Eq, "Environmental Quality", null, null, "Wildfire", Readers.GroupOnly),
            new ThreadEvent.Posted(new PostId("p1"), Mayor, Stance.For, null, null, "Clear the brush.", []),
            new ThreadEvent.Posted(new PostId("p2"), Mayor, Stance.None, null, null, "Rude words.", []),
            new ThreadEvent.Hidden(new PostId("p2"), Mayor, "Rude"));
    }

    [Fact]
    public async Task A_program_follows_what_its_member_may_see_from_a_version_on_and_then_live()
    {
        log.Join("eq-vice-chair", new Seat(Eq, Role.ViceChair));
        await using var client = await Connect("eq-vice-chair");
        await using var followed = client.Follow("thread/wildfire", 1, Cancel).GetAsyncEnumerator(Cancel);

        Assert.Equal((TopicMessage.EventType, 2, "threads.posted.v1", "Clear the brush."), Words(await Next(followed)));
        Assert.Equal(new TopicMessage(TopicMessage.HiddenType, 3), await Next(followed)); // hidden since: it travels empty
        Assert.Equal((TopicMessage.EventType, 4, "threads.hidden.v1", null), Words(await Next(followed)));
        Assert.Equal(new TopicMessage(TopicMessage.CurrentType, 4), await Next(followed));

        var posted = log.Clock.GetUtcNow();
        log.Of<ThreadEvent>(Wildfire.Stream).Append(new MemberId("eq-chair"), new ThreadEvent.Posted(new PostId("p3"), Mayor, Stance.None, null, null, "And water?", []));
        var live = await Next(followed);
        Assert.Equal((TopicMessage.EventType, 5, "threads.posted.v1", "And water?"), Words(live));
        Assert.Equal(("eq-chair", null, posted), (live.Event!.Member, live.Event.Program, live.Event.Time));
    }

    [Fact]
    public async Task A_private_topic_answers_like_one_that_does_not_exist()
    {
        await using var client = await Connect("rt-chair");

        foreach (var topic in new[] { "thread/wildfire", "thread/nothing", "thread/..", "desk/eq-chair", "", "threads-of-bill/1", new string('x', 5_000) })
            Assert.Equal([new TopicMessage(TopicMessage.NoneType)], await client.Follow(topic, 0, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_stream_ends_when_standing_goes()
    {
        await using var client = await Connect("eq-chair");
        await using var followed = client.Follow("thread/wildfire", 4, Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(new TopicMessage(TopicMessage.CurrentType, 4), await Next(followed));

        log.Of<MemberEvent>(new MemberId("eq-chair").Stream).Append(new MemberId("eq-chair"), new MemberEvent.Unseated(Eq));

        Assert.Equal(new TopicMessage(TopicMessage.NoneType), await Next(followed));
        Assert.False(await followed.MoveNextAsync());
    }

    [Fact]
    public async Task A_program_that_falls_far_behind_reads_all_of_it_from_the_log()
    {
        var posts = Enumerable.Range(0, 300).Select(i => (ThreadEvent)new ThreadEvent.Posted(new PostId($"q{i}"), Mayor, Stance.None, null, null, $"{i}", []));
        log.Of<ThreadEvent>(Wildfire.Stream).Append(new MemberId("eq-chair"), [.. posts]);
        await using var client = await Connect("eq-chair");

        var read = await client.Follow("thread/wildfire", 0, Cancel).TakeWhile(m => m.Type != TopicMessage.CurrentType).ToListAsync(Cancel);

        Assert.Equal(Enumerable.Range(1, 304).Select(v => (long)v), read.Select(m => m.Version));
    }

    [Fact]
    public async Task Nobody_connects_without_being_signed_in()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => HubSession.Anonymous(Address).Connect(Cancel));
        Assert.Contains("401", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_reaches_the_door_as_its_member_and_its_outcome_comes_back()
    {
        await using var client = await Connect("eq-chair");
        var post = new ThreadCommand.Post(new PostId("p9"), null, null, Stance.For, "Ja — 防火 🔥", []);

        door.Answer = new Outcome.Recorded(5, 17);
        Assert.Equal(new ExecuteAnswer(ExecuteAnswer.Recorded, Version: 5, Position: 17), await client.Execute(Wildfire.Stream, "c1", post, Cancel));
        door.Answer = new Outcome.Refused(ThreadRefusals.NotOpen);
        Assert.Equal(new ExecuteAnswer(ExecuteAnswer.Refused, Code: "NotOpen", Sentence: ThreadRefusals.NotOpen.Sentence), await client.Execute(Wildfire.Stream, "c2", post, Cancel));
        door.Answer = new Outcome.Unknown();
        Assert.Equal(new ExecuteAnswer(ExecuteAnswer.Unknown), await client.Execute(Wildfire.Stream, "c3", post, Cancel));

        Assert.Equal(["eq-chair thread/wildfire c1", "eq-chair thread/wildfire c2", "eq-chair thread/wildfire c3"], door.Asked.Select(a => $"{a.Member} {a.To} {a.Id}"));
        Assert.Equal(Kinds.Write(post), Kinds.Write(door.Asked[0].Command));
    }

    [Fact]
    public async Task A_hostile_command_gets_a_clear_refusal_and_reaches_nobody()
    {
        (string Topic, string Kind, string Body)[] hostile =
        [
            ("thread/wildfire", "threads.nothing", "{}"),
            ("thread/wildfire", "threads.posted.v1", """{"post":"p"}"""),
            ("thread/wildfire", "bills.observe", "{}"),
            ("thread/wildfire", "", "{}"),
            ("thread/wildfire", "threads.agree", "{}"),
            ("thread/wildfire", "threads.agree", """{"id":null}"""),
            ("thread/wildfire", "threads.agree", """{"id":7}"""),
            ("thread/wildfire", "threads.agree", """{"id":"p1","actor":"eq-chair"}"""),
            ("thread/wildfire", "threads.agree", """{"id":"p1","$type":"System.IO.FileInfo"}"""),
            ("thread/wildfire", "threads.agree", """{"id":"p1","id":"p2"}"""),
            ("thread/wildfire", "threads.agree", "[]"),
            ("thread/wildfire", "threads.agree", "null"),
            ("thread/wildfire", "threads.agree", "17"),
            ("thread/wildfire", "threads.post", """{"id":"p","inReplyTo":null,"quote":null,"stance":"Maybe","body":"x","mentions":[]}"""),
            ("thread/wildfire", "threads.post", """{"id":"p","inReplyTo":null,"quote":null,"stance":1,"body":"x","mentions":[]}"""),
            ("thread/wildfire", "threads.post", """{"id":"p","inReplyTo":null,"quote":null,"stance":"None","body":null,"mentions":[]}"""),
            ("thread/wildfire", "threads.post", """{"id":"p","inReplyTo":null,"quote":null,"stance":"None","body":"x","mentions":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}"""),
            ("thread/", "threads.agree", """{"id":"p1"}"""),
            ("thread/a b", "threads.agree", """{"id":"p1"}"""),
            ("nothing/wildfire", "threads.agree", """{"id":"p1"}"""),
            ("group/eq", "threads.agree", """{"id":"p1"}"""),
        ];
        await using var client = await Connect("eq-chair");

        foreach (var (topic, kind, body) in hostile)
        {
            var answer = await client.Execute(topic, "c1", kind, JsonSerializer.Deserialize<JsonElement>(body), Cancel);
            Assert.Equal((kind, body, new ExecuteAnswer(ExecuteAnswer.Refused, Code: "BadCommand", Sentence: HubRefusals.BadCommand.Sentence)), (kind, body, answer));
        }

        Assert.Empty(door.Asked);
    }

    [Fact]
    public async Task Half_a_character_gets_the_same_refusal()
    {
        Assert.True(HubStreams.OfTheHub.TryFind("thread/wildfire", out var stream, out var threads));
        using var body = JsonDocument.Parse("""{"id":"\ud800"}""");

        var answer = await threads.Execute(door, stream, Caller.InProcess(new MemberId("eq-chair")), new CommandId("c1"), "threads.agree", body.RootElement, Cancel);

        Assert.Equal(HubRefusals.BadCommand.Code, answer.Code);
        Assert.Empty(door.Asked);
    }

    [Fact]
    public async Task A_message_of_more_than_72_kilobytes_ends_the_connection()
    {
        await using var client = await Connect("eq-chair");
        var post = new ThreadCommand.Post(new PostId("p9"), null, null, Stance.None, new string('x', LiveHub.MaxMessageBytes - 1_000), []);
        Assert.Equal(ExecuteAnswer.Recorded, (await client.Execute(Wildfire.Stream, "c1", post, Cancel)).Outcome);

        await Assert.ThrowsAnyAsync<Exception>(() => client.Execute(Wildfire.Stream, "c2", post with { Body = new string('x', LiveHub.MaxMessageBytes) }, Cancel));
        await client.Ended.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Single(door.Asked);
    }

    [Fact]
    public async Task What_fails_inside_is_never_told_to_a_program()
    {
        await using var client = await Connect("eq-chair");
        door.Fails = true;

        var told = await Assert.ThrowsAsync<HubException>(() => client.Execute(Wildfire.Stream, "c1", new ThreadCommand.Close(), Cancel));

        Assert.DoesNotContain("inner secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_follows_a_hundred_topics_and_no_more()
    {
        await using var client = await Connect("eq-chair");
        List<IAsyncEnumerator<TopicMessage>> followed = [];
        for (var i = 0; i < LiveHub.MaxTopics; i++)
        {
            followed.Add(client.Follow("thread/wildfire", 4, Cancel).GetAsyncEnumerator(Cancel));
            Assert.Equal(TopicMessage.CurrentType, (await Next(followed[^1])).Type);
        }

        var refused = new TopicMessage(TopicMessage.RefusedType, Sentence: HubRefusals.TooManyTopics.Sentence);
        Assert.Equal([refused], await client.Follow("thread/wildfire", 4, Cancel).ToListAsync(Cancel));

        await followed[0].DisposeAsync();
        TopicMessage again;
        do
            again = await client.Follow("thread/wildfire", 4, Cancel).FirstAsync(Cancel);
        while (again == refused);
        Assert.Equal(new TopicMessage(TopicMessage.CurrentType, 4), again);
        foreach (var one in followed[1..])
            await one.DisposeAsync();
    }

    [Fact]
    public async Task One_connection_starts_no_more_than_three_hundred_follows_a_minute()
    {
        await using var client = await Connect("eq-chair");
        for (var i = 0; i < LiveHub.FollowsPerMinute; i++)
            Assert.Equal([new TopicMessage(TopicMessage.NoneType)], await client.Follow("thread/nothing", 0, Cancel).ToListAsync(Cancel));

        var refused = new TopicMessage(TopicMessage.RefusedType, Sentence: HubRefusals.TooFast.Sentence);
        Assert.Equal([refused], await client.Follow("thread/nothing", 0, Cancel).ToListAsync(Cancel));
        log.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new TopicMessage(TopicMessage.NoneType)], await client.Follow("thread/nothing", 0, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Only_those_who_may_see_a_topic_are_shown_there_and_only_with_what_is_known()
    {
        await using var chair = await Connect("eq-chair");
        await using var stranger = await Connect("rt-chair");
        await using var followed = chair.Follow("thread/wildfire", 4, Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(TopicMessage.CurrentType, (await Next(followed)).Type);

        await stranger.Signal(Wildfire.Stream, Passing.Writing, Cancel);
        await chair.Signal(Wildfire.Stream, "shouting", Cancel);
        await chair.Signal(new ThreadId("nothing").Stream, Passing.Writing, Cancel);
        await chair.Signal(Wildfire.Stream, Passing.Writing, Cancel);

        var shown = await Next(followed);
        Assert.Equal(TopicMessage.PassingType, shown.Type);
        Assert.Equal([new TopicPassing("eq-chair", Passing.Writing)], shown.Passing!);
        Assert.Equal([new Passing(new MemberId("eq-chair"), Passing.Writing)], log.Of<ThreadEvent>(Wildfire.Stream).Signals);
    }

    [Fact]
    public async Task A_connection_signals_sixty_times_a_minute_and_the_rest_is_dropped()
    {
        await using var client = await Connect("eq-chair");

        for (var i = 0; i < LiveHub.SignalsPerMinute + 5; i++)
            await client.Signal(Wildfire.Stream, Passing.Here, Cancel);

        Assert.Equal(LiveHub.SignalsPerMinute, log.Of<ThreadEvent>(Wildfire.Stream).Signals.Count);
    }

    [Fact]
    public async Task What_a_program_followed_is_let_go_when_it_disconnects()
    {
        var client = await Connect("eq-chair");
        await using var followed = client.Follow("thread/wildfire", 4, Cancel).GetAsyncEnumerator(Cancel);
        await Next(followed);

        await client.DisposeAsync();

        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(TimeSpan.FromSeconds(20));
            return (log.Topics.Count, log.References) == (0, 0);
        });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Address => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private async Task<HubClient> Connect(string persona) => await (await HubSession.SignIn(Address, persona)).Connect(Cancel);

    /// <summary>The next message, while the clock goes on in the steps in which readers are told.</summary>
    private async Task<TopicMessage> Next(IAsyncEnumerator<TopicMessage> followed)
    {
        var next = followed.MoveNextAsync().AsTask();
        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(Topic.TellEvery);
            return next.IsCompleted;
        }, "a message");
        Assert.True(await next);
        return followed.Current;
    }

    private static (string, long, string?, string?) Words(TopicMessage message) =>
        (message.Type, message.Version, message.Event?.Kind, message.Event?.Body.TryGetProperty("body", out var body) is true ? body.GetString() : null);

    /// <summary>A door that writes down who asked for what; what the rules say is tried elsewhere.</summary>
    private sealed class AskedDoor : IDoor
    {
        public ImmutableList<(MemberId Member, StreamId To, CommandId Id, object Command)> Asked { get; private set; } = [];
        public Outcome Answer { get; set; } = new Outcome.Recorded(1, 1);
        public bool Fails { get; set; }

        public Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand
        {
            if (Fails)
                throw new InvalidOperationException("inner secret");
            Asked = Asked.Add((caller.Member, to.Stream, id, command));
            return Task.FromResult(Answer);
        }

        public Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand => throw new NotSupportedException();
    }
}
