using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

/// <summary>What other slices may know of a city: its name, and its council's and commissions' sizes by their names ("council").</summary>
[GenerateSerializer, Immutable, Alias("cities.fact")]
public sealed record CityFact(string Name, ImmutableSortedDictionary<string, int> Bodies) : Fact
{
    /// <summary>The regional division that it belongs to.</summary>
    [Id(2)]
    public GroupId? Division { get; init; }

    /// <summary>Whether it is a member of the league now.</summary>
    [Id(3)]
    public bool IsMember { get; init; }
}
