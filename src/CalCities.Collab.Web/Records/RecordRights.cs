using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Security;

namespace CalCities.Collab.Records;

/// <summary>Refusals of exports of the record.</summary>
public static class RecordRefusals
{
    public static readonly Refusal NotYourCity = new("NotYourCity", "A city's record is for that city's own clerk and the league's clerk.");
    public static readonly Refusal Busy = new("Busy", "Others are downloading their records at the moment. Try again in a minute.");
}

/// <summary>Who may have which record: one's own; a city's for its own clerk and the league's.</summary>
internal sealed class RecordRights : IRights
{
    private static readonly Right OfCity = new("its own city", ActorKinds.CityClerk | ActorKinds.CommitteeClerk, RecordRefusals.NotYourCity, "see record of city");

    public static ImmutableArray<Right> Rows { get; } =
    [
        new("one's own", Relations.Everyone, WebRefusals.SignInFirst, "page /me/record", "POST /me/record/download"),
        // Which city is known only when the address is read: the row above decides there.
        new("any", Relations.Everyone, WebRefusals.SignInFirst, "page /cities/{Slug}/record", "POST /cities/{slug}/record/download"),
        OfCity,
    ];

    /// <summary>What stands against someone whose own city (null: none) is this one. A committee's own clerk keeps that committee's record, not a city's.</summary>
    public static Refusal? AgainstCity(Standing standing, CityId? own, CityId city) =>
        OfCity.Against(Relations.Of(standing) | (standing.Duty == Duty.CityClerk && own == city ? ActorKinds.CityClerk : ActorKinds.Nobody));
}
