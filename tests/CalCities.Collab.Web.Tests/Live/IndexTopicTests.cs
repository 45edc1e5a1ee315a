using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Live;

public sealed class IndexTopicTests
{
    private const string Threads = "threads-of-bill/202520260AB831";

    private readonly MemoryLog log = new();
    private readonly MemberId me;
    private int queries;
    private string content = "nothing";

    public IndexTopicTests() => me = log.Join("eq-chair");

    [Fact]
    public async Task Pages_of_one_list_share_one_query()
    {
        var first = await Watch();
        var second = await Watch();

        Assert.Same(first.Result, second.Result);
        Assert.Equal((1, 1), (queries, log.Feed.Followers));
    }

    [Fact]
    public async Task A_list_is_queried_again_when_the_index_says_that_it_has_changed_and_only_then()
    {
        var watch = await Watch();

        Change("one", 5, "threads-of-bill/202520260AB1");
        Change("two", 6);
        Assert.Equal("nothing", watch.Result);

        Change("three", 7, Threads);
        await Told(() => watch.Result == "three");
        Assert.Equal(2, queries);
    }

    [Fact]
    public async Task A_list_that_changes_all_the_time_is_queried_four_times_a_second()
    {
        var watch = await Watch();

        for (var i = 1; i <= 100; i++)
        {
            Change($"{i}", i, Threads);
            log.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        await Told(() => watch.Result == "100");
        Assert.InRange(queries, 2, 6);
    }

    [Fact]
    public async Task A_lost_notice_shows_in_the_next_one_or_in_the_renewal()
    {
        var watch = await Watch();
        var kept = log.OnNotice;

        log.OnNotice = _ => { };
        Change("one", 3, Threads);
        log.OnNotice = kept;
        Change("one", 4);
        await Told(() => watch.Result == "one");

        log.OnNotice = _ => { };
        Change("two", 5, Threads);
        log.Clock.Advance(Topic.RenewEvery);
        await Told(() => watch.Result == "two");
    }

    [Fact]
    public async Task A_page_sees_its_own_change_in_the_list_without_any_notice()
    {
        var watch = await Watch();
        log.OnNotice = _ => { };
        Change("mine", 9, Threads);

        var caughtUp = watch.CatchUp(new Outcome.Recorded(1, 9), TestContext.Current.CancellationToken);
        await Told(() => caughtUp.IsCompleted);

        Assert.True(await caughtUp);
        Assert.Equal(("mine", false), (watch.Result, watch.IsUpdating));
    }

    [Fact]
    public async Task A_list_that_does_not_hold_the_change_after_two_seconds_says_that_it_is_updating_until_it_does()
    {
        var watch = await Watch();

        var caughtUp = watch.CatchUp(new Outcome.Recorded(1, 9), TestContext.Current.CancellationToken);
        for (var i = 0; i < 19; i++)
            log.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(caughtUp.IsCompleted);
        await Told(() => caughtUp.IsCompleted);

        Assert.False(await caughtUp);
        Assert.True(watch.IsUpdating);

        Change("mine", 9, Threads);
        await Told(() => watch is { Result: "mine", IsUpdating: false });
    }

    [Fact]
    public async Task A_list_shows_each_viewer_what_they_may_see_and_asks_again_when_standing_changes()
    {
        var watch = await log.Topics.WatchIndex<string>(Threads, "", Query, (viewer, _) => viewer.Standing.Seats.IsEmpty ? "open ones" : "all", me, Take, TestContext.Current.CancellationToken);
        Assert.Equal("open ones", watch.Result);

        log.Of<MemberEvent>(me.Stream).Append(me, new MemberEvent.Seated(new GroupId("eq"), Role.Member));

        await Told(() => watch.Result == "all");
        Assert.Equal(1, queries);
    }

    [Fact]
    public async Task A_query_that_fails_is_tried_again_and_the_page_keeps_what_it_had()
    {
        var watch = await Watch();
        var broken = true;
        content = "one";
        log.Feed.Advance(1, Threads);
        await Told(() => watch.Result == "one");

        await using var other = await log.Topics.WatchIndex<string>(Threads, "other", _ => broken ? throw new TimeoutException() : Task.FromResult("back"), (_, all) => all, me, Take, TestContext.Current.CancellationToken);
        Assert.Equal((null, LiveState.Behind), (other.Result, other.State));
        broken = false;

        await Told(() => other is { Result: "back", State: LiveState.Live });
    }

    [Fact]
    public async Task A_list_is_let_go_with_its_last_page_and_the_feed_five_minutes_later()
    {
        var watch = await Watch();

        await watch.DisposeAsync();

        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(TimeSpan.FromSeconds(10));
            return (log.Topics.Count, log.Feed.Followers, log.References) == (0, 0, 0);
        });
    }

    private void Change(string to, long position, params string[] topics)
    {
        content = to;
        log.Feed.Advance(position, [.. topics]);
    }

    private Task<string> Query(CancellationToken cancel)
    {
        Interlocked.Increment(ref queries);
        return Task.FromResult(content);
    }

    private Task<IndexWatch<string>> Watch() =>
        log.Topics.WatchIndex<string>(Threads, "", Query, (_, all) => all, me, Take, TestContext.Current.CancellationToken);

    private static Task Take(Action step)
    {
        step();
        return Task.CompletedTask;
    }

    private Task Told(Func<bool> reached) => MemoryLog.Until(() =>
    {
        log.Clock.Advance(Topic.TellEvery);
        return reached();
    });
}
