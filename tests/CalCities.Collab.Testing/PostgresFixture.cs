using Npgsql;
using Xunit;

namespace CalCities.Collab.Testing;

/// <summary>A new PostgreSQL database on the throw-away cluster that COLLAB_TEST_POSTGRES names (a superuser's Npgsql connection string), dropped afterwards; without that setting its tests skip.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string name = $"collab_{Guid.NewGuid():N}";
    private string? cluster;

    /// <summary>Connects to the new database; skips the test where there is no PostgreSQL.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(cluster is null, "COLLAB_TEST_POSTGRES names no PostgreSQL cluster; test.sh starts one and sets it.");
            return new NpgsqlConnectionStringBuilder(cluster) { Database = name }.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync()
    {
        cluster = Environment.GetEnvironmentVariable("COLLAB_TEST_POSTGRES") is { Length: > 0 } given ? given : null;
        await OnCluster($"create database {name}");
    }

    public async ValueTask DisposeAsync() => await OnCluster($"drop database if exists {name} with (force)");

    private async Task OnCluster(string sql)
    {
        if (cluster is null)
            return;
        await using var connections = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(cluster) { Pooling = false }.ConnectionString).Build();
        await using var command = connections.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
