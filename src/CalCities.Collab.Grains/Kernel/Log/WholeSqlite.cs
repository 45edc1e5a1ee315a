using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Both files of a SQLite database. The process owns them meanwhile, so that nobody writes between the one and the other.</summary>
internal sealed class WholeSqlite : WholeDatabase
{
    private const string ReadPragmas = "pragma query_only = on; begin;";
    private const string FillPragmas = "pragma synchronous = full; pragma journal_size_limit = 67108864; begin immediate;";

    private readonly SqliteLock held;
    private readonly Lazy<SqliteConnection> state;

    private WholeSqlite(SqliteLock held, SqliteConnection log, Lazy<SqliteConnection> state) => (this.held, Log, this.state) = (held, log, state);

    public override DbConnection Log { get; }

    public override bool IsPostgres => false;

    protected override DbConnection State => state.Value;

    public static WholeSqlite OpenToRead(HubDatabaseSetting setting)
    {
        var (file, stateFile) = (setting.File!, setting.StateFile!);
        if (!File.Exists(file))
            throw new HubDatabaseException($"There is no database {file}: give the hub's own with ConnectionStrings:Hub, or call the program from the folder that the hub is called from.");
        return Held(file, held => new(held, Open(file, Migrations.IsOfSqlite), new(() => Open(stateFile, Migrations.IsOfSqliteState))));

        SqliteConnection Open(string which, Func<string, bool> isCurrent) =>
            !File.Exists(which) ? throw new HubDatabaseException($"The file {which} is missing beside the database. A hub that starts makes a new one; drafts and read marks are then lost.")
            : isCurrent(which) ? SqliteFile.Open(which, ReadPragmas)
            : throw OtherVersion(setting);
    }

    public static WholeSqlite OpenToFill(HubDatabaseSetting setting) => Held(setting.File!, held =>
    {
        SqliteFile.Prepare(setting.File!);
        Migrations.OfSqlite(setting.File!);
        SqliteFile.Prepare(setting.StateFile!);
        Migrations.OfSqliteState(setting.StateFile!);
        return new(held, SqliteFile.Open(setting.File!, FillPragmas), new(() => SqliteFile.Open(setting.StateFile!, FillPragmas)));
    });

    public override async Task CopyOut(ArchivedTable table, Stream to, CancellationToken cancel)
    {
        await using var lines = new StreamWriter(to, Utf8, leaveOpen: true);
        await using var command = Of(table).CreateCommand();
        command.CommandText = table.Select;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            WriteRow(rows, lines);
    }

    public override async Task CopyIn(ArchivedTable table, Stream from, CancellationToken cancel)
    {
        await using var insert = Of(table).CreateCommand();
        insert.CommandText = $"insert into {table.Name} ({table.ColumnList}) values ({string.Join(", ", table.Columns.Select(column => $"@{column}"))})";
        foreach (var column in table.Columns)
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"@{column}" });
        // A carriage return never stands for itself in this format, so lines end where rows do.
        using var lines = new StreamReader(from, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            ReadRow(line, table, insert.Parameters);
            await insert.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Damage to the file itself; and commands, which stand in a tree of their own, that aren't those of the events.</summary>
    public override async Task<IReadOnlyList<string>> OwnFaults(CancellationToken cancel)
    {
        var faults = (await Log.QueryAsync<string>("pragma integrity_check")).Where(said => said != "ok").Select(said => $"The file is damaged: {said}.").ToList();
        await foreach (var (command, stream, position) in Log.QueryUnbufferedAsync<(string, string, long)>(
            """
            select e.command, e.stream, e.position from events e
            left join commands c on c.stream = e.stream and c.command = e.command and c.part = e.part
            where c.version is not e.version or c.position is not e.position or c.fingerprint is not e.fingerprint
            """).WithCancellation(cancel))
            faults.Add($"The command {command} of {stream} (position {position}) is not known as its event says.");
        if (await Log.QuerySingleAsync<long>("select (select count(*) from commands) - (select count(*) from events)") is > 0 and var more)
            faults.Add($"{more} parts of commands are known of which the log has no event.");
        return faults;
    }

    public override async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        if (state.IsValueCreated)
            await state.Value.DisposeAsync();
        held.Dispose();
    }

    /// <summary>The log last: it alone says whether there is anything. What the state would hold of a past that isn't there is ignored, and cleared by the next attempt.</summary>
    public override async Task Commit()
    {
        await State.ExecuteAsync("commit");
        await Log.ExecuteAsync("commit");
    }

    private static void WriteRow(DbDataReader row, StreamWriter lines)
    {
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (column > 0)
                lines.Write(CopyText.Between);
            CopyText.Write(lines, row.GetValue(column));
        }

        lines.Write(CopyText.End);
    }

    private static void ReadRow(ReadOnlySpan<char> line, ArchivedTable table, DbParameterCollection row)
    {
        var column = 0;
        foreach (var field in line.Split(CopyText.Between))
        {
            if (column == row.Count)
                throw new FormatException($"A row of {table.Name} has more than {row.Count} fields.");
            row[column].Value = CopyText.Read(line[field], table.Blobs.Contains(table.Columns[column], StringComparer.Ordinal));
            column++;
        }

        if (column < row.Count)
            throw new FormatException($"A row of {table.Name} has fewer than {row.Count} fields.");
    }

    private static WholeSqlite Held(string file, Func<SqliteLock, WholeSqlite> open)
    {
        var held = new SqliteLock(file);
        try
        {
            return open(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
