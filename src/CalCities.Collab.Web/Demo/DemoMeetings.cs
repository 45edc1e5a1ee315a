using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Meetings;
using CalCities.Collab.Shell;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Demo;

/// <summary>A meeting that is ready to be held: its agenda is written and posted, the chair and the members of its committee can open it.</summary>
internal static class DemoMeetings
{
    public static readonly MeetingId Meeting = new("eq-next");

    public static readonly GroupId Group = new("eq");

    /// <summary>A week from the first start, at ten in the morning, so that the agenda is posted in time.</summary>
    public static MeetingCommand.Schedule Scheduled(DateTimeOffset now) => new(Group, "Environmental Quality: next meeting", false,
        Pacific.At(Pacific.Day(now).AddDays(7), new TimeOnly(10, 0)), new Meetings.Place("1400 K Street, Sacramento", "First floor meeting room", "", "", true));

    public static ImmutableArray<MeetingCommand> Prepared { get; } =
    [
        Item(ItemKind.Informational, "Welcome and introductions", null, null),
        Item(ItemKind.PublicComment, "Public comment", null, null),
        Item(ItemKind.Consent, "SB 72: targets for the state’s water supply", "SB72", new MotionWords(Position.Watch, "", "")),
        Item(ItemKind.Consent, "AB 306: building standards", "AB306", new MotionWords(Position.Watch, "", "")),
        Item(ItemKind.Action, "SB 594: public hearings on new landfills", "SB594", new MotionWords(Position.SupportIfAmended, "the state names the map and the measure by which a burden is found", "")),
        new MeetingCommand.PostAgenda(),
    ];

    private static MeetingCommand.AddItem Item(ItemKind kind, string title, string? bill, MotionWords? recommends) =>
        new(new ItemText(kind, title, bill is null ? null : new BillId($"202520260{bill}"), recommends, []));
}
