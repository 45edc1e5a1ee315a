using Bunit;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Meetings;

/// <summary>The list of meetings, and the page on which one is scheduled.</summary>
public sealed class MeetingPagesTests : PagesOnAHub
{
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddDays(30);

    private GroupId eq;
    private MemberId chair, member, clerk;

    protected override async Task Begin()
    {
        eq = await Hub.Found("eq", "Environmental Quality");
        chair = await Hub.Join("chair", "Mayor", "Davis", seats: (eq, Role.Chair));
        member = await Hub.Join("member", "Mayor", "Arcata", seats: (eq, Role.Member));
        clerk = await Hub.Join("clerk", "Clerk", null, Duty.Clerk);
    }

    [Fact]
    public async Task The_list_says_what_a_meeting_is_and_shows_those_under_way_those_to_come_and_those_past()
    {
        await SignIn(member);
        var page = Render<MeetingsPage>();
        await Shows(page, ".empty", "No meeting is scheduled. Meetings stand here with their agenda as soon as a chair or clerk schedules one.");
        Assert.Empty(page.FindAll("a[href='/meetings/new']"));

        await Act(clerk, new("june"), new MeetingCommand.Schedule(eq, "June meeting", false, Soon, Hall));
        await Act(clerk, new("may"), new MeetingCommand.Schedule(eq, "May meeting", false, Soon.AddDays(1), Hall));
        await Act(clerk, new("may"), new MeetingCommand.OpenRoll(eq));
        await Act(clerk, new("april"), new MeetingCommand.Schedule(eq, "April meeting", true, Soon.AddDays(2), Hall));
        await Act(clerk, new("april"), new MeetingCommand.Cancel("No quorum is to be had."));
        await Hub.CaughtUp();

        await Shows(page, "ul[aria-label='Under way and to come'] b", "May meeting", "June meeting");
        await Shows(page, "ul[aria-label='Under way and to come'] .chip", "Roll open", "Planned");
        await Shows(page, "ul[aria-label='Past'] b", "April meeting");
        await Shows(page, "ul[aria-label='Past'] .chip", "Cancelled");
    }

    [Fact]
    public async Task Who_keeps_no_meetings_learns_whom_to_ask()
    {
        await SignIn(member);

        await Shows(Render<NewMeetingPage>(), ".empty", "Meetings are scheduled by a group’s chair, vice chair or clerk, and by the league’s staff. Ask one of them.");
    }

    [Fact]
    public async Task A_meeting_without_a_time_or_in_the_past_is_refused_with_what_was_typed_kept_and_one_in_time_is_opened()
    {
        await Hub.CaughtUp();
        await SignIn(chair);
        var page = Render<NewMeetingPage>();
        await Shows(page, "#group option", "Environmental Quality");

        await page.Find("#meeting-title").ChangeAsync(new ChangeEventArgs { Value = "July meeting" });
        await page.Find("#meeting-address").ChangeAsync(new ChangeEventArgs { Value = "1400 K Street, Sacramento" });
        await page.Find("form").SubmitAsync();
        await Shows(page, "[role=alert]", "Give the day and the time at which the meeting starts.");

        await page.Find("#meeting-day").ChangeAsync(new ChangeEventArgs { Value = "2001-07-01" });
        await page.Find("#meeting-time").ChangeAsync(new ChangeEventArgs { Value = "10:00:00" });
        await page.Find("form").SubmitAsync();
        await Shows(page, "[role=alert]", MeetingRefusals.InThePast.Sentence);
        Assert.Equal("July meeting", page.Find("#meeting-title").GetAttribute("value"));

        await page.Find("#meeting-day").ChangeAsync(new ChangeEventArgs { Value = "2099-07-01" });
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Matches("/meetings/m-[0-9a-f]{16}$", Services.GetRequiredService<NavigationManager>().Uri), Patience);
    }

    private static Place Hall => new("1400 K Street, Sacramento", "", "", "", true);

    private async Task Act(MemberId who, MeetingId meeting, MeetingCommand command) =>
        Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(who, meeting, new CommandId(Guid.NewGuid().ToString("N")), command, Xunit.TestContext.Current.CancellationToken));
}
