using System.Security.Claims;
using Bunit;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Live;

/// <summary>How a component that derives from <see cref="LiveComponent"/> is tried: the real topics over a log in memory.</summary>
public sealed class LiveComponentTests : BunitContext
{
    private readonly MemoryLog log = new();
    private readonly MemberId me;

    public LiveComponentTests()
    {
        me = log.Join("eq-chair");
        Found("eq", "Environmental Quality");
        Found("ps", "Public Safety");
        Services.AddSingleton(log.Topics);
        Services.AddSingleton<IDoor>(new OpenDoor(log));
        this.AddAuthorization().SetAuthorized(me.Value).SetClaims(new Claim(ClaimTypes.NameIdentifier, me.Value));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public async Task A_component_shows_what_happens_while_it_is_open()
    {
        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));
        await panel.WaitForAssertionAsync(() => Assert.Equal("threads of eq", panel.Find("p").TextContent));

        Eq.Append(me, new GroupEvent.SeatFilled(me, Role.Chair));

        await Told(panel, "eq-chair: Chair");
        Assert.Equal("Environmental Quality", panel.Find("h2").TextContent);
    }

    [Fact]
    public void Nothing_is_followed_while_prerendering()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));

        Assert.Equal("Loading", panel.Find("p").TextContent);
        Assert.Equal((0, 0), (log.Topics.Count, Eq.Follows));
    }

    [Fact]
    public async Task Other_parameters_follow_another_stream_and_let_the_first_go()
    {
        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));
        await panel.WaitForAssertionAsync(() => Assert.Equal("threads of eq", panel.Find("p").TextContent));

        panel.Render(p => p.Add(c => c.Slug, "ps"));
        await panel.WaitForAssertionAsync(() => Assert.Equal(("Public Safety", "threads of ps"), (panel.Find("h2").TextContent, panel.Find("p").TextContent)));

        log.Clock.Advance(Topic.KeepUnwatched);
        await MemoryLog.Until(() => Eq.Followers == 0);
        Assert.Contains(new Passing(me, Passing.Left), Eq.Signals);
    }

    [Fact]
    public async Task The_same_parameters_again_open_nothing_anew()
    {
        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));
        await panel.WaitForAssertionAsync(() => Assert.Equal("threads of eq", panel.Find("p").TextContent));

        panel.Render(p => p.Add(c => c.Slug, "eq"));

        Assert.Equal((1, 1), (Eq.Follows, Eq.Signals.Count));
    }

    [Fact]
    public async Task What_is_followed_is_let_go_with_the_component()
    {
        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));
        await panel.WaitForAssertionAsync(() => Assert.Equal("threads of eq", panel.Find("p").TextContent));

        await DisposeComponentsAsync();

        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(TimeSpan.FromSeconds(20));
            return (log.Topics.Count, log.References, Eq.Followers) == (0, 0, 0);
        });
    }

    [Fact]
    public async Task A_component_shows_its_own_command_when_it_is_answered_whatever_becomes_of_the_notice()
    {
        var panel = Render<GroupPanel>(p => p.Add(c => c.Slug, "eq"));
        await panel.WaitForAssertionAsync(() => Assert.Equal("threads of eq", panel.Find("p").TextContent));
        log.OnNotice = _ => { };

        var outcome = await panel.InvokeAsync(() => panel.Instance.Fill(me, Role.Chair));
        panel.Render();

        Assert.Equal(new Outcome.Recorded(2, 4), outcome);
        Assert.Equal("eq-chair: Chair", panel.Find("li").TextContent);
    }

    private MemoryStream<GroupEvent> Eq => log.Of<GroupEvent>(new GroupId("eq").Stream);

    private void Found(string slug, string name) =>
        log.Of<GroupEvent>(new GroupId(slug).Stream).Append(me, new GroupEvent.Founded(name, GroupKind.PolicyCommittee, ""));

    private Task Told(IRenderedComponent<GroupPanel> panel, string seat) => MemoryLog.Until(() =>
    {
        log.Clock.Advance(Topic.TellEvery);
        return panel.FindAll("li").Any(li => li.TextContent == seat);
    });

    /// <summary>Records seats without asking who acts: what the rules are is tried elsewhere.</summary>
    private sealed class OpenDoor(MemoryLog log) : IDoor
    {
        public Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand
        {
            var fill = (GroupCommand.FillSeat)(object)command;
            return Task.FromResult<Outcome>(log.Of<GroupEvent>(to.Stream).Append(caller.Member, new GroupEvent.SeatFilled(fill.Member, fill.Role)));
        }

        public Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand => throw new NotSupportedException();
    }
}
