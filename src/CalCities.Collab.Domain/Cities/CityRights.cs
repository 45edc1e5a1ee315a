using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>Who may do what with a city's record: staff keep it, its own clerk names its delegates.</summary>
public sealed class CityRights : IRights
{
    public static readonly Right Keep = new("any", ActorKinds.Program | ActorKinds.Staff | ActorKinds.Admin, CityRefusals.OnlyStaff,
        "cities.register", "cities.admit", "cities.depart", "cities.rename", "cities.move", "cities.size-body");

    public static readonly Right Designate = new("one's own city, or any for staff", ActorKinds.Program | ActorKinds.Staff | ActorKinds.CityClerk, CityRefusals.OnlyItsClerk, "cities.designate");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see city");

    public static ImmutableArray<Right> Rows { get; } = [Keep, Designate, See];

    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));

    public static bool MayDesignate(Standing standing, CityId city) => Designate.Allows(standing.To(city));

    internal static Refusal? Against(Actor actor, CityId? city, CityCommand command) =>
        command is not CityCommand.Designate ? Keep.Against(Relations.Of(actor))
        : Designate.Against(actor is Actor.Person person && city is { } of ? person.Standing.To(of) : Relations.Of(actor));
}
