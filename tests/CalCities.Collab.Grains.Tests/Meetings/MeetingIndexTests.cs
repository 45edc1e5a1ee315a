using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Voting;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Meetings;

/// <summary>Meetings through the real door, grain, log, feed and index.</summary>
public abstract class MeetingIndexContract(string database) : IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq"), Cs = new("cs");
    private static readonly MeetingId June = new("june"), July = new("july"), Other = new("other");
    private static readonly Place Hall = new("1400 K Street, Sacramento", "First floor", "https://video.example/eq", "", true);
    private static readonly DateTimeOffset Soon = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddDays(7).ToUnixTimeMilliseconds());
    private KeptDatabase kept = null!;
    private TestHub? hub;
    private MemberId chair, member, alternate, otherChair, clerk;
    private int sent;

    private MeetingQueries Queries => hub!.Services.GetRequiredService<MeetingQueries>();

    public async ValueTask InitializeAsync()
    {
        kept = await KeptDatabase.New(database);
        hub = await TestHub.Start(kept.ConnectionString);
        await hub.Found("eq", "Environmental Quality");
        await hub.Found("cs", "Community Services");
        chair = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        member = await hub.Join("eq-member-01", "Council Member", "Arcata", Duty.None, (Eq, Role.Member));
        alternate = await hub.Join("eq-alternate", "City Manager", "Arcata", Duty.None, (Eq, Role.Alternate));
        otherChair = await hub.Join("cs-chair", "Mayor", "Fresno", Duty.None, (Cs, Role.Chair));
        clerk = await hub.Join("clerk", "Clerk", null, Duty.Clerk);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (hub is not null)
            await hub.DisposeAsync();
        if (kept is not null)
            await kept.DisposeAsync();
    }

    [Fact]
    public async Task A_meeting_stands_in_all_lists_and_its_groups_with_where_and_when_it_is()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Schedule(otherChair, Other, Cs, "Special meeting", Soon.AddDays(1), isSpecial: true);
        await hub!.CaughtUp();

        var june = new MeetingRow(June, Eq, "Environmental Quality", "June meeting", false, Soon, "First floor, 1400 K Street, Sacramento, video", MeetingStage.Planned, 0, false);
        var other = june with { Meeting = Other, Group = Cs, GroupName = "Community Services", Title = "Special meeting", IsSpecial = true, Starts = Soon.AddDays(1) };
        Assert.Equal([june, other], await All());
        Assert.Equal([june], (await Queries.Of(Eq, Cancel)).Rows);
        Assert.Equal([other], (await Queries.Of(Cs, Cancel)).Rows);
        Assert.Empty((await Queries.Of(new("board"), Cancel)).Rows);
    }

    [Fact]
    public async Task A_meeting_that_is_moved_is_listed_as_it_is_now()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Do(chair, June, new MeetingCommand.Rearrange("Late June meeting", Soon.AddDays(10), new Place("", "", "", "916 555 0100", false)));
        await hub!.CaughtUp();

        Assert.Equal([new MeetingRow(June, Eq, "Environmental Quality", "Late June meeting", false, Soon.AddDays(10), "telephone", MeetingStage.Planned, 0, false)], await All());
    }

    [Fact]
    public async Task A_posted_agenda_shows_its_revision_and_whether_it_was_in_time()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Schedule(otherChair, Other, Cs, "Tomorrow", Soon.AddDays(-6));
        foreach (var (by, meeting) in new[] { (chair, June), (otherChair, Other) })
        {
            await Do(by, meeting, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Bins", null, null, [])));
            await Do(by, meeting, new MeetingCommand.PostAgenda());
        }

        await Do(chair, June, new MeetingCommand.AddItem(new ItemText(ItemKind.Informational, "Parks", null, null, [])));
        await Do(chair, June, new MeetingCommand.PostAgenda());
        await hub!.CaughtUp();

        Assert.Equal([(Other, 1, false), (June, 2, true)], (await All()).Select(row => (row.Meeting, row.Revision, row.InTime)));
    }

    [Fact]
    public async Task A_meeting_goes_through_its_stages_and_stands_first_while_it_is_under_way()
    {
        await Schedule(otherChair, Other, Cs, "Earlier", Soon.AddDays(-1));
        await Schedule(chair, June, Eq, "June meeting", Soon);
        Assert.Equal([(Other, MeetingStage.Planned), (June, MeetingStage.Planned)], await Stages());
        await Do(clerk, June, new MeetingCommand.OpenRoll(Eq));
        Assert.Equal([(June, MeetingStage.RollOpen), (Other, MeetingStage.Planned)], await Stages());
        await CheckIn(chair, chair);
        await CheckIn(member, member);
        await Do(chair, June, new MeetingCommand.CallToOrder());
        Assert.Equal([(June, MeetingStage.InSession), (Other, MeetingStage.Planned)], await Stages());
        await Do(chair, June, new MeetingCommand.Recess());
        Assert.Equal([(June, MeetingStage.InRecess), (Other, MeetingStage.Planned)], await Stages());
        await Do(chair, June, new MeetingCommand.Resume());
        Assert.Equal([(June, MeetingStage.InSession), (Other, MeetingStage.Planned)], await Stages());
        await Do(chair, June, new MeetingCommand.Adjourn());
        Assert.Equal([(Other, MeetingStage.Planned), (June, MeetingStage.Adjourned)], await Stages());
        Assert.Equal([false, false], (await All()).Select(row => row.IsLive));
    }

    [Fact]
    public async Task A_cancelled_meeting_stays_listed_behind_those_to_come()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Schedule(chair, July, Eq, "July meeting", Soon.AddDays(30));
        await Do(chair, June, new MeetingCommand.Cancel("No quorum is expected"));
        Assert.Equal([(July, MeetingStage.Planned), (June, MeetingStage.Cancelled)], await Stages());
    }

    [Fact]
    public async Task Who_checks_in_is_known_until_they_leave_or_the_meeting_ends()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Do(clerk, June, new MeetingCommand.OpenRoll(Eq));
        Assert.Equal((false, false), await CheckedIn());
        await CheckIn(chair, chair);
        await CheckIn(member, member);
        Assert.Equal((true, true), await CheckedIn());
        await Do(member, June, new MeetingCommand.StepOut(member));
        Assert.Equal((true, true), await CheckedIn());
        await Do(member, June, new MeetingCommand.Leave(member));
        Assert.Equal((true, false), await CheckedIn());
        await CheckIn(member, alternate);
        await hub!.CaughtUp();
        Assert.Equal((false, true), (await Queries.IsCheckedIn(member, Cancel), await Queries.IsCheckedIn(alternate, Cancel)));
        await Do(chair, June, new MeetingCommand.CallToOrder());
        await Do(chair, June, new MeetingCommand.Adjourn());
        Assert.Equal((false, false), await CheckedIn());
        Assert.False(await Queries.IsCheckedIn(alternate, Cancel));

        async Task<(bool Chair, bool Member)> CheckedIn()
        {
            await hub!.CaughtUp();
            return (await Queries.IsCheckedIn(chair, Cancel), await Queries.IsCheckedIn(member, Cancel));
        }
    }

    [Fact]
    public async Task Lists_that_are_made_anew_from_the_log_are_the_same()
    {
        await Schedule(chair, June, Eq, "June meeting", Soon);
        await Schedule(chair, July, Eq, "July meeting", Soon.AddDays(30));
        await Schedule(otherChair, Other, Cs, "Other", Soon.AddDays(-1));
        await Do(chair, June, new MeetingCommand.AddItem(new ItemText(ItemKind.Action, "Bins", null, null, [])));
        await Do(chair, June, new MeetingCommand.PostAgenda());
        await Do(otherChair, Other, new MeetingCommand.Cancel("Moved to July"));
        await Do(clerk, June, new MeetingCommand.OpenRoll(Eq));
        await CheckIn(chair, chair);
        await CheckIn(member, member);
        await Do(member, June, new MeetingCommand.Leave(member));
        await CheckIn(member, alternate);
        await hub!.CaughtUp();
        var listed = await All();
        Assert.Equal([June, July, Other], listed.Select(row => row.Meeting));
        await hub.DisposeAsync();
        hub = null;

        // The keeper makes every list anew beside the log and compares row by row.
        var findings = await kept.Keeper.Verify(Cancel);
        Assert.Equal((0, null), (findings.Faults, findings.FirstFault));

        hub = await TestHub.Start(kept.ConnectionString);
        await hub.CaughtUp();
        Assert.Equal(listed, await All());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<ImmutableArray<MeetingRow>> All() => (await Queries.All(Cancel)).Rows;

    private async Task<IEnumerable<(MeetingId, MeetingStage)>> Stages()
    {
        await hub!.CaughtUp();
        return (await All()).Select(row => (row.Meeting, row.Stage));
    }

    private Task Schedule(MemberId by, MeetingId meeting, GroupId group, string title, DateTimeOffset starts, bool isSpecial = false) =>
        Do(by, meeting, new MeetingCommand.Schedule(group, title, isSpecial, starts, Hall));

    private Task CheckIn(MemberId seat, MemberId occupant) => Do(occupant, June, new MeetingCommand.CheckIn(seat, occupant, false));

    private async Task Do(MemberId by, MeetingId meeting, MeetingCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub!.Door.Execute(by, meeting, new CommandId($"c{++sent}"), command, Cancel));
}

public sealed class SqliteMeetingIndexTests() : MeetingIndexContract("SQLite");

public sealed class PostgresMeetingIndexTests() : MeetingIndexContract("PostgreSQL");
