using Npgsql;

namespace CalCities.Collab;

/// <summary>A database for hosts, new and empty, gone when the test is done with it.</summary>
public sealed class HubDatabase : IAsyncDisposable
{
    private readonly Func<Task> drop;

    private HubDatabase(string connectionString, Func<Task> drop) => (ConnectionString, this.drop) = (connectionString, drop);

    /// <summary>What the setting ConnectionStrings:Hub gets.</summary>
    public string ConnectionString { get; }

    public static HubDatabase OnSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("collab-e2e-db-").FullName;
        return new($"Data Source={Path.Combine(folder, "collab.db")}", () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <summary>Skips the test where ./test.sh has not started a PostgreSQL.</summary>
    public static async Task<HubDatabase> OnPostgres()
    {
        var server = Environment.GetEnvironmentVariable("COLLAB_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "COLLAB_TEST_POSTGRES names no PostgreSQL; ./test.sh starts one.");
        var name = $"e2e_{Guid.NewGuid():N}";
        await Run(server!, $"create database {name}");
        return new(new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString, () => Run(server!, $"drop database {name} with (force)"));
    }

    /// <summary>One of the two, by name, for tests that hold on both.</summary>
    public static async Task<HubDatabase> On(string kind) => kind switch
    {
        "SQLite" => OnSqlite(),
        "PostgreSQL" => await OnPostgres(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "SQLite or PostgreSQL."),
    };

    public async ValueTask DisposeAsync() => await drop();

    private static async Task Run(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
