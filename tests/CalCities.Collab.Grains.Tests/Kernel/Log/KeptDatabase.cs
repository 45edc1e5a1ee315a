using System.Data.Common;
using System.Text;
using CalCities.Collab.Testing;
using Dapper;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A database of either kind that no host need run on, new and empty, gone when the test is done with it.</summary>
internal sealed class KeptDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo? folder;
    private readonly PostgresFixture? postgres;

    private KeptDatabase(string connectionString, DirectoryInfo? folder, PostgresFixture? postgres) =>
        (ConnectionString, this.folder, this.postgres, Setting) = (connectionString, folder, postgres, HubDatabaseSetting.Parse(connectionString));

    public string ConnectionString { get; }

    public HubDatabaseSetting Setting { get; }

    public HubKeeper Keeper => new(Setting, TimeProvider.System);

    /// <summary>"SQLite" or "PostgreSQL".</summary>
    public static async Task<KeptDatabase> New(string kind)
    {
        if (kind == "SQLite")
        {
            var folder = Directory.CreateTempSubdirectory("collab-kept-");
            return new($"Data Source={Path.Combine(folder.FullName, "collab.db")}", folder, null);
        }

        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        return new(postgres.ConnectionString, null, postgres);
    }

    /// <summary>Whether anything was ever made in it.</summary>
    public async Task<bool> IsUntouched()
    {
        if (folder is not null)
            return folder.GetFileSystemInfos().Length == 0;
        await using var connection = await Connect();
        return await connection.ExecuteScalarAsync<long>("select count(*) from pg_tables where schemaname = 'public'") == 0;
    }

    /// <summary>Changes the log as someone who has the file or the server can: first the guards go, then the rows.</summary>
    public async Task Tamper(string sql)
    {
        await using var connection = await Connect();
        await connection.ExecuteAsync(postgres is not null
            ? "drop trigger events_are_never_changed on events"
            : "drop trigger events_are_never_changed; drop trigger events_are_never_removed; drop trigger commands_are_never_changed; drop trigger commands_are_never_removed");
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Every row of every archived table.</summary>
    public async Task<Dictionary<string, string>> Rows()
    {
        await using var whole = await WholeDatabase.Read(Setting, TestContext.Current.CancellationToken);
        Dictionary<string, string> rows = new(StringComparer.Ordinal);
        foreach (var table in ArchivedTable.All)
        {
            using var copied = new MemoryStream();
            await whole.CopyOut(table, copied, TestContext.Current.CancellationToken);
            rows[table.Name] = Encoding.UTF8.GetString(copied.ToArray());
        }

        return rows;
    }

    public async Task<DbConnection> Connect()
    {
        if (postgres is null)
            return SqliteFile.Open(Setting.File!, "pragma foreign_keys = on;");
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        folder?.Delete(recursive: true);
        if (postgres is not null)
            await postgres.DisposeAsync();
    }
}
