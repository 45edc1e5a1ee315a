using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;

namespace CalCities.Collab.Accounts;

/// <summary>No session ends while its member is checked in, but by being ended; one for a meeting ends with it.</summary>
public sealed class SessionsInMeetingsTests : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq");
    private static readonly MeetingId June = new("june");
    private TestHub hub = null!;
    private MemberId chair, member;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        await hub.Found("eq", "Environmental Quality");
        chair = await hub.Join("chair", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        member = await hub.Join("member", "Mayor", "Ojai", Duty.None, (Eq, Role.Member));
        await Do(chair, new MeetingCommand.Schedule(Eq, "June", false, DateTimeOffset.UtcNow.AddDays(7), new Place("City hall", "", "", "", true)));
        await Do(chair, new MeetingCommand.OpenRoll(Eq));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_session_whose_time_is_over_goes_on_while_its_member_is_checked_in_and_ends_when_they_leave()
    {
        var access = hub.Grains.GetGrain<IAccessGrain>(member.Value);
        var pass = await access.Begin("A browser", "link", DateTimeOffset.UtcNow.AddSeconds(-1));
        Assert.Equal(PassState.Ended, await access.StateOf(pass));

        await Do(member, new MeetingCommand.CheckIn(member, member, IsRemote: true));
        await hub.CaughtUp();
        Assert.Equal(PassState.Session, await access.StateOf(pass));
        await Do(member, new MeetingCommand.StepOut(member));
        await hub.CaughtUp();
        Assert.Equal(PassState.Session, await access.StateOf(pass));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Caller(member, pass), June, new("back"), new MeetingCommand.Return(member)));

        await Do(member, new MeetingCommand.Leave(member));
        await hub.CaughtUp();
        Assert.Equal(PassState.Ended, await access.StateOf(pass));
    }

    [Fact]
    public async Task A_session_that_is_revoked_ends_at_once_though_its_member_is_checked_in()
    {
        var access = hub.Grains.GetGrain<IAccessGrain>(member.Value);
        var pass = await access.Begin("A browser", "link");
        await Do(member, new MeetingCommand.CheckIn(member, member, IsRemote: true));
        await hub.CaughtUp();

        await access.End(pass);
        Assert.Equal(PassState.Ended, await access.StateOf(pass));
        Assert.Equal(new Outcome.Refused(KernelRefusals.SignedOut), await hub.Door.Execute(new Caller(member, pass), June, new("out"), new MeetingCommand.StepOut(member)));
    }

    [Fact]
    public async Task Who_came_in_by_a_clerk_s_code_for_a_meeting_stays_until_it_ends()
    {
        var entry = hub.Grains.GetGrain<IEntryGrain>(member.Value);
        var answer = await entry.UseCode((await entry.Issue(EntryKind.ClerkCode, "clerk", June))!.Code);
        Assert.Equal((EntryState.Good, June), (answer.State, answer.Meeting));
        Assert.Null((await entry.UseCode((await entry.Issue(EntryKind.ClerkCode, "clerk"))!.Code)).Meeting);

        var access = hub.Grains.GetGrain<IAccessGrain>(member.Value);
        var pass = await access.Begin("A tablet", "code from the clerk", null, answer.Meeting);
        Assert.Equal(PassState.Session, await access.StateOf(pass));
        Assert.Equal(PassState.Ended, await access.StateOf(await access.Begin("A tablet", "code from the clerk", null, new MeetingId("none"))));

        await Do(chair, new MeetingCommand.CheckIn(chair, chair, IsRemote: false));
        await Do(chair, new MeetingCommand.CallToOrder());
        await Do(chair, new MeetingCommand.Adjourn());
        Assert.Equal(PassState.Ended, await access.StateOf(pass));
    }

    [Fact]
    public async Task When_the_meeting_ends_nobody_is_checked_in_any_more()
    {
        var access = hub.Grains.GetGrain<IAccessGrain>(member.Value);
        var pass = await access.Begin("A browser", "link", DateTimeOffset.UtcNow.AddSeconds(-1));
        await Do(member, new MeetingCommand.CheckIn(member, member, IsRemote: true));
        await Do(chair, new MeetingCommand.CheckIn(chair, chair, IsRemote: false));
        await Do(chair, new MeetingCommand.CallToOrder());
        await hub.CaughtUp();
        Assert.Equal(PassState.Session, await access.StateOf(pass));

        await Do(chair, new MeetingCommand.Adjourn());
        await hub.CaughtUp();
        Assert.Equal(PassState.Ended, await access.StateOf(pass));
    }

    private async Task Do(MemberId by, MeetingCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(Caller.InProcess(by), June, new($"act-{++sent}"), command));
}
