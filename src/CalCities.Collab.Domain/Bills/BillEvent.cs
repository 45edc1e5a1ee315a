using System.Collections.Immutable;

namespace CalCities.Collab.Bills;

/// <summary>Everything that can have happened to a bill. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("bills.event")]
public abstract record BillEvent
{
    private BillEvent() { }

    /// <summary>The hub knows of the bill.</summary>
    [GenerateSerializer, Immutable, Alias("bills.introduced.v1")]
    public sealed record Introduced(BillNumber Number) : BillEvent;

    /// <summary>What the latest print says the bill is about; an author may replace the whole bill.</summary>
    [GenerateSerializer, Immutable, Alias("bills.titled.v1")]
    public sealed record Titled(string Subject) : BillEvent;

    [GenerateSerializer, Immutable, Alias("bills.authored.v1")]
    public sealed record Authored(ImmutableArray<BillAuthor> Authors) : BillEvent;

    [GenerateSerializer, Immutable, Alias("bills.placed.v1")]
    public sealed record Placed(BillPlace Place) : BillEvent;

    /// <summary>A version was printed, or more is told of one.</summary>
    [GenerateSerializer, Immutable, Alias("bills.printed.v1")]
    public sealed record Printed(BillVersion Version) : BillEvent;

    /// <summary>The whole history: the Legislature rewrites it whole with every change.</summary>
    [GenerateSerializer, Immutable, Alias("bills.history-told.v1")]
    public sealed record HistoryTold(ImmutableArray<BillAction> Actions) : BillEvent;

    /// <summary>A roll call was taken, or more is told of one.</summary>
    [GenerateSerializer, Immutable, Alias("bills.roll-called.v1")]
    public sealed record RollCalled(RollCall RollCall) : BillEvent;

    /// <summary>Names of committees and floors that the bill's places use.</summary>
    [GenerateSerializer, Immutable, Alias("bills.committees-named.v1")]
    public sealed record CommitteesNamed(ImmutableArray<Committee> Committees) : BillEvent;

    /// <summary>Ends what one observation changed: the Legislature's moment (Sacramento's wall time) and the observation's fingerprint.</summary>
    [GenerateSerializer, Immutable, Alias("bills.observed.v1")]
    public sealed record Observed(DateTime AsOf, string Fingerprint) : BillEvent;
}
