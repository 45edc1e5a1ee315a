using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>Who may do what with a bill: everyone reads, the Legislature's extract alone writes.</summary>
public sealed class BillRights : IRights
{
    public static readonly Right Observe = new("any", ActorKinds.Program, BillRefusals.OnlyTheImport, "bills.observe");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see bill");

    public static ImmutableArray<Right> Rows { get; } = [Observe, See];
}
