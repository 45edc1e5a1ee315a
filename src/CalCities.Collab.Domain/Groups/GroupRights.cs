using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Who may do what with a group: staff keep it, appointing officers fill and vacate the seats of their own body.</summary>
public sealed class GroupRights : IRights
{
    private static readonly GroupId Board = new("board");

    private const ActorKinds Keepers = ActorKinds.Program | ActorKinds.Staff | ActorKinds.Admin;

    public static readonly Right Keep = new("any", Keepers, GroupRefusals.OnlyTheHub,
        "groups.found", "groups.rename", "groups.merge", "groups.retire", "groups.empower", "groups.set-guard", "groups.allot", "groups.plan-term");

    /// <summary>A rule fills them too: a city's delegates are seated when they are named.</summary>
    public static readonly Right Fill = new("a seat of the body over which one presides, or any for staff", Keepers | ActorKinds.Rule | ActorKinds.AppointingOfficer,
        GroupRefusals.OnlyTheAppointer, "groups.fill-seat", "groups.vacate-seat");

    public static readonly Right Begin = new("any", Keepers | ActorKinds.Rule, GroupRefusals.OnlyTheHub, "groups.begin-term");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see group");

    public static ImmutableArray<Right> Rows { get; } = [Keep, Fill, Begin, See];

    /// <summary>Keeps groups and fills every seat.</summary>
    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));

    /// <summary>Fills and vacates the seats of this appointer: who presides over the body, and the league's president for every list that is no body.</summary>
    public static bool MayFill(Standing standing, Appointer? by) => Fill.Allows(Of(standing, by));

    /// <summary>A body appoints members and their alternates; chair, vice chair and all others are the league's president's and staff's to name.</summary>
    public static bool MayGive(Standing standing, Appointer? by, Role role) =>
        role is Role.Member or Role.Alternate or Role.SeatedAlternate || MayKeep(standing)
        || (by is { } list && Lists.Contains(list.Value) && role is Role.Chair or Role.ViceChair && MayFill(standing, by));

    internal static Refusal? Against(Actor actor, Right right, Appointer? by = null) =>
        right.Against(actor is Actor.Person person ? Of(person.Standing, by) : Relations.Of(actor));

    private static ActorKinds Of(Standing standing, Appointer? by) =>
        Relations.Of(standing) | (by is { } body && standing.RoleIn(Presides(body)) == Role.Chair ? ActorKinds.AppointingOfficer : ActorKinds.Nobody);

    private static GroupId Presides(Appointer by) => Lists.Contains(by.Value) ? Board : by.Body;

    /// <summary>The lists of the Board's and the committees' seats that the league's president fills.</summary>
    private static readonly ImmutableHashSet<string> Lists = ImmutableHashSet.Create(StringComparer.Ordinal, "president", "officers", "at-large", "ten-largest");
}
