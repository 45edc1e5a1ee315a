using CalCities.Collab.Testing;
using Dapper;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

public sealed class MigrationsTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_brought_up_to_date_once_however_often_the_program_starts()
    {
        var folder = Directory.CreateTempSubdirectory("collab-migrations-");
        var file = Path.Combine(folder.FullName, "collab.db");
        List<string> applied = [];
        for (var start = 0; start < 2; start++)
        {
            using (new SqliteEventStore(file, file + "-state"))
            {
            }

            await using var connection = SqliteFile.Open(file, "pragma query_only = on");
            applied.AddRange(await connection.QueryAsync<string>("select ScriptName from SchemaVersions order by SchemaVersionID"));
        }

        Assert.Equal(applied[..(applied.Count / 2)], applied[(applied.Count / 2)..]);
        Assert.Equal("Sqlite/0001-kernel.sql", applied[0]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Hosts_that_start_at_once_on_a_new_database_bring_it_up_to_date_once()
    {
        var database = new PostgresFixture();
        await database.InitializeAsync();
        var stores = await Task.WhenAll(from i in Enumerable.Range(0, 4) select Task.Run(() => new PostgresEventStore(database.ConnectionString), Ending));
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString))
        {
            var applied = (await connection.QueryAsync<string>("select scriptname from schemaversions order by schemaversionsid")).ToList();
            Assert.Equal(applied.Distinct(), applied);
            Assert.Equal("Postgres/0001-kernel.sql", applied[0]);
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"));
        }

        foreach (var store in stores)
            await store.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Both_databases_have_the_same_numbered_files()
    {
        static IEnumerable<string> Files(string folder) =>
            from name in typeof(IEventStore).Assembly.GetManifestResourceNames()
            where name.Contains($".Migrations.{folder}.", StringComparison.Ordinal)
            select name[(name.IndexOf($".{folder}.", StringComparison.Ordinal) + folder.Length + 2)..] into name
            orderby name
            select name;

        Assert.Equal(Files("Sqlite"), Files("Postgres"));
        Assert.Equal("0001-kernel.sql", Files("Sqlite").First());
    }
}
