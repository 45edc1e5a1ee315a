using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>Which database the hub has: a SQLite file (its full path), or PostgreSQL (File is null). The setting <c>ConnectionStrings:Hub</c> alone chooses.</summary>
public sealed record HubDatabaseSetting
{
    /// <summary>Below the folder the program is called from.</summary>
    public const string DefaultFile = "data/collab.db";

    private HubDatabaseSetting(string? file, string connectionString) => (File, ConnectionString) = (file, connectionString);

    /// <summary>The full path of the SQLite file; null on PostgreSQL.</summary>
    public string? File { get; }

    /// <summary>As it was given; for PostgreSQL it may hold a password, so it is never shown.</summary>
    internal string ConnectionString { get; }

    public bool IsPostgres => File is null;

    /// <summary>Orleans' grain storage has a file of its own: sharing one would cost the log most of its rate. Null on PostgreSQL.</summary>
    public string? StateFile => File is null ? null : File + "-state";

    /// <summary>Reads <c>ConnectionStrings:Hub</c>.</summary>
    /// <exception cref="HubDatabaseException">It names neither a SQLite file nor a PostgreSQL server.</exception>
    public static HubDatabaseSetting From(IConfiguration configuration) => Parse(configuration.GetConnectionString("Hub"));

    /// <summary>Nothing given means SQLite in <see cref="DefaultFile"/>.</summary>
    /// <exception cref="HubDatabaseException">It names neither a SQLite file nor a PostgreSQL server.</exception>
    public static HubDatabaseSetting Parse(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return new(Path.GetFullPath(DefaultFile), $"Data Source={DefaultFile}");
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
            if (given.ContainsKey("Data Source") || given.ContainsKey("DataSource") || given.ContainsKey("Filename"))
                return Sqlite(connectionString);
            if (given.ContainsKey("Host") || given.ContainsKey("Server"))
                return new(null, new NpgsqlConnectionStringBuilder(connectionString).ConnectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new HubDatabaseException($"The setting ConnectionStrings:Hub can't be read: {wrong.Message}", wrong);
        }

        throw new HubDatabaseException("The setting ConnectionStrings:Hub names no database: give 'Data Source=<file>' for SQLite or 'Host=…;Database=…;Username=…' for PostgreSQL.");
    }

    private static HubDatabaseSetting Sqlite(string connectionString)
    {
        var given = new SqliteConnectionStringBuilder(connectionString);
        if (given.DataSource is "" or ":memory:" || given.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || given.Keys.Cast<string>().Any(key => key is not "Data Source" && given.ShouldSerialize(key)))
            throw new HubDatabaseException("The setting ConnectionStrings:Hub must be 'Data Source=<file>' and nothing else: the hub keeps its SQLite database in one file and opens it in its own way.");
        return new(Path.GetFullPath(given.DataSource), connectionString);
    }

    /// <summary>Without what only the server and its administrators should know.</summary>
    public override string ToString() => File is null ? "PostgreSQL" : $"SQLite in {File}";
}
