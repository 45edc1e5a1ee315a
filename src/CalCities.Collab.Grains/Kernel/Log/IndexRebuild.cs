using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// Makes the indexes anew in a temporary SQLite file, up to where each has read the log, and compares them with the tables row by row.
/// An index of another version, or one that hasn't begun, is left out: the hub rebuilds it at its next start. So is what is due: its rows
/// go when they are sent.
/// </summary>
internal sealed class IndexRebuild : IDisposable
{
    private readonly WholeDatabase database;
    private readonly Faults faults;
    private readonly DirectoryInfo folder;
    private readonly SqliteConnection scratch;
    private readonly Dictionary<IIndex, long> until = [];

    private IndexRebuild(WholeDatabase database, Faults faults)
    {
        (this.database, this.faults) = (database, faults);
        folder = Directory.CreateTempSubdirectory("collab-verify-");
        try
        {
            var file = Path.Combine(folder.FullName, "lists.db");
            SqliteFile.Prepare(file);
            Migrations.OfSqlite(file);
            // What a crash would leave of it is worth nothing.
            scratch = SqliteFile.Open(file, "pragma journal_mode = off; pragma synchronous = off; begin;");
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public static async Task<IndexRebuild> Begin(WholeDatabase database, Faults faults)
    {
        var rebuild = new IndexRebuild(database, faults);
        foreach (var index in IIndex.OfTheHub.Where(type => type != typeof(DueIndex)).Select(type => (IIndex)Activator.CreateInstance(type)!))
        {
            if (await database.Log.QuerySingleOrDefaultAsync<(long Version, long Position)?>("select version, position from checkpoints where name = @name", new { name = $"index:{index.Name}" }) is { } reached
                && reached.Version == index.Version)
                rebuild.until.Add(index, reached.Position);
        }

        return rebuild;
    }

    public void Take(Recorded<object> recorded)
    {
        foreach (var (index, _) in until.Where(line => line.Value >= recorded.Position).ToArray())
        {
            try
            {
                var batch = new IndexBatch();
                index.Project(recorded, batch);
                foreach (var (sql, parameters) in batch.Statements)
                    scratch.Execute(sql, parameters);
            }
            catch (Exception failure) // The runner would stop at this event, whatever it is.
            {
                faults.Add($"The list {index.Name} can't be made of {recorded.Stream}, version {recorded.Version} (position {recorded.Position}): {failure.Message}");
                until.Remove(index);
            }
        }
    }

    /// <summary>Adds a fault for each table that isn't as the log says; how many indexes were compared.</summary>
    public async Task<int> Compare(CancellationToken cancel)
    {
        foreach (var index in until.Keys)
        {
            foreach (var table in index.Tables)
            {
                if (await Difference(table, cancel) is { } row)
                    faults.Add($"The list {table} is not what the log makes of it, at {row}.");
            }
        }

        return until.Count;
    }

    public void Dispose()
    {
        scratch.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The first row that only one of the two has, or has otherwise; null when there is none. Both are read in the order of bytes.</summary>
    private async Task<string?> Difference(string table, CancellationToken cancel)
    {
        var columns = (await scratch.QueryAsync<(string Name, string Type, long Key)>("select name, lower(type), pk from pragma_table_info(@table)", new { table })).OrderBy(column => column.Key == 0).ThenBy(column => column.Key).ToArray();
        var keys = columns.Count(column => column.Key > 0);
        string Sql(string bytewise) => $"select {string.Join(", ", columns.Select(column => column.Name))} from {table} order by "
            + string.Join(", ", columns.Take(keys).Select(column => column.Type == "text" ? $"{column.Name} {bytewise}" : column.Name));

        await using var made = scratch.CreateCommand();
        made.CommandText = Sql("collate binary");
        await using var kept = database.Log.CreateCommand();
        kept.CommandText = Sql(database.IsPostgres ? "collate \"C\"" : "collate binary");
        await using var makes = await made.ExecuteReaderAsync(cancel);
        await using var keeps = await kept.ExecuteReaderAsync(cancel);
        while (true)
        {
            var (here, there) = (await Next(makes, cancel), await Next(keeps, cancel));
            if (here is null && there is null)
                return null;
            if (here is null || there is null || !here.AsSpan().SequenceEqual(there))
                return string.Join(", ", (here ?? there)!.Take(keys));
        }
    }

    private static async Task<object[]?> Next(DbDataReader rows, CancellationToken cancel)
    {
        if (!await rows.ReadAsync(cancel))
            return null;
        var row = new object[rows.FieldCount];
        rows.GetValues(row);
        // PostgreSQL has integers of two sizes where SQLite has one.
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] is int number ? (long)number : row[i];
        return row;
    }
}
