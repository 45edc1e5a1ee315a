using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Who may do what with a group and its seats; its threads have rights of their own.</summary>
public sealed class GroupRights : IRights
{
    public static readonly Right Keep = new("any", ActorKinds.Program | ActorKinds.Admin | ActorKinds.Staff, GroupRefusals.OnlyTheHub,
        "groups.found", "groups.rename", "groups.empower", "groups.set-guard", "groups.set-rules", "groups.allot", "groups.plan-term", "groups.merge", "groups.retire");

    /// <summary>Also by the rule that seats a city's delegates.</summary>
    public static readonly Right Fill = new("a seat that no appointer counts", ActorKinds.Program | ActorKinds.Rule | ActorKinds.Admin | ActorKinds.Staff, GroupRefusals.OnlyTheHub, "groups.fill-seat");

    public static readonly Right Appoint = new("a seat of one's appointing", ActorKinds.Program | ActorKinds.Rule | ActorKinds.Admin | ActorKinds.Staff | ActorKinds.AppointingOfficer,
        GroupRefusals.OnlyItsAppointer, "groups.appoint", "groups.vacate-seat", "groups.vacate-next");

    public static readonly Right BeginTerm = new("any", ActorKinds.Program | ActorKinds.Rule, GroupRefusals.OnlyTheHub, "groups.begin-term");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see group");

    public static ImmutableArray<Right> Rows { get; } = [Keep, Fill, Appoint, BeginTerm, See];

    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));

    /// <summary>Seats that no appointer counts.</summary>
    public static bool MayFill(Standing standing) => Fill.Allows(Relations.Of(standing));

    public static bool MayAppoint(Standing standing, Appointer? appointer) => Appoint.Allows(To(new Actor.Person(default, standing), appointer));

    /// <summary>A body appoints members and their alternates; chair, vice chair and all others are named by the league's president, through the lists, and by staff.</summary>
    public static bool MayGive(Actor actor, Appointer by, Role role) =>
        actor is not Actor.Person person || MayKeep(person.Standing)
        || role is Role.Member or Role.Alternate or Role.SeatedAlternate || (by.IsList && role is Role.Chair or Role.ViceChair);

    /// <summary>Who someone is to the seats of an appointer (null: seats that none counts).</summary>
    internal static ActorKinds To(Actor actor, Appointer? appointer) =>
        Relations.Of(actor)
        | (actor is Actor.Person person && appointer is { } by && person.Standing.RoleIn(by.Group) == Role.Chair ? ActorKinds.AppointingOfficer : ActorKinds.Nobody);
}
