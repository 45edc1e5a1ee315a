using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;

namespace CalCities.Collab.Rosters;

/// <summary>What the hub knows when a roster is held against it: the account of each address, people, cities with their bodies, groups with their seats; and who brings it in.</summary>
internal sealed record RosterKnown(
    Viewer By, ImmutableDictionary<string, MemberId> Accounts, ImmutableDictionary<MemberId, string> Emails, ImmutableDictionary<MemberId, MemberRow> People,
    ImmutableArray<CityRow> Cities, CityNames Names, ImmutableDictionary<CityId, CityFact> Facts, ImmutableArray<GroupRow> AllGroups, ImmutableDictionary<GroupId, GroupView> Groups)
{
    private readonly Dictionary<CityId, CityRow> cities = Cities.ToDictionary(city => city.City);
    private readonly Dictionary<string, GroupRow> groups = ByNames(AllGroups, group => group.Name, group => group.Group.Value);

    /// <summary>The city of a name that it has or had, or of an address.</summary>
    public CityRow? City(string said) => City(Names.Of(said));

    public CityRow? City(CityId city) => cities.GetValueOrDefault(city);

    /// <summary>The group of a name or address that has not ended.</summary>
    public GroupRow? Group(string said) => groups.GetValueOrDefault(said);

    private static Dictionary<string, T> ByNames<T>(ImmutableArray<T> all, Func<T, string> name, Func<T, string> slug)
    {
        var found = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in all)
            (found[name(one)], found[slug(one)]) = (one, one);
        return found;
    }
}
