using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel.Log;
using Dapper;

namespace CalCities.Collab.Cities;

/// <summary>A city in a list; Council is its council's size, 0 where nobody has given it.</summary>
public sealed record CityRow(CityId City, string Name, string County, GroupId Division, bool IsMember, int Council);

/// <summary>The cities, from the Cities index; every signed-in person may read them.</summary>
public sealed class CityQueries
{
    /// <summary>Told when any city has changed.</summary>
    public const string TopicOfAll = "cities/all";

    private readonly IHubDatabase database;

    internal CityQueries(IHubDatabase database) => this.database = database;

    /// <summary>All cities by name; some five hundred.</summary>
    public Task<ImmutableArray<CityRow>> All(CancellationToken cancel = default) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string City, string Name, string County, string Division, long IsMember, long Council)>(new CommandDefinition(
            "select city, name, county, division, cast(is_member as bigint), cast(council as bigint) from cities_list order by name", cancellationToken: cancel));
        return rows.Select(row => new CityRow(new(row.City), row.Name, row.County, new(row.Division), row.IsMember == 1, (int)row.Council)).ToImmutableArray();
    }, cancel);
}
