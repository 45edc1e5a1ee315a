namespace CalCities.Collab.Kernel.Log;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-log-");
    private SqliteEventStore? store;

    private protected override IEventStore Store => store!;

    private protected override IEventStore SecondHost => store!;

    private string File => Path.Combine(folder.FullName, "collab.db");

    public override ValueTask InitializeAsync()
    {
        store = new SqliteEventStore(File, File + "-state");
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        store?.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
