using System.Collections.Immutable;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Accounts;

/// <summary>A mail to a member, in plain text. Kind says what it is for ("sign-in", "invitation"); after Until nobody needs it any more.</summary>
public sealed record Mail(MemberId Member, string Kind, string To, string Subject, string Text, DateTimeOffset Until);

/// <summary>A mail that went, waits or failed, without its text: when it was asked for, how often it was tried, and what the last try met.</summary>
public sealed record MailRow(string Id, MemberId Member, string Kind, string To, string Subject, DateTimeOffset Made, int Tries, string? Why, MailState State);

/// <summary>Where a mail is.</summary>
public enum MailState
{
    Waiting = 0,
    Sent = 1,
    /// <summary>Given up: the address doesn't take it, or a day has gone by.</summary>
    Failed = 2,
}

/// <summary>Mails that are to be sent, kept with the accounts; one sender of the cluster takes them from there.</summary>
public interface IOutbox
{
    /// <summary>Puts a mail in; it is sent by itself, and again until the server takes it.</summary>
    Task Send(Mail mail);

    /// <summary>Those that were given up, newest first.</summary>
    Task<ImmutableArray<MailRow>> Failed(int count = 200, CancellationToken cancel = default);

    /// <summary>How many wait to be sent.</summary>
    Task<int> Waiting(CancellationToken cancel = default);

    /// <summary>The newest mail of a kind to each of these members; those who got none are missing.</summary>
    Task<ImmutableDictionary<MemberId, MailRow>> Newest(string kind, IReadOnlyCollection<MemberId> members, CancellationToken cancel = default);
}

/// <inheritdoc cref="IOutbox"/>
internal sealed class Outbox(StateSource state, IGrainFactory grains, TimeProvider clock) : IOutbox
{
    /// <summary>A mail server that is down over night is up again; whoever asked has asked again by then.</summary>
    public static readonly TimeSpan TryFor = TimeSpan.FromDays(1);

    /// <summary>What has become of mails is forgotten after so long.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(90);

    private const string Columns = "id, member, kind, recipient, subject, made, tries, why, sent, due";

    public async Task Send(Mail mail)
    {
        var now = clock.GetUtcNow();
        await using (var connection = await state.Connections.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into outbox (id, member, kind, recipient, subject, body, made, until, due, tries)
                values (@id, @member, @kind, @to, @subject, @text, @made, @until, @made, 0)
                """,
                new
                {
                    id = Guid.NewGuid().ToString("N"), member = mail.Member.Value, kind = mail.Kind, to = mail.To, subject = mail.Subject, text = mail.Text,
                    made = now.ToUnixTimeMilliseconds(), until = (mail.Until < now + TryFor ? mail.Until : now + TryFor).ToUnixTimeMilliseconds(),
                });
        }

        await grains.GetGrain<IMailSenderGrain>(IMailSenderGrain.Key).Poke();
    }

    public async Task<ImmutableArray<MailRow>> Failed(int count = 200, CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        return Rows(await connection.QueryAsync<Row>($"select {Columns} from outbox where due is null and sent is null order by made desc limit @count", new { count }));
    }

    public async Task<int> Waiting(CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        return (int)await connection.ExecuteScalarAsync<long>("select count(*) from outbox where due is not null");
    }

    public async Task<ImmutableDictionary<MemberId, MailRow>> Newest(string kind, IReadOnlyCollection<MemberId> members, CancellationToken cancel = default)
    {
        await using var connection = await state.Connections.OpenConnectionAsync(cancel);
        var rows = Rows(await connection.QueryAsync<Row>(
            $"select {Columns} from outbox where kind = @kind and {Dialect.Among(state.IsPostgres, "member", "@ids")} order by made", new { kind, ids = members.Select(member => member.Value).ToArray() }));
        return rows.GroupBy(row => row.Member).ToImmutableDictionary(mails => mails.Key, mails => mails.Last());
    }

    /// <summary>Those that are due now, the oldest first.</summary>
    internal async Task<ImmutableArray<DueMail>> Due(int count)
    {
        await using var connection = await state.Connections.OpenConnectionAsync();
        return [.. await connection.QueryAsync<DueMail>(
            "select id as Id, recipient as Recipient, subject as Subject, body as Body, until as Until, tries as Tries from outbox where due is not null and due <= @now order by due limit @count",
            new { now = clock.GetUtcNow().ToUnixTimeMilliseconds(), count })];
    }

    /// <summary>It has gone: its text, which may hold a secret, goes too.</summary>
    internal Task Sent(DueMail mail) => Write(
        "update outbox set due = null, body = '', sent = @now, tries = tries + 1, why = null where id = @id", new { id = mail.Id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>It has not gone: tried again after a pause, or given up (null) and its text blanked.</summary>
    internal Task Missed(DueMail mail, string why, TimeSpan? pause) => pause is { } wait
        ? Write("update outbox set due = @due, tries = tries + 1, why = @why where id = @id", new { id = mail.Id, why, due = (clock.GetUtcNow() + wait).ToUnixTimeMilliseconds() })
        : Write("update outbox set due = null, body = '', tries = tries + 1, why = @why where id = @id", new { id = mail.Id, why });

    /// <summary>Gives up what nobody needs any more, and forgets what is long over.</summary>
    internal async Task Tidy(string why)
    {
        var now = clock.GetUtcNow();
        await Write("update outbox set due = null, body = '', why = coalesce(why, @why) where due is not null and until <= @now", new { why, now = now.ToUnixTimeMilliseconds() });
        await Write("delete from outbox where made < @before", new { before = (now - KeepFor).ToUnixTimeMilliseconds() });
    }

    private async Task Write(string sql, object values)
    {
        await using var connection = await state.Connections.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, values);
    }

    private static ImmutableArray<MailRow> Rows(IEnumerable<Row> rows) =>
    [
        .. from row in rows
           select new MailRow(row.Id, new MemberId(row.Member), row.Kind, row.Recipient, row.Subject, DateTimeOffset.FromUnixTimeMilliseconds(row.Made), (int)row.Tries, row.Why,
               row.Sent is not null ? MailState.Sent : row.Due is not null ? MailState.Waiting : MailState.Failed),
    ];

    private sealed record Row(string Id, string Member, string Kind, string Recipient, string Subject, long Made, long Tries, string? Why, long? Sent, long? Due)
    {
        private Row() : this("", "", "", "", "", 0, 0, null, null, null) { }
    }
}

/// <summary>A mail with its text, as the sender takes it; Until in milliseconds of 1970.</summary>
internal sealed record DueMail(string Id, string Recipient, string Subject, string Body, long Until, long Tries);
