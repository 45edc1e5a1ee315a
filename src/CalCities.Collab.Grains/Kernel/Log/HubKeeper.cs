using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;

namespace CalCities.Collab.Kernel.Log;

/// <summary>What a check of a log found: its events and streams, the head, how many lists were made anew and compared; the faults in number, and the first in a sentence.</summary>
public sealed record LogFindings(long Events, int Streams, long Head, int Lists, long Faults, string? FirstFault, double Seconds);

/// <summary>What a backup or a restore carried: the log's events, the rows of all tables, the archive's size on the disk in bytes, and when it was made.</summary>
public sealed record ArchiveCarried(long Events, long Rows, long Bytes, DateTimeOffset Made, double Seconds);

/// <summary>
/// A hub's database as a whole, for whoever keeps it: checks it, writes it to an archive, fills an empty one from an archive. Each works on
/// either database and without a host. An archive has the same form whichever database it is from.
/// </summary>
/// <exception cref="HubDatabaseException">Each of the three: the database can't be used; the message says why.</exception>
/// <exception cref="ArchiveException">A backup or restore: the archive can't be written or isn't taken; nothing was changed.</exception>
public sealed class HubKeeper
{
    private readonly HubDatabaseSetting database;
    private readonly TimeProvider clock;
    private readonly ArchiveLimits limits;

    public HubKeeper(HubDatabaseSetting database, TimeProvider clock) : this(database, clock, ArchiveLimits.Default)
    {
    }

    internal HubKeeper(HubDatabaseSetting database, TimeProvider clock, ArchiveLimits limits) => (this.database, this.clock, this.limits) = (database, clock, limits);

    /// <summary>Reads the whole log once and changes nothing; beside running hosts on PostgreSQL.</summary>
    public Task<LogFindings> Verify(CancellationToken cancel = default) => Kept(async since =>
    {
        await using var whole = await WholeDatabase.Read(database, cancel);
        var check = new LogCheck(whole);
        await check.Run(cancel);
        return new LogFindings(check.Events, check.Streams, check.Head, check.Lists, check.Faults.Count, check.Faults.First, Seconds(since));
    });

    /// <summary>Writes one moment of the database to a new file, and then into the audit that it did; beside running hosts on PostgreSQL.</summary>
    public Task<ArchiveCarried> BackUp(string file, CancellationToken cancel = default) => Kept(async since =>
    {
        Manifest written;
        await using (var whole = await WholeDatabase.Read(database, cancel))
        {
            var (head, isWhole) = await whole.Positions();
            if (!isWhole)
                throw new HubDatabaseException("The log has a fault, so nothing was written: the command verify tells which.");
            written = await Archive.Write(whole, file, head, clock.GetUtcNow(), limits, cancel);
        }

        var made = Carried(written, file, since);
        await WholeDatabase.Note(database, new(0, clock.GetUtcNow(), "backup", AuditActions.BackedUp, string.Create(CultureInfo.InvariantCulture, $"{made.Events} events, {made.Bytes} bytes.")));
        return made;
    });

    /// <summary>Fills a database whose log is empty with an archive, all or nothing. The hub makes its lists anew at its next start.</summary>
    public Task<ArchiveCarried> Restore(string file, CancellationToken cancel = default) => Kept(async since =>
    {
        using var archive = await Archive.Open(file, limits, cancel);
        await using var whole = await WholeDatabase.Fill(database, cancel);
        if (await whole.Positions() is not (0, true))
            throw new HubDatabaseException($"The database ({database}) has a log already, and it stays as it is: give an empty one with ConnectionStrings:Hub.");
        await whole.Clear();
        await archive.CopyTo(whole, cancel);
        await whole.SetHead(archive.Manifest.Head);
        if (!(await whole.Positions()).IsWhole)
            throw new ArchiveException($"The events in {file} don't run from position 1 to {archive.Manifest.Head}. The archive is damaged or was changed: use another.");
        await whole.Commit();
        return Carried(archive.Manifest, file, since);
    });

    /// <summary>Whatever a database or disk says against it is told in a sentence; what wasn't committed was never there.</summary>
    private async Task<T> Kept<T>(Func<long, Task<T>> work)
    {
        try
        {
            return await work(clock.GetTimestamp());
        }
        catch (Exception failure) when (failure is DbException or SocketException or TimeoutException)
        {
            throw new HubDatabaseException($"The database ({database}) can't be used for this: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"The archive can't be used: {failure.Message}", failure);
        }
    }

    private ArchiveCarried Carried(Manifest manifest, string file, long since) =>
        new(manifest.Head, manifest.Parts.Sum(part => part.Rows), new FileInfo(file).Length, manifest.Made, Seconds(since));

    private double Seconds(long since) => Math.Round(clock.GetElapsedTime(since).TotalSeconds, 1);
}
