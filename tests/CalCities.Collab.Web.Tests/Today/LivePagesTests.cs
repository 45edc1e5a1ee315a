using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CalCities.Collab.Today;

/// <summary>Today and a group's page over a real hub: its log, its grains and its lists.</summary>
public sealed class LivePagesTests : BunitContext, IAsyncLifetime
{
    private static readonly ThreadId Rates = new("rates");
    private static readonly ThreadId Ports = new("ports");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TestHub hub = null!;
    private GroupId eq, ps;
    private BunitAuthorizationContext signedIn = null!;
    private MemberId davis, pacifica, oakland;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        eq = await hub.Found("eq", "Environmental Quality");
        ps = await hub.Found("ps", "Public Safety");
        davis = await hub.Join("eq-chair", "Mayor", "Davis", seats: (eq, Role.Chair));
        pacifica = await hub.Join("eq-member-01", "Mayor", "Pacifica", seats: (eq, Role.Member));
        oakland = await hub.Join("ps-chair", "Mayor", "Oakland", seats: (ps, Role.Chair));
        Services.AddSingleton(new LiveTopics(new ClusterSource(hub.Grains), TimeProvider.System, NullLogger<LiveTopics>.Instance));
        Services.AddSingleton(hub.Door).AddSingleton(hub.Grains).AddSingleton(TimeProvider.System);
        Services.AddSingleton(hub.Services.GetRequiredService<ThreadQueries>()).AddSingleton(hub.Services.GetRequiredService<GroupQueries>()).AddSingleton(hub.Services.GetRequiredService<BillQueries>()).AddSingleton(hub.Services.GetRequiredService<MeetingQueries>());
        signedIn = this.AddAuthorization();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public new async ValueTask DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Today_tells_what_needs_me_what_is_new_and_what_others_discuss_and_learns_of_a_post_at_once()
    {
        await Send(davis, Rates, new ThreadCommand.Open(eq, null, "Rate adjustments", Readers.GroupOnly));
        await Send(oakland, Ports, new ThreadCommand.Open(ps, null, "Ports", Readers.AllMembers));
        await Send(pacifica, Rates, new ThreadCommand.Post(new("one"), null, null, Stance.None, "What does @Mayor, Davis say?", [davis]));
        await hub.CaughtUp();
        SignIn(davis, "Mayor, Davis");

        var today = Render<TodayPage>();

        await Shows(today, "h1", "Today one thing needs you");
        await Shows(today, ".card.due a", "Read: Rate adjustments");
        Assert.Equal("/threads/rates#post-one", today.Find(".card.due a").GetAttribute("href"));
        await Shows(today, "#conversations", "Conversations 1 new");
        await Shows(today, "#elsewhere + ul a b", "Ports");
        await Shows(today, "#your-groups + ul a", "Environmental Quality Chair");

        await Send(pacifica, Rates, new ThreadCommand.Post(new("two"), null, null, Stance.None, "And Arcata?", []));

        await Shows(today, "#conversations", "Conversations 2 new");
    }

    [Fact]
    public async Task A_quiet_groups_talk_stands_on_Today_however_much_others_talk()
    {
        await Send(pacifica, Rates, new ThreadCommand.Open(eq, null, "Rate adjustments", Readers.GroupOnly));
        for (var i = 0; i <= ThreadQueries.MaxRows; i++)
            await Send(oakland, new ThreadId($"ports-{i}"), new ThreadCommand.Open(ps, null, $"Ports {i}", i % 2 == 0 ? Readers.AllMembers : Readers.GroupOnly));
        await hub.CaughtUp();
        SignIn(davis, "Mayor, Davis");

        await Shows(Render<TodayPage>(), "[aria-labelledby=conversations] ul a b", "Rate adjustments");
    }

    [Fact]
    public async Task Someone_without_a_seat_sees_what_is_open_to_all_and_nothing_else()
    {
        await Send(davis, Rates, new ThreadCommand.Open(eq, null, "Rate adjustments", Readers.GroupOnly));
        await Send(oakland, Ports, new ThreadCommand.Open(ps, null, "Ports", Readers.AllMembers));
        var follower = await hub.Join("follower", "Council Member", "Danville", Duty.Follower);
        SignIn(follower, "Council Member, Danville");

        var today = Render<TodayPage>();

        await Shows(today, "#elsewhere + ul a b", "Ports");
        Assert.DoesNotContain("Rate adjustments", today.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_the_hub_does_not_know_is_told_so()
    {
        SignIn(new MemberId("nobody"), "Nobody");

        await Shows(Render<TodayPage>(), "main h2, section h2", "Your account is not known here");
    }

    [Fact]
    public async Task A_groups_page_shows_its_threads_and_roster_and_offers_a_thread_to_those_who_sit_in_it()
    {
        await Send(davis, Rates, new ThreadCommand.Open(eq, null, "Rate adjustments", Readers.AllMembers));
        await hub.CaughtUp();
        SignIn(davis, "Mayor, Davis");

        var page = Render<GroupPage>(p => p.Add(g => g.Slug, "eq"));

        await Shows(page, "h1", "Environmental Quality");
        await Shows(page, "[aria-labelledby=threads] b", "Rate adjustments");
        await Shows(page, "table tbody tr", "DavisMayor Chair You");
        Assert.Equal(["threads", "bills", "meetings"], page.FindAll("[role=region]").Select(region => region.GetAttribute("aria-labelledby")!), StringComparer.Ordinal);
        Assert.Equal("/threads/new?group=eq", page.Find("header a.btn").GetAttribute("href"));

        SignIn(oakland, "Mayor, Oakland");
        var visited = Render<GroupPage>(p => p.Add(g => g.Slug, "eq"));
        await Shows(visited, "[aria-labelledby=threads] b", "Rate adjustments");
        Assert.Empty(visited.FindAll("header a.btn"));
    }

    [Theory]
    [InlineData("no-such-group")]
    [InlineData("a b/c")]
    public async Task A_group_that_is_not_there_says_where_the_groups_are(string slug)
    {
        SignIn(davis, "Mayor, Davis");

        var page = Render<GroupPage>(p => p.Add(g => g.Slug, slug));

        await Shows(page, "h1", "There is no such group");
    }

    private static Task Shows(IRenderedComponent<IComponent> page, string selector, string text) =>
        page.WaitForAssertionAsync(() => Assert.Equal(text, string.Concat(page.Find(selector).TextContent.Split('\n', StringSplitOptions.TrimEntries))), Patience);

    private void SignIn(MemberId member, string name) =>
        signedIn.SetAuthorized(name).SetClaims(new Claim(ClaimTypes.NameIdentifier, member.Value));

    private async Task Send(MemberId by, ThreadId to, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(by, to, new CommandId(Guid.NewGuid().ToString("N")), command, Xunit.TestContext.Current.CancellationToken));
}
