using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Serialization;
using Orleans.Storage;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Orleans' own tables: grain storage in either database, clustering in PostgreSQL. Their queries are in the migrations.</summary>
internal static class StateStorage
{
    /// <summary>Snapshots, drafts, read markers and the like: the grain storage <see cref="GrainLog.StorageName"/>, in Orleans' own serialization. Needs AddEventLog.</summary>
    public static ISiloBuilder AddStateStorage(this ISiloBuilder silo, HubDatabaseSetting database) =>
        silo.AddAdoNetGrainStorage(GrainLog.StorageName, options => options.Configure<StateSource, Serializer>((storage, state, serializer) =>
        {
            // The only name under which Orleans knows SQLite; what it loads is Microsoft.Data.Sqlite.
            storage.Invariant = database.IsPostgres ? "Npgsql" : "System.Data.SQLite";
            storage.DataSource = state.Connections;
            // A cleared draft leaves no row behind.
            storage.DeleteStateOnClear = true;
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));

    /// <summary>Hosts of one PostgreSQL database find each other in it. Needs AddEventLog.</summary>
    public static ISiloBuilder AddPostgresClustering(this ISiloBuilder silo, HubDatabaseSetting database) => database.IsPostgres
        ? silo.UseAdoNetClustering(options => options.Configure<StateSource>((clustering, state) =>
        {
            clustering.Invariant = "Npgsql";
            clustering.DataSource = state.Connections;
        }))
        : throw new InvalidOperationException("Hosts can't find each other in a SQLite file: it belongs to one process.");
}

/// <summary>Where Orleans and the accounts get their connections.</summary>
internal sealed record StateSource(DbDataSource Connections)
{
    public bool IsPostgres => Connections is NpgsqlDataSource;
}

/// <summary>What the dialects spell differently and Dapper doesn't hide.</summary>
internal static class Dialect
{
    /// <summary>The condition that a column is among the values of an array's parameter.</summary>
    public static string Among(bool isPostgres, string column, string parameter) => isPostgres ? $"{column} = any({parameter})" : $"{column} in {parameter}";
}

/// <summary>The state file beside the log's: losing its last moments on a power cut loses drafts' last words, never what was acknowledged, so its commits don't wait for the disk.</summary>
internal sealed class SqliteStateSource : DbDataSource
{
    /// <summary>Pooled: the provider opens a connection for each call.</summary>
    private readonly string connectionString;

    /// <summary>Makes the file if it isn't there and brings its tables up to date. The caller holds the lock of the log's file.</summary>
    public SqliteStateSource(string stateFile)
    {
        SqliteFile.Prepare(stateFile);
        Migrations.OfSqliteState(stateFile);
        connectionString = new SqliteConnectionStringBuilder(SqliteFile.ConnectionString(stateFile)) { Pooling = true }.ConnectionString;
    }

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
                return;
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "pragma synchronous = normal; pragma busy_timeout = 10000; pragma journal_size_limit = 67108864;";
            pragmas.ExecuteNonQuery();
        };
        return connection;
    }

    protected override void Dispose(bool disposing)
    {
        using (var pooled = new SqliteConnection(connectionString))
            SqliteConnection.ClearPool(pooled);
        base.Dispose(disposing);
    }
}
