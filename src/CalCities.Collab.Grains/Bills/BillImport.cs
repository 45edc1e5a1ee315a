using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Bills;

/// <summary>
/// What an import did. Bills: those that could be told, which are new, changed or unchanged; Refused: rows that weren't taken and
/// observations that bills refused, of which Rows holds the first thousand. NotAnExtract: why nothing at all was done.
/// </summary>
public sealed record ImportResult(int Bills, int New, int Changed, int Unchanged, long Events, int Refused, double Seconds, ImmutableArray<RefusedRow> Rows, string? NotAnExtract = null);

/// <summary>How far an import is: what it does now, and how much of it.</summary>
public sealed record ImportProgress(string Doing, int Done, int Of);

/// <summary>
/// Brings an extract of the Legislature into the hub: reads and checks all of it first, then tells each bill that the extract shows
/// otherwise than the index has it. Its commands' ids derive from what they say and what they replace, so an import that was cut goes on.
/// </summary>
public sealed class BillImport
{
    /// <summary>Enough to fill the log's batches, few enough to leave room for the people using the hub.</summary>
    private const int MaxAtOnce = 64;

    /// <summary>Catching up takes seconds; past this the runner is stuck and waiting won't help.</summary>
    private static readonly TimeSpan IndexPatience = TimeSpan.FromMinutes(5);

    private static readonly Actor.Program Import = new("import");

    private readonly IDoor door;
    private readonly IGrainFactory grains;
    private readonly IEventStore store;
    private readonly BillQueries queries;
    private readonly TimeProvider clock;
    private readonly ExtractLimits limits;

    internal BillImport(IDoor door, IGrainFactory grains, IEventStore store, BillQueries queries, TimeProvider clock, ExtractLimits limits) =>
        (this.door, this.grains, this.store, this.queries, this.clock, this.limits) = (door, grains, store, queries, clock, limits);

    /// <summary>The import of a host.</summary>
    public static BillImport Of(IServiceProvider services) => new(
        services.GetRequiredService<IDoor>(), services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<IEventStore>(),
        services.GetRequiredService<BillQueries>(), services.GetRequiredService<TimeProvider>(), ExtractLimits.Default);

    /// <summary>Imports a folder or zip. What isn't an extract changes nothing.</summary>
    /// <exception cref="TimeoutException">The log or the index didn't answer; importing again goes on where this one stopped.</exception>
    public async Task<ImportResult> Run(string path, Action<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var since = clock.GetTimestamp();
        await IndexHasReached(await store.Head(cancel));
        var observed = await queries.Observed(cancel);

        Extract extract;
        try
        {
            extract = ExtractReader.Read(path, await queries.KnownCommittees(cancel), limits, (done, of) => progress?.Invoke(new("Reading", done, of)));
        }
        catch (Exception refusal) when (refusal is NotAnExtractException or IOException or UnauthorizedAccessException)
        {
            return new(0, 0, 0, 0, 0, 0, Seconds(since), [], refusal.Message);
        }

        var tally = new Tally();
        var rows = extract.RefusedRows.ToBuilder();
        await Parallel.ForEachAsync(extract.Bills, new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancel }, async (bill, cancelOne) =>
        {
            var before = observed.GetValueOrDefault(bill.Number.Id.Value);
            var outcome = before?.Fingerprint == bill.Fingerprint()
                ? new Outcome.Recorded(before.Version, 0)
                : await door.Execute(Import, bill.Number.Id, IdOf(bill, before), new BillCommand.Observe(bill), cancelOne);
            var done = tally.Count(outcome, before);
            if (outcome is Outcome.Refused refused)
                lock (rows)
                    rows.Add(new RefusedRow(bill.Number.Id.Value, 0, refused.Refusal.Sentence));
            progress?.Invoke(new("Telling bills", done, extract.Bills.Length));
        });

        await IndexHasReached(tally.Position);
        return new(tally.New + tally.Changed + tally.Unchanged, tally.New, tally.Changed, tally.Unchanged, tally.Events, extract.RefusedCount + tally.Refused, Seconds(since), rows.ToImmutable());
    }

    /// <summary>The same for the same content told of the same state; a bill that goes back to what it once was is told so anew.</summary>
    private static CommandId IdOf(BillObservation bill, ObservedBill? before)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(bill, Kinds.Json);
        return new(Convert.ToHexStringLower(SHA256.HashData([.. content, .. Encoding.ASCII.GetBytes(before?.Fingerprint ?? "")])));
    }

    private async Task IndexHasReached(long position)
    {
        var runner = grains.GetGrain<IFeedRunner>(IFeedRunner.Key);
        for (var since = clock.GetTimestamp(); (await runner.WaitFor(position)).Indexes < position;)
        {
            if (clock.GetElapsedTime(since) > IndexPatience)
                throw new TimeoutException("The list of bills did not catch up with the log. Look at the hub's log for the reason, then import again: nothing is doubled.");
        }
    }

    private double Seconds(long since) => Math.Round(clock.GetElapsedTime(since).TotalSeconds, 1);

    private sealed class Tally
    {
        private readonly Lock guard = new();

        public int New { get; private set; }
        public int Changed { get; private set; }
        public int Unchanged { get; private set; }
        public int Refused { get; private set; }
        public long Events { get; private set; }
        public long Position { get; private set; }

        public int Count(Outcome outcome, ObservedBill? before)
        {
            lock (guard)
            {
                switch (outcome)
                {
                    case Outcome.Recorded r when r.Version == (before?.Version ?? 0):
                        Unchanged++;
                        break;
                    case Outcome.Recorded r:
                        (New, Changed) = before is null ? (New + 1, Changed) : (New, Changed + 1);
                        Events += r.Version - (before?.Version ?? 0);
                        Position = Math.Max(Position, r.Position);
                        break;
                    case Outcome.Refused:
                        Refused++;
                        break;
                    case Outcome.Unknown:
                        throw new TimeoutException("The log did not answer in time. Import again: it goes on where this one stopped, and nothing is doubled.");
                    default:
                        throw new UnreachableException($"No count for {outcome.GetType().Name}.");
                }

                return New + Changed + Unchanged + Refused;
            }
        }
    }
}
