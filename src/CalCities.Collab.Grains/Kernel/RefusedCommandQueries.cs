using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using Dapper;

namespace CalCities.Collab.Kernel;

/// <summary>What a rule of the hub asked of an aggregate and was refused: the rule, the aggregate's stream, and what stood against it.</summary>
public sealed record RefusedCommand(string Policy, string Stream, Refusal Refusal, DateTimeOffset At);

/// <summary>Commands of rules that were refused, newest first.</summary>
public sealed class RefusedCommandQueries
{
    public const int MaxRows = 50;

    private readonly IHubDatabase database;

    internal RefusedCommandQueries(IHubDatabase database) => this.database = database;

    public Task<ImmutableArray<RefusedCommand>> Latest(CancellationToken cancel = default) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<(string Policy, string Stream, string Code, string Sentence, long At)>(new CommandDefinition(
            "select policy, stream, code, sentence, at from refused_policy_commands order by at desc, command limit @limit", new { limit = MaxRows }, cancellationToken: cancel));
        return rows.Select(row => new RefusedCommand(row.Policy, row.Stream, new(row.Code, row.Sentence), DateTimeOffset.FromUnixTimeMilliseconds(row.At))).ToImmutableArray();
    }, cancel);
}
