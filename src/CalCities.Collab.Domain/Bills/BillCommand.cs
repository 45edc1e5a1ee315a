using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>Everything that can be asked of a bill.</summary>
[GenerateSerializer, Alias("bills.command")]
public abstract record BillCommand : ICommand
{
    private BillCommand() { }

    /// <summary>Takes note of what an extract of the Legislature says of the bill.</summary>
    [GenerateSerializer, Immutable, Alias("bills.observe")]
    public sealed record Observe(BillObservation Seen) : BillCommand;
}
