using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>What a person can be to a thing that they would act on. One person is often several at once: the chair of a committee is a director of the Board too.</summary>
[Flags]
public enum ActorKinds
{
    Nobody = 0,
    /// <summary>Not signed in.</summary>
    Anonymous = 1 << 0,
    /// <summary>Signed in, but the account has no standing now: suspended, or never joined.</summary>
    Suspended = 1 << 1,
    Follower = 1 << 2,
    /// <summary>An account without a seat in the group at hand: a member of another group, or of none.</summary>
    OtherMember = 1 << 3,
    Member = 1 << 4,
    Chair = 1 << 5,
    ViceChair = 1 << 6,
    /// <summary>A named alternate whose holder sits.</summary>
    AlternateUnseated = 1 << 7,
    /// <summary>An alternate who sits for an absent holder.</summary>
    AlternateSeated = 1 << 8,
    /// <summary>A partner without a vote.</summary>
    Partner = 1 << 9,
    GuestSpeaker = 1 << 10,
    /// <summary>A city's voting delegate in the General Assembly.</summary>
    Delegate = 1 << 11,
    /// <summary>Keeps the record: of every group (the league's clerk) or of this one.</summary>
    CommitteeClerk = 1 << 12,
    /// <summary>The clerk of the city at hand.</summary>
    CityClerk = 1 << 13,
    /// <summary>Presides over the body that appoints to the seat at hand.</summary>
    AppointingOfficer = 1 << 14,
    Staff = 1 << 15,
    BoardMember = 1 << 16,
    Admin = 1 << 17,
    /// <summary>A program by its owner's token; it needs its owner's right beside this one.</summary>
    ApiToken = 1 << 18,
    /// <summary>The one whose own thing it is: their post, their account.</summary>
    Oneself = 1 << 19,
    /// <summary>A command of the program itself: an import, the demonstration.</summary>
    Program = 1 << 20,
    /// <summary>A rule of the hub that follows an event.</summary>
    Rule = 1 << 21,

    /// <summary>Takes no part in the item at hand, for an interest that was named.</summary>
    Recused = 1 << 22,
}

/// <summary>Who someone is to a thing, from what the server knows of them.</summary>
public static class Relations
{
    private static readonly GroupId Board = new("board");

    private const ActorKinds Seats = ActorKinds.Member | ActorKinds.Chair | ActorKinds.ViceChair | ActorKinds.AlternateUnseated | ActorKinds.AlternateSeated
        | ActorKinds.Partner | ActorKinds.GuestSpeaker | ActorKinds.Delegate;

    /// <summary>Everyone with an account that has standing.</summary>
    public const ActorKinds Everyone = Seats | ActorKinds.Follower | ActorKinds.OtherMember | ActorKinds.CommitteeClerk | ActorKinds.CityClerk | ActorKinds.AppointingOfficer
        | ActorKinds.Staff | ActorKinds.BoardMember | ActorKinds.Admin;

    /// <summary>Who acts, whatever the thing.</summary>
    public static ActorKinds Of(Actor actor) => actor switch
    {
        Actor.Person person => Of(person.Standing),
        Actor.Program => ActorKinds.Program,
        _ => ActorKinds.Rule,
    };

    /// <summary>Who someone is to a group and what belongs to it.</summary>
    public static ActorKinds To(this Standing standing, GroupId group)
    {
        var seat = standing.RoleIn(group) is { } role ? Of(role) : ActorKinds.Nobody;
        return seat | Of(standing) | (seat == ActorKinds.Nobody && standing.Duty is Duty.None or Duty.CityClerk ? ActorKinds.OtherMember : ActorKinds.Nobody);
    }

    /// <summary>Who someone is to a city and what belongs to it.</summary>
    public static ActorKinds To(this Standing standing, CityId city) =>
        Of(standing) | (standing.Duty == Duty.CityClerk && standing.Home == city ? ActorKinds.CityClerk : ActorKinds.OtherMember);

    /// <summary>Who someone is whatever the thing: by duty, and as a director of the Board.</summary>
    public static ActorKinds Of(Standing standing) =>
        standing.Duty switch
        {
            Duty.Staff => ActorKinds.Staff,
            Duty.Clerk => ActorKinds.CommitteeClerk,
            Duty.Admin => ActorKinds.Admin,
            Duty.Follower => ActorKinds.Follower,
            _ => ActorKinds.Nobody,
        }
        | (standing.RoleIn(Board) is Role.Member or Role.Chair or Role.ViceChair or Role.SeatedAlternate ? ActorKinds.BoardMember : ActorKinds.Nobody);

    private static ActorKinds Of(Role role) => role switch
    {
        Role.Chair => ActorKinds.Chair,
        Role.ViceChair => ActorKinds.ViceChair,
        Role.Alternate => ActorKinds.AlternateUnseated,
        Role.SeatedAlternate => ActorKinds.AlternateSeated,
        Role.Partner => ActorKinds.Partner,
        Role.Clerk => ActorKinds.CommitteeClerk,
        Role.Guest => ActorKinds.GuestSpeaker,
        Role.Delegate => ActorKinds.Delegate,
        _ => ActorKinds.Member,
    };
}
