using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

/// <summary>What other slices may know of a city: its name and division, whether it is a member, and its council's and commissions' sizes by their names ("council").</summary>
[GenerateSerializer, Immutable, Alias("cities.fact")]
public sealed record CityFact(string Name, GroupId Division, bool IsMember, ImmutableSortedDictionary<string, int> Bodies) : Fact;
