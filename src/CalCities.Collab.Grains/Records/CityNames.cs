using System.Collections.Immutable;
using CalCities.Collab.Cities;

namespace CalCities.Collab.Records;

/// <summary>A name that a city has borne from a position of the log on.</summary>
public sealed record CityName(string Name, CityId City, long Since);

/// <summary>Which city bore which name when. What people write names their city as it was called then; the record of a city goes on under its id when it is renamed.</summary>
public sealed class CityNames(params IEnumerable<CityName> borne)
{
    private readonly ILookup<CityId, CityName> byName = borne.OrderBy(name => name.Since).ToLookup(name => CityId.OfName(name.Name));
    private readonly ILookup<CityId, CityName> byCity = borne.OrderByDescending(name => name.Since).ToLookup(name => name.City);

    /// <summary>The city that a name meant at a position of the log (without one: means now). A name that no city had borne by then is that of the first to take it.</summary>
    public CityId Of(string name, long position = long.MaxValue)
    {
        var (slug, meant) = (CityId.OfName(name), default(CityName));
        foreach (var one in byName[slug])
            if (meant is null || one.Since <= position)
                meant = one;
        return meant?.City ?? slug;
    }

    /// <summary>The city of an address: by its id or, where no city has that, by a name.</summary>
    public CityId Find(string slug) => byCity.Contains(CityId.OfName(slug)) ? CityId.OfName(slug) : Of(slug);

    /// <summary>What a city is and was called, its present name first; nothing for one that the hub doesn't know.</summary>
    public ImmutableArray<string> NamesOf(CityId city) => [.. byCity[city].Select(one => one.Name).Distinct(StringComparer.Ordinal)];
}
