namespace CalCities.Collab.Bills;

/// <summary>Everything that can have happened to a bill. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("bills.event")]
public abstract record BillEvent
{
    private BillEvent() { }
}
