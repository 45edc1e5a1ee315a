using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Rosters;

/// <summary>Who a person is, as a roster says it.</summary>
internal sealed record PersonState(string? Name, string Office, string? City, Duty Duty, string? Body, bool IsSuspended = false)
{
    /// <summary>The id of the city where its name doesn't tell it; see <see cref="Standing.HomeId"/>.</summary>
    public CityId? HomeId { get; init; }

    [JsonIgnore]
    public CityId? Home => Standing.HomeOf(HomeId, City);

    public static PersonState Of(MemberRow row) => new(row.Name, row.Office, row.City, row.Duty, row.Body, row.IsSuspended) { HomeId = row.Home?.UnlessOf(row.City) };
}

/// <summary>A person who is new (no Before) or described differently.</summary>
internal sealed record PersonChange(int Line, MemberId Member, string? Email, string? EmailBefore, PersonState? Before, PersonState After);

/// <summary>A seat as it is held; By and For as in the group.</summary>
internal sealed record SeatState(Role Role, string? By, string? For);

/// <summary>A seat that is filled (no Before), vacated (no After) or held differently, now or in the next term.</summary>
internal sealed record SeatChange(int Line, GroupId Group, string? Term, MemberId Member, SeatState? Before, SeatState? After);

/// <summary>All that an import changes, with what was there before, so that it can be taken back.</summary>
internal sealed record RosterPlan(ImmutableArray<PersonChange> People, ImmutableArray<SeatChange> Seats)
{
    public bool IsEmpty => People.IsEmpty && Seats.IsEmpty;

    /// <summary>The same backwards. Who was new is suspended: an account is never unmade.</summary>
    public RosterPlan Reversed() => new(
        [.. People.Select(change => change with
        {
            Email = change.EmailBefore,
            EmailBefore = change.Email,
            Before = change.After,
            After = change.Before ?? change.After with { IsSuspended = true },
        })],
        [.. Seats.Select(change => change with { Before = change.After, After = change.Before })]);
}
