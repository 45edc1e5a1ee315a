using System.Collections.Concurrent;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
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
    public async Task Everything_of_someone_whose_session_has_ended_ends_within_thirty_seconds_and_nothing_else()
    {
        var (clock, holds, asked) = (new FakeTimeProvider(), new ConcurrentDictionary<Caller, bool>(), new ConcurrentQueue<Caller>());
        (holds[One], holds[Two]) = (true, true);
        using var round = new SemaphoreSlim(0);
        using var presence = new Presence(caller =>
        {
            asked.Enqueue(caller);
            round.Release();
            return Task.FromResult(holds[caller]);
        }, clock, NullLogger<Presence>.Instance);
        await presence.StartAsync(Cancel);
        List<string> ended = [];
        using var page = presence.Watch(One, () => ended.Add("page"));
        using var hub = presence.Watch(One, () => ended.Add("hub"));
        using var other = presence.Watch(Two, () => ended.Add("other"));

        await Round();
        Assert.Equal((2, 0), (asked.Count, ended.Count)); // once each, however much they have open
        holds[One] = false;
        await Round();

        Assert.True(Presence.Every * 2 < TimeSpan.FromSeconds(30));
        Assert.Equal(["hub", "page"], ended.Order(StringComparer.Ordinal));
        Assert.Equal(1, presence.Count);
        other.Dispose();
        Assert.Equal(0, presence.Count);
        await presence.StopAsync(Cancel);

        async Task Round()
        {
            var (before, open) = (asked.Count, presence.Count == 1 ? 1 : 2);
            clock.Advance(Presence.Every);
            for (var i = 0; i < open; i++)
                Assert.True(await round.WaitAsync(TimeSpan.FromSeconds(10), Cancel));
            Assert.Equal(before + open, asked.Count);
            await presence.AskAll(Cancel); // what the round began is done before this one's end
            while (round.CurrentCount > 0)
                await round.WaitAsync(Cancel);
            asked.Clear();
            foreach (var caller in new[] { One, Two }.Take(open))
                asked.Enqueue(caller);
        }
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
