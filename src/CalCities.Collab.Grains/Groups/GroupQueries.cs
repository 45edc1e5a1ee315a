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

/// <summary>Lists of groups and of the people in them, from the Groups index; every signed-in person may read them.</summary>
public sealed class GroupQueries
{
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
        return rows.Select(row => new RosterRow(new(row.Member), row.Office, row.City, (Role)row.Role)
        {
            Name = row.Name,
            By = row.Appointer is null ? null : new Appointer(row.Appointer),
            AlternateFor = row.AlternateFor is null ? null : new MemberId(row.AlternateFor),
            IsElected = row.Body is not null,
        }).ToImmutableArray();
    });

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
