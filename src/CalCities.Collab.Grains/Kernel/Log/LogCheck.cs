using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// Reads a whole log once, in its global order, and looks for all that no append can have written; then at the lists that were made of it
/// and the texts beside it. Holds one state a stream; of a stream with a fault only the order is looked at from there on.
/// </summary>
internal sealed class LogCheck(WholeDatabase database)
{
    /// <summary>A command's SHA-256.</summary>
    private const int FingerprintBytes = 32;

    private readonly Dictionary<string, Tail> tails = new(StringComparer.Ordinal);
    private readonly StoredText text = new();
    private long last;

    public Faults Faults { get; } = new();

    public long Events { get; private set; }

    public int Streams => tails.Count;

    public long Head { get; private set; }

    /// <summary>How many lists were made anew and compared: those that are of this version of the program.</summary>
    public int Lists { get; private set; }

    public async Task Run(CancellationToken cancel)
    {
        try
        {
            using var lists = await IndexRebuild.Begin(database, Faults);
            await TakeEvents(lists, cancel);
            Head = await database.Log.ExecuteScalarAsync<long?>("select position from head") ?? 0;
            if (Head != last)
                Faults.Add($"The head stands at position {Head}, but the last event at {last}.");
            foreach (var fault in await database.OwnFaults(cancel))
                Faults.Add(fault);
            await TakeTexts(cancel);
            Lists = await lists.Compare(cancel);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidCastException or FormatException or OverflowException)
        {
            // A file that was changed by hand may hold anything, and beyond such a row there is no telling.
            Faults.Add($"The database can't be read after position {last}: {failure.Message}");
        }
    }

    private async Task TakeEvents(IndexRebuild lists, CancellationToken cancel)
    {
        await using var command = database.Log.CreateCommand();
        command.CommandText = "select position, stream, version, kind, body, command, part, fingerprint, actor, time from events order by position";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            Events++;
            var (position, stream, version) = (rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2));
            if (position != last + 1)
                Faults.Add($"The log goes from position {last} to {position}.");
            last = position;
            if (!tails.TryGetValue(stream, out var tail))
                tails.Add(stream, tail = new Tail());
            var where = $"{stream}, version {version} (position {position})";
            var isInOrder = CheckOrder(tail, where, version, rows);
            if (Recorded(rows, where) is not { } recorded)
            {
                tail.IsBroken = true;
                continue;
            }

            Fold(tail, where, recorded, isInOrder);
            lists.Take(recorded);
        }
    }

    /// <summary>A stream's versions and, since a command's events stand next to each other in it, each command's parts.</summary>
    private bool CheckOrder(Tail tail, string where, long version, DbDataReader row)
    {
        var before = Faults.Count;
        if (version != tail.Version + 1)
            Faults.Add($"{where}: the stream stood at version {tail.Version}.");
        var (id, part) = (row.GetString(5), row.GetInt32(6));
        if (part != (id == tail.Command ? tail.Part + 1 : 0))
            Faults.Add($"{where}: it is part {part} of the command {id}, and part {part - 1} does not stand before it.");
        if (part == 0 ? row.IsDBNull(7) || row.GetFieldValue<byte[]>(7).Length != FingerprintBytes : !row.IsDBNull(7))
            Faults.Add($"{where}: part {part} of the command {id} has {(part == 0 ? "no" : "a")} fingerprint.");
        (tail.Version, tail.Command, tail.Part) = (version, id, part);
        return Faults.Count == before;
    }

    /// <summary>The event as its slice knows it; null, and a fault, when it can't be read.</summary>
    private Recorded<object>? Recorded(DbDataReader row, string where)
    {
        try
        {
            return new(StreamId.Parse(row.GetString(1)), row.GetInt64(2), row.GetInt64(0), new CommandId(row.GetString(5)), row.GetInt32(6),
                text.Actor(row.GetString(8)) ?? throw new FormatException("It names nobody who acted."), StoredText.Time(row.GetString(9)),
                Kinds.OfTheHub.Read<object>(row.GetString(3), row.GetString(4)));
        }
        catch (Exception failure) // Whatever a reader of the log would meet here: it is named, and the check goes on.
        {
            Faults.Add($"{where} can't be read: {failure.Message}");
            return null;
        }
    }

    private void Fold(Tail tail, string where, Recorded<object> recorded, bool isInOrder)
    {
        if (tail.IsBroken || (tail.IsBroken = !isInOrder))
            return;
        try
        {
            tail.Fold ??= StreamFold.Of(recorded.Stream) ?? throw new InvalidOperationException($"There is no aggregate called {recorded.Stream.Type}.");
            tail.Fold.Take(recorded);
        }
        catch (Exception failure) // The fold's own, whatever it is: the aggregate would stop here.
        {
            Faults.Add($"{where} can't be folded: {failure.Message}");
            (tail.IsBroken, tail.Fold) = (true, null);
        }
    }

    private async Task TakeTexts(CancellationToken cancel)
    {
        await using var command = database.Log.CreateCommand();
        command.CommandText = "select hash, body from texts order by hash";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var hash = rows.GetString(0);
            if (hash != Convert.ToHexStringLower(SHA256.HashData(await rows.GetFieldValueAsync<byte[]>(1, cancel))))
                Faults.Add($"The text {hash} is not the one that was kept under this hash.");
        }
    }

    /// <summary>Where a stream's last event stands, and the state up to it.</summary>
    private sealed class Tail
    {
        public long Version { get; set; }
        public string Command { get; set; } = "";
        public int Part { get; set; }
        public StreamFold? Fold { get; set; }
        public bool IsBroken { get; set; }
    }
}
