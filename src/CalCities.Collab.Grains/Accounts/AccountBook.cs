using System.Collections.Immutable;
using System.Data.Common;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Accounts;

/// <inheritdoc cref="IAccountBook"/>
internal sealed class AccountBook(StateSource state) : IAccountBook
{
    /// <summary>Fewer than either database takes parameters.</summary>
    private const int AtOnce = 1_000;

    public async Task<ImmutableDictionary<string, MemberId>> MembersOf(IReadOnlyCollection<string> emails, CancellationToken cancel = default)
    {
        var found = ImmutableDictionary.CreateBuilder<string, MemberId>(StringComparer.OrdinalIgnoreCase);
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        foreach (var some in emails.Select(Normalized).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            foreach (var (id, email) in await connection.QueryAsync<(string, string)>($"select id, email from accounts where {Dialect.Among(state.IsPostgres, "normalized_email", "@some")}", new { some }))
                found[email] = new MemberId(id);
        return found.ToImmutable();
    }

    public async Task<ImmutableDictionary<MemberId, string>> EmailsOf(IReadOnlyCollection<MemberId> members, CancellationToken cancel = default)
    {
        var found = ImmutableDictionary.CreateBuilder<MemberId, string>();
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        foreach (var some in members.Select(member => member.Value).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            foreach (var (id, email) in await connection.QueryAsync<(string, string)>($"select id, email from accounts where {Dialect.Among(state.IsPostgres, "id", "@some")} and email is not null", new { some }))
                found[new MemberId(id)] = email;
        return found.ToImmutable();
    }

    public async Task Keep(IReadOnlyCollection<(MemberId Member, string Email)> accounts, CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // First nobody has an address, so that two who change theirs for each other's don't meet.
        foreach (var ids in accounts.Select(account => account.Member.Value).Chunk(AtOnce))
            await connection.ExecuteAsync($"update accounts set normalized_email = null where {Dialect.Among(state.IsPostgres, "id", "@ids")}", new { ids }, transaction);
        try
        {
            foreach (var some in accounts.Chunk(AtOnce / 5))
                await Insert(connection, transaction, some);
        }
        catch (DbException taken) when (taken.SqlState is "23505" || taken.Message.Contains("UNIQUE", StringComparison.Ordinal))
        {
            throw new AddressTakenException("Two accounts would have the same address.", taken);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private static Task<int> Insert(DbConnection connection, DbTransaction transaction, (MemberId Member, string Email)[] accounts)
    {
        var values = new DynamicParameters();
        foreach (var (i, (member, email)) in accounts.Index())
        {
            values.Add($"i{i}", member.Value);
            values.Add($"e{i}", email.Trim());
            values.Add($"n{i}", Normalized(email));
            values.Add($"s{i}", Guid.NewGuid().ToString());
        }

        return connection.ExecuteAsync(
            $"""
            insert into accounts (id, email, normalized_email, concurrency_stamp) values {string.Join(", ", accounts.Index().Select(row => $"(@i{row.Index}, @e{row.Index}, @n{row.Index}, @s{row.Index})"))}
            on conflict (id) do update set email = excluded.email, normalized_email = excluded.normalized_email, concurrency_stamp = excluded.concurrency_stamp
            """, values, transaction);
    }

    /// <summary>As Identity's own normalizer spells it.</summary>
    internal static string Normalized(string email) => email.Trim().Normalize().ToUpperInvariant();
}
