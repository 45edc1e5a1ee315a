using System.Diagnostics;
using System.Runtime.Versioning;
using Dapper;

namespace CalCities.Collab.Kernel.Log;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-log-");
    private SqliteEventStore? store;

    private protected override IEventStore Store => store!;

    private protected override IEventStore SecondHost => store!;

    private protected override string CommandIndex => "SEARCH commands USING PRIMARY KEY (stream=?)";

    /// <summary>In a folder that isn't there before.</summary>
    private string HubFile => Path.Combine(folder.FullName, "data", "collab.db");

    public override ValueTask InitializeAsync()
    {
        store = Open();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        store?.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Nobody_but_the_owner_can_read_any_file_of_the_database()
    {
        await Store.Append([new(Thread, 0, [Event("a")])], Ending);

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(HubFile)!));
        Assert.Equal(
            [("collab.db", OwnerOnly), ("collab.db-lock", OwnerOnly), ("collab.db-shm", OwnerOnly), ("collab.db-state", OwnerOnly), ("collab.db-wal", OwnerOnly)],
            from file in Directory.GetFiles(Path.GetDirectoryName(HubFile)!).Order() select (Path.GetFileName(file), File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task What_was_appended_is_there_when_the_file_is_opened_again()
    {
        await Store.Append([new(Thread, 0, [Event("a"), Event("b")])], Ending);
        var before = await All(Store);
        store!.Dispose();
        store = Open();

        Assert.Equal(before, await All(Store));
        Assert.Equal([3], await Store.Append([new(Thread, 2, [Event("c")])], Ending));
    }

    [Fact]
    public void A_second_store_on_the_same_file_is_refused_with_one_sentence()
    {
        var refused = Assert.Throws<HubDatabaseException>(Open);

        Assert.Equal($"Another program has the database {HubFile} open: stop it first, or give this one another database with ConnectionStrings:Hub.", refused.Message);
    }

    [Fact]
    public async Task Another_process_can_take_the_file_only_when_this_one_has_given_it_back()
    {
        // flock is a program of its own: what it finds taken, a second host finds taken.
        async Task<int> Take()
        {
            using var other = Process.Start("flock", ["--nonblock", $"{HubFile}-lock", "true"]);
            await other.WaitForExitAsync(Ending);
            return other.ExitCode;
        }

        Assert.Equal(1, await Take());
        store!.Dispose();
        Assert.Equal(0, await Take());

        using var holder = Process.Start(new ProcessStartInfo("flock", [$"{HubFile}-lock", "sh", "-c", "echo taken; read ended"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Assert.Equal("taken", await holder.StandardOutput.ReadLineAsync(Ending));
        Assert.Throws<HubDatabaseException>(Open);
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(Ending);
        store = Open();
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var file = Path.Combine(folder.FullName, "letter.txt");
        File.WriteAllText(file, new string('x', 5_000));

        var refused = Assert.Throws<HubDatabaseException>(() => new SqliteEventStore(file, file + "-state"));

        Assert.Equal($"The database {file} can't be opened: SQLite Error 26: 'file is not a database'.", refused.Message);
        Assert.Equal(new string('x', 5_000), File.ReadAllText(file));
    }

    [Fact]
    public async Task Every_commit_waits_for_the_disk()
    {
        await ((IHubDatabase)Store).Write(
            async (connection, _) => Assert.Equal((2L, "wal"), (await connection.ExecuteScalarAsync<long>("pragma synchronous"), await connection.ExecuteScalarAsync<string>("pragma journal_mode"))),
            Ending);
    }

    private protected override async Task<string> PlanOf(string sql, object parameters) =>
        await store!.Read(async connection => string.Join('\n', from row in await connection.QueryAsync($"explain query plan {sql}", parameters) select (string)row.detail), Ending);

    private SqliteEventStore Open() => new(HubFile, HubFile + "-state");
}
