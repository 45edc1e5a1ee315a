using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>Everything that can have happened to a city. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("cities.event")]
public abstract record CityEvent
{
    private CityEvent() { }

    [GenerateSerializer, Immutable, Alias("cities.registered.v1")]
    public sealed record Registered(string Name, string County, GroupId Division) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.renamed.v1")]
    public sealed record Renamed(string Name) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.moved.v1")]
    public sealed record Moved(GroupId Division) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.admitted.v1")]
    public sealed record Admitted(DateOnly From) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.withdrawn.v1")]
    public sealed record Withdrawn(DateOnly From) : CityEvent;

    [GenerateSerializer, Immutable, Alias("cities.body-sized.v1")]
    public sealed record BodySized(string Body, int Size) : CityEvent;

    /// <summary>Former are those who were designated before and are no longer.</summary>
    [GenerateSerializer, Immutable, Alias("cities.designated.v1")]
    public sealed record Designated(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly CouncilActedOn, ImmutableArray<MemberId> Former) : CityEvent;
}
