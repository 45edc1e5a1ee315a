using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Accounts;

/// <summary>A person as the keepers of accounts see them; Email is null for who has no account.</summary>
public sealed record AccountRow(MemberId Member, string DisplayName, Duty Duty, string? Email, DateTimeOffset? Invited, DateTimeOffset? SignedIn);

/// <summary>Lists of people with their accounts, for those who run accounts alone. Names are in the log's database and addresses in the state's, so no statement joins them.</summary>
public sealed class AccountDirectory
{
    /// <summary>What a page shows; whoever looks for one among more types more of their name.</summary>
    public const int MaxFound = 50;

    private readonly IHubDatabase database;
    private readonly StateSource state;

    internal AccountDirectory(IHubDatabase database, StateSource state) => (this.database, this.state) = (database, state);

    /// <summary>Whether anybody runs the hub.</summary>
    public Task<bool> HasAdmin(CancellationToken cancel = default) => database.Read(
        async connection => await connection.ExecuteScalarAsync<long>("select count(*) from members_list where duty = @admin and suspended = 0", new { admin = (int)Duty.Admin }) > 0, cancel);

    /// <summary>People whose name, office, city or address holds these words, by city and office; the first of them.</summary>
    public async Task<ImmutableArray<AccountRow>> Find(string words, CancellationToken cancel = default)
    {
        var like = LikePattern.Holding(words);
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        var byAddress = await connection.QueryAsync<string>("select id from accounts where lower(email) like @like escape '!' order by id limit @MaxFound", new { like, MaxFound });
        var byName = await database.Read(names => names.QueryAsync<string>(
            "select member from members_list where lower(coalesce(name, '') || ' ' || office || ' ' || coalesce(city, '') || ' ' || office) like @like escape '!' order by city, office, member limit @MaxFound", new { like, MaxFound }), cancel);
        return await Rows([.. byName.Union(byAddress, StringComparer.Ordinal).Take(MaxFound)], cancel);
    }

    /// <summary>People who were invited or have an address and never signed in, the longest waiting first; and how many there are.</summary>
    public async Task<(ImmutableArray<AccountRow> Rows, int Count)> NeverSignedIn(CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        var count = await connection.ExecuteScalarAsync<long>("select count(*) from accounts where signed_in is null and email is not null");
        var ids = await connection.QueryAsync<string>("select id from accounts where signed_in is null and email is not null order by invited, id limit @MaxFound", new { MaxFound });
        return (await Rows([.. ids], cancel), (int)count);
    }

    /// <summary>People with an address whom nobody has invited yet and who never signed in, as a roster brings them; the first of them.</summary>
    public async Task<ImmutableArray<MemberId>> NotInvited(int most, CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        return [.. (await connection.QueryAsync<string>("select id from accounts where signed_in is null and invited is null and email is not null order by id limit @most", new { most })).Select(id => new MemberId(id))];
    }

    /// <summary>One person.</summary>
    public async Task<AccountRow?> Of(MemberId member, CancellationToken cancel = default) => (await Rows([member.Value], cancel)).FirstOrDefault();

    /// <summary>Notes that an invitation was sent.</summary>
    public Task NoteInvited(MemberId member, DateTimeOffset at) => Note("update accounts set invited = @at where id = @id", member, at);

    /// <summary>Notes that someone came in.</summary>
    public Task NoteSignedIn(MemberId member, DateTimeOffset at) => Note("update accounts set signed_in = @at where id = @id", member, at);

    private async Task Note(string sql, MemberId member, DateTimeOffset at)
    {
        await using var connection = await state.Connections.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { id = member.Value, at = at.ToUnixTimeMilliseconds() });
    }

    private async Task<ImmutableArray<AccountRow>> Rows(string[] ids, CancellationToken cancel)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        var accounts = (await connection.QueryAsync<(string Id, string? Email, long? Invited, long? SignedIn)>($"select id, email, invited, signed_in from accounts where {Dialect.Among(state.IsPostgres, "id", "@ids")}", new { ids }))
            .ToDictionary(account => account.Id, StringComparer.Ordinal);
        var people = (await database.Read(names => names.QueryAsync<(string Member, string? Name, string Office, string? City, long Duty)>(
            $"select member, name, office, city, cast(duty as bigint) from members_list where {Dialect.Among(state.IsPostgres, "member", "@ids")}", new { ids }), cancel)).ToDictionary(person => person.Member, StringComparer.Ordinal);
        return
        [
            .. from id in ids
               let account = accounts.GetValueOrDefault(id)
               let person = people.GetValueOrDefault(id)
               where account.Id is not null || person.Member is not null
               select new AccountRow(new MemberId(id), person.Member is null ? id : string.Join(", ", new[] { person.Name, person.Office, person.City }.OfType<string>()), (Duty)person.Duty,
                   account.Email, Time(account.Invited), Time(account.SignedIn)),
        ];
    }

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
