using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>A bill by its official id, for example "202520260AB831" (LEGINFO §1.2).</summary>
[GenerateSerializer, Immutable, Alias("bills.id")]
public readonly record struct BillId(string Value) : IAggregateId<BillCommand, BillEvent>
{
    public StreamId Stream => new("bill", Value);
    public override string ToString() => Value;
}

/// <summary>What other slices may know of a bill: "AB 831" and its subject.</summary>
[GenerateSerializer, Immutable, Alias("bills.fact")]
public sealed record BillFact(string Number, string Subject) : Fact;
