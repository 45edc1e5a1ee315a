using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Rosters;

/// <summary>How far an import is.</summary>
public enum RosterStage
{
    UnderWay = 0,
    Finished = 1,
    GivenUp = 2,
    Undoing = 3,
    Undone = 4,
}

/// <summary>An import in the list; File and Plan name stored texts.</summary>
public sealed record RosterRow(RosterId Id, DateTimeOffset At, MemberId? By, string File, string Plan, int People, int Seats, RosterStage Stage, string? Reason);

/// <summary>Imports of rosters and the texts that they were made of, for staff and admins.</summary>
public sealed class RosterQueries
{
    /// <summary>What the page lists.</summary>
    public const int MaxRows = 20;

    private readonly IHubDatabase database;

    internal RosterQueries(IHubDatabase database) => this.database = database;

    /// <summary>The last imports, the last first.</summary>
    public Task<ImmutableArray<RosterRow>> Last(CancellationToken cancel = default) => Rows("true", MaxRows, cancel);

    /// <summary>Imports that a host left under way.</summary>
    public Task<ImmutableArray<RosterRow>> Unfinished(CancellationToken cancel = default) => Rows("stage in (0, 3)", int.MaxValue, cancel);

    /// <summary>Keeps a text under the hash of its content, once, and gives the hash.</summary>
    public async Task<string> Keep(string text, CancellationToken cancel = default)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        await database.Write((connection, transaction) =>
            connection.ExecuteAsync("insert into texts (hash, body) values (@hash, @body) on conflict (hash) do nothing", new { hash, body }, transaction), cancel);
        return hash;
    }

    /// <summary>The text of a hash; null where there is none.</summary>
    public Task<string?> Text(string hash, CancellationToken cancel = default) => database.Read(async connection =>
        await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition("select body from texts where hash = @hash", new { hash }, cancellationToken: cancel)) is { } body
            ? Encoding.UTF8.GetString(body)
            : null, cancel);

    private Task<ImmutableArray<RosterRow>> Rows(string where, int most, CancellationToken cancel) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Id, long At, string? By, string File, string Plan, long People, long Seats, long Stage, string? Reason)>(new CommandDefinition(
            $"select id, cast(at as bigint), by_member, file, plan, cast(people as bigint), cast(seats as bigint), cast(stage as bigint), reason from rosters_list where {where} order by position desc limit @most",
            new { most }, cancellationToken: cancel));
        return rows.Select(row => new RosterRow(new(row.Id), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.By is null ? null : new MemberId(row.By), row.File, row.Plan,
            (int)row.People, (int)row.Seats, (RosterStage)row.Stage, row.Reason)).ToImmutableArray();
    }, cancel);
}
