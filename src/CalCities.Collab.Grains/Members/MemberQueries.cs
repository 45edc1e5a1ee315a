using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel.Log;
using Dapper;

namespace CalCities.Collab.Members;

/// <summary>A person in the directory: a name where one is known, office, city (null for the league's own people), and the council or commission they sit on.</summary>
public sealed record MemberRow(MemberId Member, string? Name, string Office, string? City, Duty Duty, string? Body, bool IsSuspended)
{
    /// <summary>The city's id, as <see cref="Standing.Home"/>.</summary>
    public CityId? Home { get; init; }

    public string DisplayName => string.Join(", ", new[] { Name, Office, City }.OfType<string>());
}

/// <summary>People, from the Members index; every signed-in person may read who is in the league.</summary>
public sealed class MemberQueries
{
    /// <summary>What one looks through; a longer search has a word more.</summary>
    public const int MaxRows = 100;

    /// <summary>Told when anyone joins or is described anew.</summary>
    public const string TopicOfAll = "members/all";

    public static string TopicOf(CityId city) => $"members/{city}";

    private readonly IHubDatabase database;

    internal MemberQueries(IHubDatabase database) => this.database = database;

    /// <summary>People whose name, office or city hold every word of the text, by city and office; suspended ones only when asked for.</summary>
    public Task<ImmutableArray<MemberRow>> Find(string text, bool withSuspended = false, CancellationToken cancel = default) => database.Read(async connection =>
    {
        var words = text.ToLowerInvariant().Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries).Take(6).ToArray();
        var parameters = new DynamicParameters(new { limit = MaxRows, suspended = withSuspended ? 1 : 0 });
        foreach (var (i, word) in words.Index())
            parameters.Add($"w{i}", LikePattern.Holding(word));
        var where = string.Concat(words.Index().Select(word => $" and lower(coalesce(name, '') || ' ' || office || ' ' || coalesce(city, '') || ' ' || coalesce(city_slug, '')) like @w{word.Index} escape '!'"));
        return Rows(await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where (suspended = 0 or @suspended = 1){where} order by city, office, name, member limit @limit", parameters, cancellationToken: cancel)));
    }, cancel);

    /// <summary>A city's officials, by office.</summary>
    public Task<ImmutableArray<MemberRow>> Of(CityId city, CancellationToken cancel = default) => database.Read(async connection =>
        Rows(await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where city_slug = @city order by office, name, member", new { city = city.Value }, cancellationToken: cancel))), cancel);

    /// <summary>Those of these people who have an account.</summary>
    public Task<ImmutableDictionary<MemberId, MemberRow>> Named(IReadOnlyCollection<MemberId> members, CancellationToken cancel = default) => database.Read(async connection =>
    {
        var found = ImmutableDictionary.CreateBuilder<MemberId, MemberRow>();
        foreach (var some in members.Select(member => member.Value).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            foreach (var row in Rows(await connection.QueryAsync<Row>(new CommandDefinition($"{Select} where {Dialect.Among(database.IsPostgres, "member", "@some")}", new { some }, cancellationToken: cancel))))
                found[row.Member] = row;
        return found.ToImmutable();
    }, cancel);

    /// <summary>All who have an account, for an export.</summary>
    public Task<ImmutableDictionary<MemberId, MemberRow>> Everyone(CancellationToken cancel = default) => database.Read(async connection =>
        Rows(await connection.QueryAsync<Row>(new CommandDefinition(Select, cancellationToken: cancel))).ToImmutableDictionary(row => row.Member), cancel);

    /// <summary>Fewer than either database takes parameters.</summary>
    private const int AtOnce = 900;

    private const string Select = "select member as Member, name as Name, office as Office, city as City, duty as Duty, body as Body, suspended as Suspended, city_slug as Home from members_list";

    private static ImmutableArray<MemberRow> Rows(IEnumerable<Row> rows) =>
        [.. rows.Select(row => new MemberRow(new(row.Member), row.Name, row.Office, row.City, (Duty)row.Duty, row.Body, row.Suspended == 1) { Home = row.Home is { } home ? new(home) : null })];

    private sealed class Row
    {
        public string Member { get; init; } = "";
        public string? Name { get; init; }
        public string Office { get; init; } = "";
        public string? City { get; init; }
        public int Duty { get; init; }
        public string? Body { get; init; }
        public int Suspended { get; init; }
        public string? Home { get; init; }
    }
}
