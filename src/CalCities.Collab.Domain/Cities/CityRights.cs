using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

/// <summary>Who may do what with a city.</summary>
public sealed class CityRights : IRights
{
    public static readonly Right Keep = new("any", ActorKinds.Program | ActorKinds.Staff | ActorKinds.Admin, CityRefusals.OnlyStaff,
        "cities.register", "cities.rename", "cities.move", "cities.admit", "cities.withdraw", "cities.size-body");

    public static readonly Right Designate = new("one's own city", ActorKinds.Program | ActorKinds.Staff | ActorKinds.CityClerk, CityRefusals.OnlyItsClerk, "cities.designate");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see city");

    public static ImmutableArray<Right> Rows { get; } = [Keep, Designate, See];
}
