using CalCities.Collab.Testing;

namespace CalCities.Collab.Kernel.Log;

public sealed class PostgresEventStoreTests : EventStoreContract
{
    private readonly PostgresFixture database = new();
    private PostgresEventStore? store;
    private PostgresEventStore? second;

    private protected override IEventStore Store => store!;

    private protected override IEventStore SecondHost => second ??= new PostgresEventStore(database.ConnectionString);

    public override async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        store = new PostgresEventStore(database.ConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        if (store is not null)
            await store.DisposeAsync();
        if (second is not null)
            await second.DisposeAsync();
        await database.DisposeAsync();
    }
}
