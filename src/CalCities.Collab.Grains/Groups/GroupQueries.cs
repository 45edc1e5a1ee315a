using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Groups;

/// <summary>A group in a list: how many seats are filled, what it deals with, and what it does with positions.</summary>
public sealed record GroupRow(GroupId Group, string Name, GroupKind Kind, string Scope, int Seats)
{
    public GroupPower Power { get; init; }

    /// <summary>Merged or retired.</summary>
    public bool HasEnded { get; init; }
}

/// <summary>A person in a roster: name where one is known, "Mayor", "Davis" (null for the league's own people), who appointed them, and for an alternate whose holder's.</summary>
public sealed record RosterRow(MemberId Member, string Office, string? City, Role Role)
{
    public string? Name { get; init; }
    public Appointer? By { get; init; }
    public MemberId? AlternateFor { get; init; }

    /// <summary>Sits on a council or commission at home.</summary>
    public bool IsElected { get; init; }

    public string DisplayName => string.Join(", ", new[] { Name, Office, City }.OfType<string>());
}

/// <summary>A seat that someone holds, with the group's name and who appointed them.</summary>
public sealed record SeatRow(MemberId Member, GroupId Group, string Name, Role Role, Appointer? By);

/// <summary>Lists of groups and of the people in them, from the Groups index; every signed-in person may read them.</summary>
public sealed class GroupQueries
{
    /// <summary>Told when any group is founded, renamed or has ended.</summary>
    public const string TopicOfAll = "groups/all";

    /// <summary>People asked for at once: what one statement names (a body has 5,000 seats at most).</summary>
    private const int MaxNamed = 500;

    private readonly IHubDatabase database;

    internal GroupQueries(IHubDatabase database) => this.database = database;

    /// <summary>All groups by kind and name; those that have ended only when asked for.</summary>
    public Task<ImmutableArray<GroupRow>> All(bool withEnded = false) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Slug, string Name, long Kind, string Scope, long Seats, long Power, long Ended)>(
            """
            select slug, name, cast(kind as bigint), scope, (select count(*) from seats_list s where s.group_slug = g.slug), cast(power as bigint), cast(ended as bigint)
            from groups_list g where ended = 0 or @ended = 1 order by kind, name
            """, new { ended = withEnded ? 1 : 0 });
        return rows.Select(row => new GroupRow(new(row.Slug), row.Name, (GroupKind)row.Kind, row.Scope, (int)row.Seats) { Power = (GroupPower)row.Power, HasEnded = row.Ended == 1 })
            .ToImmutableArray();
    });

    /// <summary>A group's roster: chair, vice chair, then by city.</summary>
    public Task<ImmutableArray<RosterRow>> Roster(GroupId group) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select s.member as Member, m.name as Name, m.office as Office, m.city as City, s.role as Role, s.appointer as Appointer, s.alternate_for as AlternateFor, m.body as Body
            from seats_list s join members_list m on m.member = s.member
            where s.group_slug = @slug
            order by case s.role when 1 then 0 when 2 then 1 else 2 end, m.city, m.office, s.member
            """, new { slug = group.Value });
        return rows.Select(row => RowOf(row, new Held((Role)row.Role, row.Appointer is null ? null : new Appointer(row.Appointer), row.AlternateFor is null ? null : new MemberId(row.AlternateFor))))
            .ToImmutableArray();
    });

    /// <summary>A prepared roster in the same order; who has no account is left out.</summary>
    public async Task<ImmutableArray<RosterRow>> Roster(NextTerm next, CancellationToken cancel = default)
    {
        List<RosterRow> found = [];
        foreach (var members in next.Seats.Keys.Chunk(MaxNamed))
        {
            var (list, parameters) = Named(members);
            found.AddRange((await database.Read(connection => connection.QueryAsync<Row>(new CommandDefinition(
                $"select member as Member, name as Name, office as Office, city as City, body as Body from members_list where member in ({list})", parameters, cancellationToken: cancel)), cancel))
                .Select(row => RowOf(row, next.Seats[row.Member])));
        }

        return
        [
            .. found.OrderBy(row => row.Role switch { Role.Chair => 0, Role.ViceChair => 1, _ => 2 }).ThenBy(row => row.City, StringComparer.Ordinal)
                .ThenBy(row => row.Office, StringComparer.Ordinal).ThenBy(row => row.Member.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>The seats of some people in groups that have not ended, by the group's name; of the first 500 of them.</summary>
    public async Task<ImmutableArray<SeatRow>> SeatsOf(IReadOnlyCollection<MemberId> members, CancellationToken cancel = default)
    {
        if (members.Count == 0)
            return [];
        var (list, parameters) = Named(members.Take(MaxNamed).Select(member => member.Value));
        var rows = await database.Read(connection => connection.QueryAsync<(string Member, string Slug, string Name, long Role, string? By)>(new CommandDefinition(
            $"""
            select s.member, s.group_slug, g.name, cast(s.role as bigint), s.appointer
            from seats_list s join groups_list g on g.slug = s.group_slug
            where s.member in ({list}) order by g.name
            """, parameters, cancellationToken: cancel)), cancel);
        return [.. rows.Select(row => new SeatRow(new(row.Member), new(row.Slug), row.Name, (Role)row.Role, row.By is null ? null : new Appointer(row.By)))];
    }

    // One parameter an id: a list as one parameter is spelt differently by the two dialects.
    private static (string List, DynamicParameters Parameters) Named(IEnumerable<string> ids)
    {
        var parameters = new DynamicParameters();
        List<string> names = [];
        foreach (var (i, id) in ids.Index())
        {
            parameters.Add($"m{i}", id);
            names.Add($"@m{i}");
        }

        return (string.Join(", ", names), parameters);
    }

    private static RosterRow RowOf(Row row, Held held) => new(new(row.Member), row.Office, row.City, held.Role)
    {
        Name = row.Name,
        By = held.By,
        AlternateFor = held.AlternateFor,
        IsElected = row.Body is not null,
    };

    private sealed class Row
    {
        public string Member { get; init; } = "";
        public string? Name { get; init; }
        public string Office { get; init; } = "";
        public string? City { get; init; }
        public int Role { get; init; }
        public string? Appointer { get; init; }
        public string? AlternateFor { get; init; }
        public string? Body { get; init; }
    }
}
