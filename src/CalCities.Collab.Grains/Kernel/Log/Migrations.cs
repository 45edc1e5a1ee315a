using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Brings a database to this program's tables: numbered SQL files of this assembly, each applied once in its own transaction, in the order of their names.</summary>
internal static class Migrations
{
    /// <summary>Two hosts that start at once take turns under this PostgreSQL advisory lock; the number means nothing else.</summary>
    private const long Turn = 0x43_43_43_6F_6C_6C_61_62;

    public static void OfSqlite(string file) => Apply(DeployChanges.To.SqliteDatabase(SqliteFile.ConnectionString(file)), "Sqlite");

    public static void OfSqliteState(string stateFile) => Apply(DeployChanges.To.SqliteDatabase(SqliteFile.ConnectionString(stateFile)), "SqliteState");

    public static void OfPostgres(string connectionString)
    {
        // Not pooled: the lock ends with the connection, whatever happens. Patient: a large table's new index takes minutes, and the other host's turn may be first.
        var patient = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 600 }.ConnectionString;
        using var turn = new NpgsqlConnection(patient);
        turn.Open();
        using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", turn) { Parameters = { new() { Value = Turn } } })
            take.ExecuteNonQuery();
        Apply(DeployChanges.To.PostgresqlDatabase(patient), "Postgres", "PostgresState");
    }

    /// <summary>Whether it has the tables of this program, no more and no fewer; changes nothing.</summary>
    public static bool IsOfSqlite(string file) => IsCurrent(DeployChanges.To.SqliteDatabase(SqliteFile.ConnectionString(file)), "Sqlite");

    /// <inheritdoc cref="IsOfSqlite"/>
    public static bool IsOfSqliteState(string stateFile) => IsCurrent(DeployChanges.To.SqliteDatabase(SqliteFile.ConnectionString(stateFile)), "SqliteState");

    /// <inheritdoc cref="IsOfSqlite"/>
    public static bool IsOfPostgres(string connectionString) => IsCurrent(DeployChanges.To.PostgresqlDatabase(connectionString), "Postgres", "PostgresState");

    private static UpgradeEngine Engine(UpgradeEngineBuilder database, params string[] folders) =>
        database.WithScripts(folders.SelectMany(Scripts)).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build();

    private static bool IsCurrent(UpgradeEngineBuilder database, params string[] folders)
    {
        var applied = Engine(database, folders).GetExecutedScripts();
        return applied.ToHashSet(StringComparer.Ordinal).SetEquals(folders.SelectMany(Scripts).Select(script => script.Name));
    }

    private static void Apply(UpgradeEngineBuilder database, params string[] folders)
    {
        var result = Engine(database, folders).PerformUpgrade();
        if (!result.Successful)
            throw new HubDatabaseException($"The database can't be brought up to date: {result.ErrorScript?.Name} failed ({result.Error.Message}).", result.Error);
    }

    private static IEnumerable<SqlScript> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(Migrations).Namespace}.Migrations.{folder}.";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SqlScript.FromStream($"{folder}/{name[prefix.Length..]}", assembly.GetManifestResourceStream(name)!));
    }
}
