using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Groups;

/// <summary>A group in a list: how many seats are filled, and what it deals with.</summary>
public sealed record GroupRow(GroupId Group, string Name, GroupKind Kind, string Scope, int Seats);

/// <summary>A person in a roster: "Mayor", "Davis" (null for the league's own people).</summary>
public sealed record RosterRow(MemberId Member, string Office, string? City, Role Role)
{
    public string DisplayName => City is null ? Office : $"{Office}, {City}";
}

/// <summary>Lists of groups and of the people in them, from the Groups index; every signed-in person may read them.</summary>
public sealed class GroupQueries
{
    private readonly IHubDatabase database;

    internal GroupQueries(IHubDatabase database) => this.database = database;

    /// <summary>All groups by kind and name.</summary>
    public Task<ImmutableArray<GroupRow>> All() => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Slug, string Name, long Kind, string Scope, long Seats)>(
            """
            select slug, name, cast(kind as bigint), scope, (select count(*) from seats_list s where s.group_slug = g.slug)
            from groups_list g order by kind, name
            """);
        return rows.Select(row => new GroupRow(new(row.Slug), row.Name, (GroupKind)row.Kind, row.Scope, (int)row.Seats)).ToImmutableArray();
    });

    /// <summary>A group's roster: chair, vice chair, then by city.</summary>
    public Task<ImmutableArray<RosterRow>> Roster(GroupId group) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Member, string? Office, string? City, long Role)>(
            """
            select s.member, m.office, m.city, cast(s.role as bigint)
            from seats_list s join members_list m on m.member = s.member
            where s.group_slug = @slug
            order by case s.role when 1 then 0 when 2 then 1 else 2 end, m.city, m.office, s.member
            """, new { slug = group.Value });
        return rows.Select(row => new RosterRow(new(row.Member), row.Office!, row.City, (Role)row.Role)).ToImmutableArray();
    });
}
