using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Records;

/// <summary>A change of someone's standing: who made it (a member's id or a program's name), whose it is, and what, in a sentence.</summary>
public sealed record StandingChange(long Position, DateTimeOffset At, string Actor, MemberId Member, string Change);

/// <summary>Changes of standing, from the log, newest first.</summary>
public sealed class StandingQueries
{
    public const int MaxPage = 200;

    private readonly IHubDatabase database;

    internal StandingQueries(IHubDatabase database) => this.database = database;

    /// <summary>The changes before a position (null: the newest), of one person or made by them if one is named.</summary>
    public Task<ImmutableArray<StandingChange>> Before(long? position, string? person = null, int count = MaxPage, CancellationToken cancel = default) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(long Position, long At, string Actor, string Member, string Change)>(new CommandDefinition(
            """
            select position, at, actor, member, change from standing_changes
            where position < @before and (@person = '' or member = @person or actor = @person)
            order by position desc limit @count
            """, new { before = position ?? long.MaxValue, person = person ?? "", count = Math.Clamp(count, 1, MaxPage) }, cancellationToken: cancel));
        return rows.Select(row => new StandingChange(row.Position, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, new(row.Member), row.Change)).ToImmutableArray();
    }, cancel);
}
