using System.Collections.Concurrent;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CalCities.Collab.SignIn;

public sealed class PresenceTests
{
    private static readonly Caller One = new(new("m1"), "p1"), Two = new(new("m2"), "p2");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_of_someone_whose_session_has_ended_ends_and_nothing_else()
    {
        var (asked, over) = (new ConcurrentQueue<Caller>(), false);
        using var presence = new Presence(caller =>
        {
            asked.Enqueue(caller);
            return Task.FromResult(!over || caller != One);
        }, new FakeTimeProvider(), NullLogger<Presence>.Instance);
        List<string> ended = [];
        using var page = presence.Watch(One, () => ended.Add("page"));
        using var hub = presence.Watch(One, () => ended.Add("hub"));
        using var other = presence.Watch(Two, () => ended.Add("other"));

        await presence.AskAll(Cancel);
        Assert.Equal((2, 0), (asked.Count, ended.Count)); // once each, however much they have open
        over = true;
        await presence.AskAll(Cancel);

        Assert.Equal(["hub", "page"], ended.Order(StringComparer.Ordinal));
        Assert.Equal(1, presence.Count);
        other.Dispose();
        Assert.Equal(0, presence.Count);
    }

    [Fact]
    public async Task It_is_asked_by_itself_so_often_that_an_open_page_is_dead_within_thirty_seconds()
    {
        var clock = new FakeTimeProvider();
        using var presence = new Presence(_ => Task.FromResult(false), clock, NullLogger<Presence>.Instance);
        await presence.StartAsync(Cancel);
        var ended = false;
        using var page = presence.Watch(One, () => ended = true);

        await MemoryLog.Until(() =>
        {
            clock.Advance(Presence.Every);
            return ended;
        }, "a round of questions");

        Assert.True(Presence.Every * 2 < TimeSpan.FromSeconds(30));
        await presence.StopAsync(Cancel);
    }

    [Fact]
    public async Task Who_cannot_be_asked_about_now_stays_until_the_next_time()
    {
        var answers = new Queue<Func<bool>>([() => throw new TimeoutException(), () => true, () => false]);
        using var presence = new Presence(_ => Task.FromResult(answers.Dequeue()()), new FakeTimeProvider(), NullLogger<Presence>.Instance);
        var ended = false;
        using var page = presence.Watch(One, () => ended = true);

        await presence.AskAll(Cancel);
        await presence.AskAll(Cancel);
        Assert.False(ended);
        await presence.AskAll(Cancel);
        Assert.True(ended);
    }

    [Fact]
    public async Task Someone_is_here_as_long_as_their_session_holds_and_they_have_standing()
    {
        await using var hub = await TestHub.Start();
        var member = await hub.Join("m1", "Mayor", "Davis");
        var access = hub.Grains.GetGrain<IAccessGrain>("m1");
        var pass = await access.Begin("A browser", "test");

        Assert.True(await Presence.Holds(hub.Grains, new(member, pass)));
        Assert.False(await Presence.Holds(hub.Grains, new(member, "guess")));
        Assert.False(await Presence.Holds(hub.Grains, new(member, null)));
        Assert.False(await Presence.Holds(hub.Grains, new(new("stranger"), await hub.Grains.GetGrain<IAccessGrain>("stranger").Begin("A browser", "test"))));

        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), member, new("suspend"), new MemberCommand.Suspend("Left the council")));
        Assert.False(await Presence.Holds(hub.Grains, new(member, pass)));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), member, new("reinstate"), new MemberCommand.Reinstate()));
        Assert.True(await Presence.Holds(hub.Grains, new(member, pass)));
        await access.End(pass);
        Assert.False(await Presence.Holds(hub.Grains, new(member, pass)));
    }

    [Fact]
    public async Task A_page_that_is_open_belongs_to_nobody_once_its_session_has_ended()
    {
        var holds = true;
        using var presence = new Presence(_ => Task.FromResult(holds), new FakeTimeProvider(), NullLogger<Presence>.Instance);
        using (var page = new CircuitSignIn(presence))
        {
            page.SetAuthenticationState(Task.FromResult(new AuthenticationState(SignedIn.Principal(One, "Mayor, Davis"))));
            await presence.AskAll(Cancel);
            Assert.True((await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated);

            holds = false;
            await presence.AskAll(Cancel);

            Assert.False((await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated);
            Assert.Equal(0, presence.Count);
            page.SetAuthenticationState(Task.FromResult(new AuthenticationState(SignedIn.Principal(Two, "Clerk"))));
            Assert.Equal(1, presence.Count);
        }

        Assert.Equal(0, presence.Count);
    }
}
