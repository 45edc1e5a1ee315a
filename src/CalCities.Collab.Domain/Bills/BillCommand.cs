using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>Everything that can be asked of a bill.</summary>
[GenerateSerializer, Alias("bills.command")]
public abstract record BillCommand : ICommand
{
    private BillCommand() { }
}
