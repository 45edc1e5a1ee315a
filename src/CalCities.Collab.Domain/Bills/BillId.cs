using System.Globalization;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>A bill by its official id, for example "202520260AB831" (LEGINFO §1.2).</summary>
[GenerateSerializer, Immutable, Alias("bills.id")]
public readonly record struct BillId(string Value) : IAggregateId<BillCommand, BillEvent>
{
    public StreamId Stream => new("bill", Value);
    public override string ToString() => Value;
}

/// <summary>What a bill is called: the two-year session ("20252026"), 0 or the number of the extraordinary session, the measure's type ("AB") and its number.</summary>
[GenerateSerializer, Immutable, Alias("bills.number")]
public sealed partial record BillNumber(string Years, int Session, string Measure, int Number)
{
    public BillId Id => new(string.Create(CultureInfo.InvariantCulture, $"{Years}{Session}{Measure}{Number}"));

    /// <summary>A resolution is adopted by the houses and never goes to the Governor; only AB and SB do (California Constitution, Art. IV, §10).</summary>
    public bool IsResolution => Measure is not ("AB" or "SB");

    /// <summary>A house's own resolution (HR, SR) never leaves it.</summary>
    public bool IsOfOneHouse => Measure is "HR" or "SR";

    /// <summary>The house it began in, as the Legislature's extract calls it.</summary>
    public string Origin => Measure[0] == 'S' ? "Senate" : "Assembly";

    /// <summary>As people write it: "AB 831", in an extraordinary session "ABX1 2".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Measure}{(Session == 0 ? "" : $"X{Session}")} {Number}");

    /// <summary>Reads an official id; null for anything that no bill can be called.</summary>
    public static BillNumber? Of(BillId id) => Read(OfficialId().Match(id.Value ?? ""));

    /// <summary>The bill that a version's id belongs to: "20250AB83198AMD" is of 202520260AB831; null for anything else.</summary>
    public static BillNumber? OfVersion(string versionId)
    {
        var match = OfficialVersionId().Match(versionId);
        if (!match.Success)
            return null;
        var first = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return Read(OfficialId().Match(string.Create(CultureInfo.InvariantCulture, $"{first}{first + 1}{match.Groups[2]}")));
    }

    private static BillNumber? Read(Match match) => match.Success
        ? new BillNumber(match.Groups[1].Value, match.Groups[2].Value[0] - '0', match.Groups[3].Value,
            int.Parse(match.Groups[4].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"\A([0-9]{8})([0-9])([A-Z]{2,4})([1-9][0-9]{0,4})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfficialId();

    [GeneratedRegex(@"\A([0-9]{4})([0-9][A-Z]{2,4}[1-9][0-9]{0,4})[0-9]{2}[A-Z]{3}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfficialVersionId();
}

/// <summary>What other slices may know of a bill: "AB 831" and its subject.</summary>
[GenerateSerializer, Immutable, Alias("bills.fact")]
public sealed record BillFact(string Number, string Subject) : Fact;
