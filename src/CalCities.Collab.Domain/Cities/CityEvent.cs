using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>Everything that can have happened to a city's record. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("cities.event")]
public abstract record CityEvent
{
    private CityEvent() { }

    [GenerateSerializer, Immutable, Alias("cities.registered.v1")]
    public sealed record Registered(string Name, string County, GroupId Division) : CityEvent;

    /// <summary>A member of the league from this day; nothing where the day is not known.</summary>
    [GenerateSerializer, Immutable, Alias("cities.admitted.v1")]
    public sealed record Admitted(DateOnly? On) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.departed.v1")]
    public sealed record Departed(DateOnly On) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.renamed.v1")]
    public sealed record Renamed(string Name) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.moved.v1")]
    public sealed record Moved(GroupId Division) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.body-sized.v1")]
    public sealed record BodySized(string Body, int Seats) : CityEvent;

    /// <summary>Released are those who were named before and are no more.</summary>
    [GenerateSerializer, Immutable, Alias("cities.designated.v1")]
    public sealed record Designated(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly DecidedOn, ImmutableArray<MemberId> Released) : CityEvent;
}
