using System.Data.Common;
using System.Text;
using Dapper;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// A hub's database as a whole, outside any host and in one transaction: read at one moment (for a check or a backup), or filled at once.
/// What is filled and not committed was never there.
/// </summary>
internal abstract class WholeDatabase : IAsyncDisposable
{
    /// <summary>Patient: what is asked here may read or write all there is.</summary>
    protected const int PatientSeconds = 600;

    protected static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens what is there, as it is at this moment, and changes nothing.</summary>
    /// <exception cref="HubDatabaseException">There is none, it has other tables than this program's, or (on SQLite) another process has it.</exception>
    public static async Task<WholeDatabase> Read(HubDatabaseSetting setting, CancellationToken cancel) =>
        setting.IsPostgres ? await WholePostgres.OpenToRead(setting, cancel) : WholeSqlite.OpenToRead(setting);

    /// <summary>Makes the database's tables if they aren't there, and holds every other writer off until this is disposed.</summary>
    /// <exception cref="HubDatabaseException">It can't be reached, or (on SQLite) another process has it.</exception>
    public static async Task<WholeDatabase> Fill(HubDatabaseSetting setting, CancellationToken cancel) =>
        setting.IsPostgres ? await WholePostgres.OpenToFill(setting, cancel) : WholeSqlite.OpenToFill(setting);

    /// <summary>Writes an entry into the audit, outside any host.</summary>
    /// <exception cref="HubDatabaseException">On SQLite: another process has it.</exception>
    public static async Task Note(HubDatabaseSetting setting, AuditEntry entry)
    {
        using var held = setting.File is { } taken ? new SqliteLock(taken) : null;
        await using DbConnection connection = setting.File is { } file
            ? SqliteFile.Open(file, "pragma synchronous = full;")
            : new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(setting.ConnectionString) { Pooling = false }.ConnectionString);
        if (connection.State is not System.Data.ConnectionState.Open)
            await connection.OpenAsync();
        await connection.ExecuteAsync("insert into audit (at, actor, action, detail) values (@at, @actor, @action, @detail)",
            new { at = entry.At.ToUnixTimeMilliseconds(), actor = entry.Actor, action = entry.Action, detail = entry.Detail });
    }

    /// <summary>Where the log and the tables beside it are.</summary>
    public abstract DbConnection Log { get; }

    public abstract bool IsPostgres { get; }

    /// <summary>Where Orleans' grain storage is.</summary>
    protected abstract DbConnection State { get; }

    /// <summary>Writes a table's rows.</summary>
    public abstract Task CopyOut(ArchivedTable table, Stream to, CancellationToken cancel);

    /// <summary>Adds a table's rows.</summary>
    /// <exception cref="FormatException">They aren't such a table's.</exception>
    public abstract Task CopyIn(ArchivedTable table, Stream from, CancellationToken cancel);

    /// <summary>What is wrong with the log beyond its events: what only this database keeps, and keeps twice.</summary>
    public abstract Task<IReadOnlyList<string>> OwnFaults(CancellationToken cancel);

    /// <summary>Empties the archived tables but the log itself, which nobody can empty, and forgets how far the indexes are.</summary>
    public async Task Clear()
    {
        foreach (var table in ArchivedTable.All.Where(table => table.Name != ArchivedTable.Events.Name))
            await Of(table).ExecuteAsync($"delete from {table.Name}", commandTimeout: PatientSeconds);
    }

    /// <summary>Says that the log ends at this position.</summary>
    public Task SetHead(long head) => Log.ExecuteAsync("update head set position = @head", new { head });

    /// <summary>Makes all that was filled stay.</summary>
    public abstract Task Commit();

    /// <summary>The head; whether the log has every position up to it and no other.</summary>
    public async Task<(long Head, bool IsWhole)> Positions()
    {
        var (head, first, last, count) = await Log.QuerySingleOrDefaultAsync<(long, long, long, long)>(
            "select h.position, coalesce(min(e.position), 1), coalesce(max(e.position), 0), count(e.position) from head h left join events e on true group by h.position",
            commandTimeout: PatientSeconds);
        return (head, first == 1 && last == count && count == head);
    }

    public abstract ValueTask DisposeAsync();

    protected DbConnection Of(ArchivedTable table) => table.InState ? State : Log;

    protected static HubDatabaseException OtherVersion(HubDatabaseSetting setting) =>
        new($"The database ({setting}) has not the tables of this version of the program: start a hub of this version on it once, or use the version that it is of.");
}
