using System.Net;
using System.Net.Sockets;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.Live;

/// <summary>The followed topics on real hosts: silo, door, log, indexes.</summary>
public sealed class RealHostTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly ThreadId Wildfire = new("wildfire");

    [Fact]
    public async Task A_page_shows_its_own_post_with_the_answer_and_another_page_shows_it_with_the_notice()
    {
        await using var hub = await Start();
        var (chair, vice) = await Committee(hub);
        var live = Live(hub);
        await using var mine = await Watch(live, chair);
        await using var hers = await Watch(live, vice);

        var recorded = await Post(hub, chair, "p1");

        Assert.True(await mine.CatchUp(recorded, Cancel));
        Assert.Equal("p1", mine.View!.Posts.Single().Text!.Body);
        await Until(() => hers.View?.Posts.Count == 1);
        Assert.Same(mine.View, hers.View);
    }

    [Fact]
    public async Task A_grain_that_moves_is_followed_again()
    {
        await using var hub = await Start();
        var (chair, vice) = await Committee(hub);
        var live = Live(hub);
        await using var hers = await Watch(live, vice);

        await hub.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Post(hub, chair, "p1");

        await Until(() => hers.View?.Posts.Count == 1);
    }

    [Fact]
    public async Task A_seat_that_is_vacated_takes_the_private_thread_from_the_page()
    {
        await using var hub = await Start();
        var (chair, vice) = await Committee(hub);
        await using var hers = await Watch(Live(hub), vice);
        Assert.Equal("Wildfire", hers.View?.Head?.Title);

        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), new GroupId("eq"), new("vacate"), new GroupCommand.VacateSeat(vice), Cancel));

        await Until(() => hers.View is null);
        Assert.Equal((0, LiveState.Live), (hers.Version, hers.State));
        Assert.Equal("Wildfire", (await Watch(Live(hub), chair)).View?.Head?.Title);
    }

    [Fact]
    public async Task A_list_holds_the_pages_own_post_within_two_seconds()
    {
        await using var hub = await Start();
        var (chair, _) = await Committee(hub);
        var queries = hub.Services.GetRequiredService<ThreadQueries>();
        await using var list = await Live(hub).WatchIndex(
            ThreadQueries.TopicOf(new GroupId("eq")), "of a group", cancel => queries.Of(new GroupId("eq"), cancel), ThreadList.For, chair, Take, Cancel);
        Assert.Equal(0, list.Result!.Rows.Single().Posts);

        var recorded = await Post(hub, chair, "p1");

        Assert.True(await list.CatchUp(recorded, Cancel));
        Assert.Equal(1, list.Result!.Rows.Single().Posts);
        await Post(hub, chair, "p2");
        await Until(() => list.Result!.Rows.Single().Posts == 2); // by the notice
    }

    [Fact]
    public async Task What_nobody_watches_is_let_go_and_what_is_watched_again_follows_anew()
    {
        await using var hub = await Start();
        var (chair, vice) = await Committee(hub);
        var clock = new FakeTimeProvider();
        var live = new LiveTopics(new ClusterSource(hub.Grains), clock, NullLogger<LiveTopics>.Instance);
        await (await Watch(live, vice)).DisposeAsync();

        clock.Advance(Topic.KeepUnwatched);
        await Until(() => live.Count == 0);

        await using var back = await Watch(live, vice);
        await Post(hub, chair, "p1");
        await Until(() =>
        {
            clock.Advance(Topic.TellEvery);
            return back.View?.Posts.Count == 1;
        });
        await live.Stop();
        Assert.Equal(0, live.Count);
    }

    [Fact]
    public async Task Who_is_here_shows_to_the_others()
    {
        await using var hub = await Start();
        var (chair, vice) = await Committee(hub);
        var live = Live(hub);
        await using var mine = await Watch(live, chair);

        var hers = await live.Watch<ThreadSight, ThreadView, ThreadEvent>(Wildfire.Stream, vice, Take, present: true, Cancel);
        hers.Signal(Passing.Writing);
        await Until(() => mine.Passing.ToHashSet().SetEquals([new(vice, Passing.Here), new(vice, Passing.Writing)]));

        await hers.DisposeAsync();
        await Until(() => mine.Passing.IsEmpty);
    }

    [Fact]
    public async Task A_post_on_one_host_shows_on_the_other_also_after_the_host_that_held_the_thread_has_gone()
    {
        var first = await Start(postgres.ConnectionString);
        var (chair, vice) = await Committee(first);
        await Post(first, chair, "p1"); // the thread lives on the first host
        await using var second = await Start(postgres.ConnectionString);
        await using var here = await Watch(Live(first), chair);
        await using var there = await Watch(Live(second), vice);
        var queries = second.Services.GetRequiredService<ThreadQueries>();
        await using var list = await Live(second).WatchIndex(
            ThreadQueries.TopicOf(new GroupId("eq")), "of a group", cancel => queries.Of(new GroupId("eq"), cancel), ThreadList.For, vice, Take, Cancel);

        await Post(first, chair, "p2");
        await Until(() => there.View?.Posts.Count == 2);
        await Post(second, vice, "p3");
        await Until(() => here.View?.Posts.Count == 3);
        await Until(() => list.Result?.Rows.Single().Posts == 3);

        await first.DisposeAsync();
        Assert.True(await there.CatchUp(await Post(second, vice, "p4"), Cancel));
        await Post(second, vice, "p5");
        await Until(() => there.View?.Posts.Count == 5);
        await Until(() => list.Result?.Rows.Single().Posts == 5);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A host with the followed topics as the program has them.</summary>
    private static Task<TestHub> Start(string? database = null) =>
        TestHub.Start(database, builder => LiveHosting.AddTopics(builder.Services), ("Cluster:SiloPort", FreePort()));

    private static LiveTopics Live(TestHub hub) => hub.Services.GetRequiredService<LiveTopics>();

    private static Task<Watch<ThreadView>> Watch(LiveTopics live, MemberId member) =>
        live.Watch<ThreadSight, ThreadView, ThreadEvent>(Wildfire.Stream, member, Take, cancel: Cancel);

    /// <summary>A committee with a chair, a vice chair and a thread of its own.</summary>
    private static async Task<(MemberId Chair, MemberId Vice)> Committee(TestHub hub)
    {
        var eq = await hub.Found("eq", "Environmental Quality");
        var chair = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (eq, Role.Chair));
        var vice = await hub.Join("eq-vice-chair", "Council Member", "Chico", Duty.None, (eq, Role.ViceChair));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(chair, Wildfire, new("open"), new ThreadCommand.Open(eq, null, "Wildfire", Readers.GroupOnly), Cancel));
        await hub.CaughtUp();
        return (chair, vice);
    }

    private static async Task<Outcome.Recorded> Post(TestHub hub, MemberId by, string id) => Assert.IsType<Outcome.Recorded>(
        await hub.Door.Execute(by, Wildfire, new($"post-{id}"), new ThreadCommand.Post(new PostId(id), null, null, Stance.None, id, []), Cancel));

    private static Task Take(Action step)
    {
        step();
        return Task.CompletedTask;
    }

    private static Task Until(Func<bool> reached) => MemoryLog.Until(reached);

    private static string FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
