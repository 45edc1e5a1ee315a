using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;
using static CalCities.Collab.Live.MemoryLog;

namespace CalCities.Collab.Live;

public sealed class LiveTopicsTests
{
    private static readonly GroupId Eq = new("eq");
    private static readonly ThreadId Wildfire = new("wildfire");

    private readonly MemoryLog log = new();

    [Fact]
    public async Task Many_pages_of_one_stream_follow_it_once_and_share_one_view()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());

        var first = await Watch(me);
        var second = await Watch(log.Join("eq-vice-chair"));

        Assert.Same(first.View, second.View);
        Assert.Equal((1, 1), (group.Follows, group.Followers));
        Assert.Equal(3, log.References); // the group and two members
    }

    [Fact]
    public async Task A_page_shows_what_happens_while_it_is_open()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var steps = new Steps();
        var watch = await Watch(me, steps);

        group.Append(me, new GroupEvent.SeatFilled(me, Role.Chair));

        await Told(() => watch.Version == 2);
        Assert.Equal(Role.Chair, watch.View!.Seats["eq-chair"].Role);
        Assert.Equal(LiveState.Live, watch.State);
        Assert.Equal(1, group.Reads); // the notice brought it; only the opening read the log
    }

    [Fact]
    public async Task Pages_are_told_at_most_twenty_times_a_second()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var steps = new Steps();
        var watch = await Watch(me, steps);

        for (var i = 0; i < 100; i++)
        {
            group.Append(me, new GroupEvent.SeatFilled(new MemberId($"m{i}"), Role.Member));
            await Until(() => ThreadPool.PendingWorkItemCount == 0); // a page that would be told now has been
            log.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        await Told(() => watch.Version == 101);
        Assert.InRange(steps.Count, 1, 22);
    }

    [Fact]
    public async Task A_page_that_hangs_delays_no_other()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var never = new TaskCompletionSource();
        await Watch(me, _ => never.Task);
        var other = await Watch(me);

        for (var i = 0; i < 5; i++)
        {
            group.Append(me, new GroupEvent.SeatFilled(new MemberId($"m{i}"), Role.Member));
            log.Clock.Advance(Topic.TellEvery);
        }

        await Told(() => other.Version == 6);
        never.SetResult();
    }

    [Fact]
    public async Task A_stream_is_followed_again_every_twenty_seconds_and_when_its_grain_leaves()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var watch = await Watch(me);

        log.Clock.Advance(Topic.RenewEvery);
        await Until(() => group.Follows == 2);
        group.Leave();
        await Until(() => group is { Follows: 3, Followers: 1 });
        log.Topics.FollowAgain();
        await Until(() => group.Follows == 4);

        group.Append(me, new GroupEvent.SeatFilled(me, Role.Chair));
        await Told(() => watch.Version == 2);
    }

    [Fact]
    public async Task A_renewal_shows_what_lost_notices_did_not()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var watch = await Watch(me);
        log.OnNotice = _ => { };

        group.Append(me, [.. Enumerable.Range(0, 30).Select(i => new GroupEvent.SeatFilled(new MemberId($"m{i}"), Role.Member))]);
        log.Clock.Advance(Topic.RenewEvery);

        await Told(() => watch.Version == 31);
        Assert.Equal(Folded(group), watch.View!.Seats.Count);
    }

    [Fact]
    public async Task A_page_sees_its_own_command_without_any_notice()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var watch = await Watch(me);
        log.OnNotice = _ => { };

        var outcome = group.Append(me, new GroupEvent.SeatFilled(me, Role.Chair));

        Assert.True(await watch.CatchUp(outcome, TestContext.Current.CancellationToken));
        Assert.Equal((2, Role.Chair), (watch.Version, watch.View!.Seats["eq-chair"].Role));
    }

    [Fact]
    public async Task A_page_that_cannot_catch_up_in_ten_seconds_says_so()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var watch = await Watch(me);
        log.OnNotice = _ => { };
        log.BeforeCall = () => throw new TimeoutException();

        var caughtUp = watch.CatchUp(group.Append(me, new GroupEvent.SeatFilled(me, Role.Chair)), TestContext.Current.CancellationToken);
        await Told(() => watch.State == LiveState.Behind);
        log.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await caughtUp);
        Assert.Equal((1, LiveState.Behind), (watch.Version, watch.State));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_reached_is_tried_again_until_it_can()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        log.BeforeCall = () => throw new TimeoutException();

        var watch = await Watch(me);
        Assert.Equal((null, LiveState.Behind), (watch.View, watch.State));
        log.BeforeCall = () => Task.CompletedTask;

        await Until(() =>
        {
            log.Clock.Advance(TimeSpan.FromSeconds(1));
            return watch.State == LiveState.Live;
        });
        Assert.Equal(("Environmental Quality", 1), (watch.View!.Name, watch.Version));
    }

    [Fact]
    public async Task What_cannot_be_folded_stops_the_page_there_and_says_so()
    {
        var me = log.Join("eq-chair");
        var stream = log.Of<ThreadEvent>(Wildfire.Stream);
        stream.Append(me, Opened(Readers.AllMembers), new ThreadEvent.Agreed(new PostId("nowhere"), new Byline("Mayor", "Davis", null, Duty.None)));
        stream.Append(me, new ThreadEvent.Closed(new Byline("Mayor", "Davis", null, Duty.None)));

        var watch = await log.Topics.Watch<ThreadSight, ThreadView, ThreadEvent>(Wildfire.Stream, me, new Steps().Take, cancel: TestContext.Current.CancellationToken);

        Assert.Equal((LiveState.Broken, 1), (watch.State, watch.Version));
        Assert.Null(watch.View!.Closing);
        await Until(() => stream.Followers == 0);
    }

    [Fact]
    public async Task A_view_is_kept_for_five_minutes_without_a_page_and_let_go_then()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        var first = await Watch(me);
        var second = await Watch(me);
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.Equal(2, log.Topics.Count);

        await second.DisposeAsync();
        log.Clock.Advance(Topic.KeepUnwatched - TimeSpan.FromSeconds(1));
        Assert.Equal((2, 1), (log.Topics.Count, group.Followers));

        log.Clock.Advance(TimeSpan.FromSeconds(1));
        await Until(() => (log.Topics.Count, group.Followers, log.References) == (0, 0, 0), "everything to be let go");
    }

    [Fact]
    public async Task A_page_that_comes_back_within_five_minutes_finds_the_view_up_to_date()
    {
        var (me, group) = (log.Join("eq-chair"), Founded());
        await (await Watch(me)).DisposeAsync();
        log.Clock.Advance(Topic.KeepUnwatched / 2);
        group.Append(me, new GroupEvent.SeatFilled(me, Role.Chair));

        var back = await Watch(me);
        log.Clock.Advance(Topic.KeepUnwatched);

        Assert.Equal((2, 2, 1), (back.Version, log.Topics.Count, group.Followers));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_shows_nothing_and_is_let_go_with_its_page()
    {
        var me = log.Join("eq-chair");

        var watch = await Watch(me);
        Assert.Equal((null, 0, LiveState.Live), (watch.View, watch.Version, watch.State));
        await watch.DisposeAsync();

        await Until(() => (log.Topics.Count, log.References) == (1, 1)); // the member's own
    }

    [Fact]
    public async Task No_more_than_two_thousand_views_rest_without_a_page()
    {
        var me = log.Join("eq-chair");
        await using var keepsTheMember = await Watch(me);
        for (var i = 0; i <= LiveTopics.MaxResting; i++)
        {
            var group = new GroupId($"g{i}");
            log.Of<GroupEvent>(group.Stream).Append(me, new GroupEvent.Founded("A", GroupKind.Caucus, ""));
            await (await log.Topics.Watch<GroupSight, GroupView, GroupEvent>(group.Stream, me, new Steps().Take, cancel: TestContext.Current.CancellationToken)).DisposeAsync();
        }

        await Until(() => log.Topics.Count == LiveTopics.MaxResting + 2);
    }

    [Fact]
    public async Task When_standing_goes_the_view_goes_and_the_page_is_told()
    {
        var me = log.Join("eq-member-01", new Seat(Eq, Role.Member));
        var stream = log.Of<ThreadEvent>(Wildfire.Stream);
        stream.Append(me, Opened(Readers.GroupOnly));
        var steps = new Steps();
        var watch = await log.Topics.Watch<ThreadSight, ThreadView, ThreadEvent>(Wildfire.Stream, me, steps.Take, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(("Wildfire", 1), (watch.View?.Head?.Title, watch.Version));

        log.Of<MemberEvent>(me.Stream).Append(me, new MemberEvent.Unseated(Eq));

        await Told(() => steps.Count > 0 && watch.View is null);
        Assert.Equal((0, LiveState.Live), (watch.Version, watch.State));

        log.Of<MemberEvent>(me.Stream).Append(me, new MemberEvent.Seated(Eq, Role.Member));
        await Told(() => watch.View is not null);
    }

    [Fact]
    public async Task A_stream_that_may_not_be_seen_looks_like_one_that_does_not_exist()
    {
        var stranger = log.Join("rt-member-01", new Seat(new GroupId("rt"), Role.Member));
        log.Of<ThreadEvent>(Wildfire.Stream).Append(stranger, Opened(Readers.GroupOnly));

        var secret = await log.Topics.Watch<ThreadSight, ThreadView, ThreadEvent>(Wildfire.Stream, stranger, new Steps().Take, present: true, TestContext.Current.CancellationToken);
        var absent = await log.Topics.Watch<ThreadSight, ThreadView, ThreadEvent>(new ThreadId("none").Stream, stranger, new Steps().Take, present: true, TestContext.Current.CancellationToken);
        secret.Signal(Passing.Writing);

        Assert.Equal((absent.View, absent.Version, absent.State, absent.Passing), (secret.View, secret.Version, secret.State, secret.Passing));
        Assert.Empty(log.Of<ThreadEvent>(Wildfire.Stream).Signals);
    }

    [Fact]
    public async Task Someone_without_an_account_sees_nothing()
    {
        Founded();

        var watch = await Watch(new MemberId("nobody"));

        Assert.Equal((null, null, LiveState.Live), (watch.View, watch.Viewer, watch.State));
    }

    [Fact]
    public async Task Who_is_here_and_who_writes_shows_until_ten_seconds_after_the_last_word_of_it()
    {
        var (chair, vice, group) = (log.Join("eq-chair"), log.Join("eq-vice-chair"), Founded());
        var mine = await Watch(chair);
        var hers = await Watch(vice, present: true);

        hers.Signal(Passing.Writing);
        hers.Signal(Passing.Writing); // within two seconds: not passed on
        await Told(() => mine.Passing.ToHashSet().SetEquals([new(vice, Passing.Here), new(vice, Passing.Writing)]), "both to show");
        Assert.Equal(1, group.Signals.Count(s => s.Kind == Passing.Writing));

        for (var i = 0; i < 12; i++)
            log.Clock.Advance(TimeSpan.FromSeconds(1));
        await Told(() => mine.Passing.SequenceEqual([new Passing(vice, Passing.Here)]), "the writing to be forgotten, the being here to stay");

        await hers.DisposeAsync();
        await Told(() => mine.Passing.IsEmpty, "the leaving to show");
    }

    [Fact]
    public async Task Who_writes_is_no_longer_writing_once_their_words_are_recorded()
    {
        var (chair, vice, group) = (log.Join("eq-chair"), log.Join("eq-vice-chair"), Founded());
        var mine = await Watch(chair);
        await group.Signal(new Passing(vice, Passing.Writing));
        await Told(() => mine.Passing.Length == 1);

        group.Append(vice, new GroupEvent.SeatFilled(vice, Role.ViceChair));

        await Told(() => mine is { Passing.IsEmpty: true, Version: 2 });
    }

    [Fact]
    public async Task No_more_than_a_thousand_signals_are_kept_of_one_stream()
    {
        var (chair, group) = (log.Join("eq-chair"), Founded());
        var mine = await Watch(chair);

        for (var i = 0; i <= StreamTopic<GroupView, GroupEvent>.MaxPassing; i++)
            await group.Signal(new Passing(new MemberId($"m{i}"), Passing.Here));

        await Told(() => mine.Passing.Length == StreamTopic<GroupView, GroupEvent>.MaxPassing);
    }

    /// <summary>Waits while the clock goes on in the steps in which pages are told.</summary>
    private Task Told(Func<bool> reached, string what = "the page to be told") => Until(() =>
    {
        Tick();
        return reached();
    }, what);

    private void Tick() => log.Clock.Advance(Topic.TellEvery);

    private MemoryStream<GroupEvent> Founded()
    {
        var stream = log.Of<GroupEvent>(Eq.Stream);
        stream.Append(new MemberId("staff"), new GroupEvent.Founded("Environmental Quality", GroupKind.PolicyCommittee, "Air, water and climate."));
        return stream;
    }

    private static int Folded(MemoryStream<GroupEvent> stream) =>
        stream.Events.Aggregate(GroupView.Blank(Eq.Stream), GroupView.Fold).Seats.Count;

    private static ThreadEvent.Opened Opened(Readers readers) =>
        new(new Byline("Mayor", "Davis", null, Duty.None), Eq, "Environmental Quality", null, null, "Wildfire", readers);

    private Task<Watch<GroupView>> Watch(MemberId member, Steps? steps = null, bool present = false) =>
        log.Topics.Watch<GroupSight, GroupView, GroupEvent>(Eq.Stream, member, (steps ?? new Steps()).Take, present, TestContext.Current.CancellationToken);

    private Task<Watch<GroupView>> Watch(MemberId member, Func<Action, Task> step) =>
        log.Topics.Watch<GroupSight, GroupView, GroupEvent>(Eq.Stream, member, step, cancel: TestContext.Current.CancellationToken);

    /// <summary>A page that takes each step at once and counts them.</summary>
    private sealed class Steps
    {
        private int count;

        public int Count => count;

        public Task Take(Action step)
        {
            Interlocked.Increment(ref count);
            step();
            return Task.CompletedTask;
        }
    }
}
