using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CalCities.Collab.Kernel.Log;

/// <summary>The log in a SQLite file: one writer connection whose turn is taken by one append or write at a time, and readers of their own. The process owns the file.</summary>
internal sealed class SqliteEventStore : IEventStore, IHubDatabase, IDisposable
{
    /// <summary>Reads are short and the processors few; more at once would only wait for each other.</summary>
    private const int MaxReaders = 8;

    /// <summary>A commit is on disk before it is answered; after a burst the write-ahead log shrinks to this again.</summary>
    private const string WriterPragmas = "pragma synchronous = full; pragma foreign_keys = on; pragma journal_size_limit = 67108864;";

    private const string ReaderPragmas = "pragma query_only = on;";

    /// <summary>SQLITE_CONSTRAINT_UNIQUE (a version) and SQLITE_CONSTRAINT_PRIMARYKEY (a command's part).</summary>
    private const int VersionTaken = 2067, CommandTaken = 1555;

    private readonly string file;
    private readonly SqliteLock held;
    private readonly SqliteStateSource state;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim seats = new(MaxReaders, MaxReaders);
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private Writer? writer;
    private bool disposed;

    /// <summary>Takes the files for this process, makes them if they aren't there, and brings their tables up to date.</summary>
    /// <exception cref="HubDatabaseException">Another process has it, or it can't be opened or brought up to date.</exception>
    public SqliteEventStore(string file, string stateFile)
    {
        this.file = file;
        held = new SqliteLock(file);
        try
        {
            SqliteFile.Prepare(file);
            Migrations.OfSqlite(file);
            state = new SqliteStateSource(stateFile);
        }
        catch (Exception failure)
        {
            held.Dispose();
            throw failure is SqliteException ? new HubDatabaseException($"The database {file} can't be opened: {failure.Message}", failure) : failure;
        }
    }

    public bool IsPostgres => false;

    /// <summary>Connections to the state file beside the log's.</summary>
    public DbDataSource State => state;

    public Task<ImmutableArray<StoredEvent>> ReadAfter(StreamId stream, long version, CancellationToken cancel = default) =>
        ReadPage("where stream = @stream and version > @after order by version", stream.ToString(), version, cancel);

    public Task<ImmutableArray<StoredEvent>> ReadAllAfter(long position, CancellationToken cancel = default) =>
        ReadPage("where position > @after order by position", stream: null, position, cancel);

    public Task<ImmutableArray<StoredCommand>> ReadCommands(StreamId stream, CancellationToken cancel = default) =>
        Read(connection => StoredCommands.Of(connection, stream), cancel);

    public Task<long> Head(CancellationToken cancel = default) =>
        Read(connection => connection.ExecuteScalarAsync<long>("select position from head"), cancel);

    public Task<ImmutableArray<long?>> Append(ImmutableArray<StreamAppend> batch, CancellationToken cancel = default) =>
        InTurn(own => Task.FromResult(own.Append(batch)), cancel);

    public Task Write(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancel = default) =>
        InTurn(
            async own =>
            {
                await using var transaction = own.Connection.BeginTransaction(deferred: false);
                await work(own.Connection, transaction);
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancel);

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken cancel = default)
    {
        await seats.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var reader = readers.TryTake(out var rested) ? rested : SqliteFile.Open(file, ReaderPragmas);
            try
            {
                var found = await Task.Run(() => work(reader), CancellationToken.None);
                readers.Add(reader);
                return found;
            }
            catch
            {
                await reader.DisposeAsync();
                throw;
            }
        }
        finally
        {
            seats.Release();
        }
    }

    /// <summary>Waits for what is being written and read, and gives the file back.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        turn.Wait();
        for (var seat = 0; seat < MaxReaders; seat++)
            seats.Wait();
        disposed = true;
        foreach (var reader in readers)
            reader.Dispose();
        writer?.Dispose();
        state.Dispose();
        held.Dispose();
        seats.Release(MaxReaders);
        turn.Release();
    }

    private async Task<T> InTurn<T>(Func<Writer, Task<T>> work, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            writer ??= new Writer(SqliteFile.Open(file, WriterPragmas));
            return await Task.Run(() => work(writer), CancellationToken.None);
        }
        catch
        {
            // Closing rolls back whatever stands open; the next turn begins with a connection of which nothing bad is known.
            writer?.Dispose();
            writer = null;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private Task<ImmutableArray<StoredEvent>> ReadPage(string which, string? stream, long after, CancellationToken cancel) =>
        Read(
            async connection =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"select stream, version, position, kind, body, command, part, actor, time from events {which} limit {IEventStore.MaxPageEvents}";
                if (stream is not null)
                    command.Parameters.Add(new SqliteParameter("@stream", stream));
                command.Parameters.Add(new SqliteParameter("@after", after));
                await using var rows = await command.ExecuteReaderAsync(cancel);
                var page = ImmutableArray.CreateBuilder<StoredEvent>();
                var text = new StoredText();
                for (var bytes = 0L; await rows.ReadAsync(cancel);)
                {
                    var body = rows.GetString(4);
                    bytes += Encoding.UTF8.GetByteCount(body);
                    if (page.Count > 0 && bytes > IEventStore.MaxPageBytes)
                        break;
                    page.Add(new StoredEvent(StreamId.Parse(rows.GetString(0)), rows.GetInt64(1), rows.GetInt64(2), rows.GetString(3), body,
                        new CommandId(rows.GetString(5)), rows.GetInt32(6), text.Actor(rows.GetString(7)), StoredText.Time(rows.GetString(8))));
                }

                return page.DrainToImmutable();
            },
            cancel);

    /// <summary>The writer's connection with its statements, prepared once.</summary>
    private sealed class Writer(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand begin = Prepare(connection, "begin immediate");
        private readonly SqliteCommand commit = Prepare(connection, "commit");
        private readonly SqliteCommand mark = Prepare(connection, "savepoint stream");
        private readonly SqliteCommand keep = Prepare(connection, "release stream");
        private readonly SqliteCommand undo = Prepare(connection, "rollback to stream");
        private readonly SqliteCommand readHead = Prepare(connection, "select position from head");
        private readonly SqliteCommand moveHead = Prepare(connection, "update head set position = @position", "@position");
        private readonly SqliteCommand readVersion = Prepare(connection, "select version from events where stream = @stream order by version desc limit 1", "@stream");
        private readonly SqliteCommand insert = Prepare(connection,
            """
            insert into events (position, stream, version, kind, body, command, part, fingerprint, actor, time)
            values (@position, @stream, @version, @kind, @body, @command, @part, @fingerprint, @actor, @time)
            """,
            "@position", "@stream", "@version", "@kind", "@body", "@command", "@part", "@fingerprint", "@actor", "@time");

        public SqliteConnection Connection => connection;

        public ImmutableArray<long?> Append(ImmutableArray<StreamAppend> batch)
        {
            var firsts = ImmutableArray.CreateBuilder<long?>(batch.Length);
            var text = new StoredText();
            begin.ExecuteNonQuery();
            var head = (long)readHead.ExecuteScalar()!;
            foreach (var append in batch)
            {
                var recorded = Append(append, head, text);
                firsts.Add(recorded ? head + 1 : null);
                head += recorded ? append.Events.Length : 0;
            }

            moveHead.Parameters[0].Value = head;
            moveHead.ExecuteNonQuery();
            commit.ExecuteNonQuery();
            return firsts.MoveToImmutable();
        }

        private bool Append(StreamAppend append, long head, StoredText text)
        {
            var stream = append.Stream.ToString();
            readVersion.Parameters[0].Value = stream;
            if ((long)(readVersion.ExecuteScalar() ?? 0L) != append.ExpectedVersion)
                return false;

            mark.ExecuteNonQuery();
            try
            {
                for (var i = 0; i < append.Events.Length; i++)
                    Insert(append.Events[i], stream, append.ExpectedVersion + i + 1, head + i + 1, text);
                keep.ExecuteNonQuery();
                return true;
            }
            catch (SqliteException conflict) when (conflict.SqliteExtendedErrorCode is VersionTaken or CommandTaken)
            {
                undo.ExecuteNonQuery();
                keep.ExecuteNonQuery();
                return false;
            }
        }

        private void Insert(NewEvent e, string stream, long version, long position, StoredText text)
        {
            var row = insert.Parameters;
            row[0].Value = position;
            row[1].Value = stream;
            row[2].Value = version;
            row[3].Value = e.Kind;
            row[4].Value = e.Body;
            row[5].Value = e.Command.Value;
            row[6].Value = e.Part;
            row[7].Value = (object?)e.Fingerprint ?? DBNull.Value;
            row[8].Value = text.Of(e.Actor);
            row[9].Value = StoredText.Of(e.Time);
            insert.ExecuteNonQuery();
        }

        private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            command.Prepare();
            return command;
        }

        public void Dispose()
        {
            SqliteCommand[] prepared = [begin, commit, mark, keep, undo, readHead, moveHead, readVersion, insert];
            foreach (var command in prepared)
                command.Dispose();
            connection.Dispose();
        }
    }
}
