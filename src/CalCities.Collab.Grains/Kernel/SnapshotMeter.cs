using System.Diagnostics.Metrics;

namespace CalCities.Collab.Kernel;

/// <summary>Counts snapshots that couldn't be read or written: harmless each, a sign of a full disk together.</summary>
internal static class SnapshotMeter
{
    private static readonly Meter Meter = new("CalCities.Collab");

    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("collab.snapshot.failures");
}
