using System.Collections.Immutable;
using System.Data.Common;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>The log in PostgreSQL, shared by all hosts: an append is one call of <c>append_events</c>, which draws positions under the head row's lock.</summary>
internal sealed class PostgresEventStore : IEventStore, IHubDatabase, IAsyncDisposable, IDisposable
{
    /// <summary>With the two seconds in which a cancelled command may still answer, an unknown outcome is told within ten.</summary>
    private const int CommandSeconds = 8;

    private const int ConnectSeconds = 5;

    /// <summary>Three hosts stay below PostgreSQL's usual limit of 100.</summary>
    private const int MaxConnections = 30;

    /// <summary>
    /// The server notices in some ten seconds that a host is gone, and lets nobody hold locks while idle: the head row is never locked for longer.
    /// A command waits for a lock for less than its own limit, so the answer is the server's.
    /// </summary>
    private const string ServerOptions = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000 "
        + "-c idle_in_transaction_session_timeout=10000 -c lock_timeout=5000";

    private static readonly string StreamPageSql = PageSql("where stream = $2 and version > $1 order by version");
    private static readonly string WholePageSql = PageSql("where position > $1 order by position");

    private readonly NpgsqlDataSource connections;

    /// <summary>Brings the database's tables up to date.</summary>
    /// <exception cref="HubDatabaseException">It can't be reached, or can't be brought up to date.</exception>
    public PostgresEventStore(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.ApplicationName ??= "CalCities Collab";
        settings.Timeout = ConnectSeconds;
        settings.CommandTimeout = CommandSeconds;
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MaxConnections);
        settings.MaxAutoPrepare = 50;
        settings.AutoPrepareMinUsages = 2;
        settings.IncludeErrorDetail = false;
        try
        {
            Migrations.OfPostgres(settings.ConnectionString);
            settings.Options = $"{settings.Options} {ServerOptions} {KeepAcknowledged(settings.ConnectionString)}".Trim();
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw new HubDatabaseException($"PostgreSQL can't be used as ConnectionStrings:Hub says: {failure.Message}", failure);
        }

        connections = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    public bool IsPostgres => true;

    /// <summary>The one pool of this host's connections.</summary>
    public DbDataSource Connections => connections;

    public Task<ImmutableArray<StoredEvent>> ReadAfter(StreamId stream, long version, CancellationToken cancel = default) =>
        ReadPage(StreamPageSql, version, stream.ToString(), cancel);

    public Task<ImmutableArray<StoredEvent>> ReadAllAfter(long position, CancellationToken cancel = default) =>
        ReadPage(WholePageSql, position, stream: null, cancel);

    public Task<ImmutableArray<StoredCommand>> ReadCommands(StreamId stream, CancellationToken cancel = default) =>
        Read(connection => StoredCommands.Of(connection, stream), cancel);

    public Task<long> Head(CancellationToken cancel = default) =>
        Read(connection => connection.ExecuteScalarAsync<long>("select position from head"), cancel);

    public async Task<ImmutableArray<long?>> Append(ImmutableArray<StreamAppend> batch, CancellationToken cancel = default)
    {
        if (batch.IsEmpty)
            return [];
        try
        {
            return await AppendAtOnce(batch, cancel);
        }
        catch (PostgresException conflict) when (conflict is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "events_command" or "events_version" })
        {
            // Nothing of it is recorded: the server said so. Which stream it was, each tells for itself.
            if (batch.Length == 1)
                return [null];
            var firsts = ImmutableArray.CreateBuilder<long?>(batch.Length);
            foreach (var one in batch)
                firsts.AddRange(await Append([one], cancel));
            return firsts.MoveToImmutable();
        }
    }

    public async Task Write(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancel = default)
    {
        await using var connection = await connections.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await work(connection, transaction);
        await transaction.CommitAsync(cancel);
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken cancel = default)
    {
        await using var connection = await connections.OpenConnectionAsync(cancel);
        return await work(connection);
    }

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    public void Dispose() => connections.Dispose();

    private async Task<ImmutableArray<long?>> AppendAtOnce(ImmutableArray<StreamAppend> batch, CancellationToken cancel)
    {
        var text = new StoredText();
        var events = (from append in batch.Select((one, i) => (one.Events, Owner: i + 1))
                      from e in append.Events.Select((one, i) => (New: one, Place: i + 1))
                      select (append.Owner, e.Place, e.New)).ToArray();
        await using var command = connections.CreateCommand("select append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
        Add(batch.Select(one => one.Stream.ToString()));
        Add(batch.Select(one => one.ExpectedVersion));
        Add(batch.Select(one => one.Events.Length));
        Add(events.Select(e => e.Owner));
        Add(events.Select(e => e.Place));
        Add(events.Select(e => e.New.Kind));
        Add(events.Select(e => e.New.Body));
        Add(events.Select(e => e.New.Command.Value));
        Add(events.Select(e => e.New.Part));
        Add(events.Select(e => e.New.Fingerprint));
        Add(events.Select(e => text.Of(e.New.Actor)));
        Add(events.Select(e => StoredText.Of(e.New.Time)));
        await using var answer = await command.ExecuteReaderAsync(cancel);
        await answer.ReadAsync(cancel);
        return [.. await answer.GetFieldValueAsync<long?[]>(0, cancel)];

        void Add<T>(IEnumerable<T> column) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. column] });
    }

    /// <summary>The server counts the bytes (without reading the bodies), so no more than a page travels.</summary>
    private static string PageSql(string which) =>
        $"""
        select stream, version, position, kind, body, command, part, actor, time
        from (
            select page.*, sum(octet_length(body)) over (order by position) as bytes, row_number() over (order by position) as number
            from (select * from events {which} limit {IEventStore.MaxPageEvents}) page
        ) sized
        where bytes <= {IEventStore.MaxPageBytes} or number = 1
        order by position
        """;

    private async Task<ImmutableArray<StoredEvent>> ReadPage(string sql, long after, string? stream, CancellationToken cancel)
    {
        await using var command = connections.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        if (stream is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var page = ImmutableArray.CreateBuilder<StoredEvent>();
        var text = new StoredText();
        while (await rows.ReadAsync(cancel))
            page.Add(new StoredEvent(StreamId.Parse(rows.GetString(0)), rows.GetInt64(1), rows.GetInt64(2), rows.GetString(3), rows.GetString(4),
                new CommandId(rows.GetString(5)), rows.GetInt32(6), text.Actor(rows.GetString(7)), StoredText.Time(rows.GetString(8))));
        return page.DrainToImmutable();
    }

    /// <summary>A server may be set to answer before its disk has a commit; then this host's connections ask for the disk. Any stronger setting stays.</summary>
    private static string KeepAcknowledged(string connectionString)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        return connection.ExecuteScalar<string>("show synchronous_commit") == "off" ? "-c synchronous_commit=on" : "";
    }
}
