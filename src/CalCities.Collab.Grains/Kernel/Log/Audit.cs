using System.Collections.Immutable;
using Dapper;

namespace CalCities.Collab.Kernel.Log;

/// <summary>The book of who came in, was refused, invited or ended: append-only, the last 100,000 entries, never part of the log. No secret and no stranger's address is written into it.</summary>
public interface IAudit
{
    /// <summary>Writes an entry: who acted (a member's id, a program's name, or "" for someone unknown), what it was in short ("signed-in"), and the rest in words. Longer words are cut.</summary>
    Task Note(string actor, string action, string detail);
}

/// <inheritdoc cref="IAudit"/>
internal sealed class Audit(IHubDatabase database, TimeProvider clock) : IAudit
{
    /// <summary>An id, a name with its office, an action.</summary>
    public const int MaxName = 100;

    /// <summary>A sentence or two.</summary>
    public const int MaxDetail = 500;

    public Task Note(string actor, string action, string detail) => database.Write((connection, transaction) => connection.ExecuteAsync(
        "insert into audit (at, actor, action, detail) values (@at, @actor, @action, @detail)",
        new { at = clock.GetUtcNow().ToUnixTimeMilliseconds(), actor = Cut(actor, MaxName), action = Cut(action, MaxName), detail = Cut(detail, MaxDetail) }, transaction));

    /// <summary>Without what PostgreSQL doesn't take (U+0000, halves of a character) and what could look like another line.</summary>
    private static string Cut(string words, int most) =>
        string.Concat((words.Length <= most ? words : words[..most]).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
}

/// <summary>An entry of the audit; ids grow with time.</summary>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Action, string Detail);

/// <summary>Reads the audit, newest first.</summary>
public sealed class AuditQueries
{
    /// <summary>What a page of it holds at most.</summary>
    public const int MaxPage = 200;

    private readonly IHubDatabase database;

    internal AuditQueries(IHubDatabase database) => this.database = database;

    /// <summary>The entries before an id (null: the newest), of one actor or action if one is named.</summary>
    public Task<ImmutableArray<AuditEntry>> Before(long? id, string? actor = null, string? action = null, int count = MaxPage) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(long Id, long At, string Actor, string Action, string Detail)>(
            """
            select id, at, actor, action, detail from audit
            where id < @before and (@actor = '' or actor = @actor) and (@action = '' or action = @action)
            order by id desc limit @count
            """, new { before = id ?? long.MaxValue, actor = actor ?? "", action = action ?? "", count = Math.Clamp(count, 1, MaxPage) });
        return rows.Select(row => new AuditEntry(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, row.Action, row.Detail)).ToImmutableArray();
    });
}
