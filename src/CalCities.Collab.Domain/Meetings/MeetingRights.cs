using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>Who may do what in a meeting of a group: the decider refuses by these rows, pages show controls by them. Staff never vote, open or close a vote, or change the roll.</summary>
public sealed class MeetingRights : IRights
{
    private const ActorKinds Chairs = ActorKinds.Chair | ActorKinds.ViceChair;

    /// <summary>An admin runs the hub and takes part in nothing; a follower looks on.</summary>
    private const ActorKinds Apart = ActorKinds.Admin | ActorKinds.Follower;

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, MeetingRefusals.NoSuchMeeting, "see meeting");

    public static readonly Right Keep = new("planned or under way", Chairs | ActorKinds.CommitteeClerk | ActorKinds.Staff, MeetingRefusals.NotYourMeeting,
        "meetings.schedule", "meetings.rearrange", "meetings.cancel", "meetings.add-item", "meetings.change-item", "meetings.move-item", "meetings.remove-item", "meetings.post-agenda")
    { Never = Apart };

    /// <summary>Beside the right: it is the one who presides now.</summary>
    public static readonly Right Preside = new("in session", Chairs, MeetingRefusals.OnlyTheChairPresides,
        "meetings.call-to-order", "meetings.recess", "meetings.resume", "meetings.adjourn", "meetings.take-the-chair", "meetings.call-item", "meetings.open-stage",
        "meetings.finish-item", "meetings.recognise", "meetings.extend-time", "meetings.end-speech", "meetings.close-list", "meetings.open-list",
        "meetings.rule-on-point", "meetings.rule-in-order", "meetings.settle-second", "meetings.open-vote", "meetings.close-vote", "meetings.void-vote")
    { Never = Apart | ActorKinds.Staff };

    public static readonly Right KeepRoll = new("planned or in session", Chairs | ActorKinds.CommitteeClerk, MeetingRefusals.OnlyChairOrClerk,
        "meetings.open-roll", "meetings.add-speaker", "meetings.mark-silent", "meetings.enter-hands")
    { Never = Apart | ActorKinds.Staff };

    /// <summary>For oneself; chair and clerk enter it for anyone, marked so.</summary>
    public static readonly Right Attend = new("a seat on the roll", ActorKinds.Oneself | ActorKinds.CommitteeClerk | Chairs, MeetingRefusals.NotYourSeat,
        "meetings.check-in", "meetings.step-out", "meetings.return", "meetings.leave", "meetings.recuse")
    { Never = Apart | ActorKinds.Staff };

    /// <summary>For the seat that one sits in; the clerk enters it for anyone, marked so.</summary>
    public static readonly Right TakePart = new("a seat that is present and not recused", ActorKinds.Oneself | ActorKinds.CommitteeClerk, MeetingRefusals.NotYourSeat,
        "meetings.ask-to-speak", "meetings.cast", "meetings.object", "meetings.pull-item", "meetings.raise-point")
    { Never = Apart | ActorKinds.Staff | ActorKinds.Recused };

    /// <summary>What a member says aloud, chair and clerk may enter with the member's name.</summary>
    public static readonly Right Move = new("a seat that is present and not recused", ActorKinds.Oneself | ActorKinds.CommitteeClerk | Chairs, MeetingRefusals.NotYourSeat,
        "meetings.make-motion", "meetings.second-motion")
    { Never = Apart | ActorKinds.Staff };

    /// <summary>Whose speech or motion it is, the chair and the clerk.</summary>
    public static readonly Right TakeBack = new("one's own speech or motion", ActorKinds.Oneself | ActorKinds.CommitteeClerk | Chairs, MeetingRefusals.NotYourSeat,
        "meetings.take-off-list", "meetings.withdraw-motion", "meetings.amend-friendly")
    { Never = Apart | ActorKinds.Staff };

    public static ImmutableArray<Right> Rows { get; } = [See, Keep, Preside, KeepRoll, Attend, TakePart, Move, TakeBack];

    public static bool MayKeep(Standing standing, GroupId group) => Keep.Allows(standing.To(group));

    /// <summary>Whether there is any group whose meetings someone of this standing schedules.</summary>
    public static bool MayKeepSomewhere(Standing standing) => Keep.Allows(Relations.Of(standing)) || standing.Seats.Any(seat => MayKeep(standing, seat.Group));

    public static bool MayPreside(Standing standing, GroupId group) => Preside.Allows(standing.To(group));

    public static bool MayKeepRoll(Standing standing, GroupId group) => KeepRoll.Allows(standing.To(group));

    /// <summary>Who someone is to a seat of a meeting: its occupant, while they have a place in the group, or its clerk.</summary>
    internal static ActorKinds To(Actor.Person person, GroupId group, SeatNow? seat) =>
        person.Standing.To(group) | (seat?.Occupant == person.Member && person.Standing.RoleIn(group) is not null ? ActorKinds.Oneself : ActorKinds.Nobody);

    /// <summary>As above; recused where the person's own seat takes no part in the item at hand.</summary>
    internal static ActorKinds To(Actor.Person person, GroupId group, SeatNow? seat, Session session) =>
        To(person, group, seat) | (session.Of(person.Member) is { } own && session.IsRecused(own.Seat.Holder, session.Item) ? ActorKinds.Recused : ActorKinds.Nobody);
}
