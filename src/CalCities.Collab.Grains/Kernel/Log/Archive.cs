using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;

namespace CalCities.Collab.Kernel.Log;

/// <summary>What an archive says of itself. Database: "SQLite" or "PostgreSQL", which it is from; Head: the position of its last event.</summary>
internal sealed record Manifest(int Format, string Database, long Head, DateTimeOffset Made, ImmutableArray<ManifestPart> Parts)
{
    /// <summary>Raised when a table's columns change: an archive of another format is refused.</summary>
    public const int CurrentFormat = 1;

    public const string Name = "manifest.json";

    /// <summary>It names a handful of parts.</summary>
    public const int MaxBytes = 64 * 1024;
}

/// <summary>A table's rows: how many, how many bytes, and those bytes' SHA-256 in hexadecimal.</summary>
internal sealed record ManifestPart(string Name, long Rows, long Bytes, string Sha256);

/// <summary>A hub's database as one zip: the rows of each table, and the manifest.</summary>
internal sealed class Archive : IDisposable
{
    private const string NotOne = "is no archive of a hub, or a damaged one. Give a file that the command backup made.";

    private readonly string file;
    private readonly ZipArchive zip;
    private readonly ArchiveLimits limits;

    private Archive(string file, ZipArchive zip, ArchiveLimits limits) => (this.file, this.zip, this.limits) = (file, zip, limits);

    public required Manifest Manifest { get; init; }

    /// <summary>Writes a database to a new file that its owner alone can read. It has its name only when all of it is on the disk.</summary>
    /// <exception cref="ArchiveException">There is such a file already, or it holds more than an archive may.</exception>
    public static async Task<Manifest> Write(WholeDatabase database, string file, long head, DateTimeOffset now, ArchiveLimits limits, CancellationToken cancel)
    {
        if (Path.Exists(file))
            throw new ArchiveException($"There is a file {file} already, and it stays as it is: give another name.");
        var unfinished = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Manifest manifest;
            await using (var stream = new FileStream(unfinished, options))
            {
                manifest = await Write(database, stream, head, now, limits, cancel);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: false);
            return manifest;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Opens an archive and checks all of it: its names, its format, every byte of its parts.</summary>
    /// <exception cref="ArchiveException">It isn't whole, or isn't one that this program can restore.</exception>
    public static async Task<Archive> Open(string file, ArchiveLimits limits, CancellationToken cancel)
    {
        ZipArchive? zip = null;
        try
        {
            zip = await ZipFile.OpenReadAsync(file, cancel);
            var archive = new Archive(file, zip, limits) { Manifest = await ReadManifest(file, zip, cancel) };
            archive.CheckNames();
            foreach (var table in ArchivedTable.All)
                await archive.Pass(table, part => part.CopyToAsync(Stream.Null, cancel), cancel);
            return archive;
        }
        catch (Exception failure)
        {
            zip?.Dispose();
            throw failure is InvalidDataException or JsonException ? new ArchiveException($"{file} {NotOne}", failure) : failure;
        }
    }

    /// <summary>Fills a database with every part, checked once more on its way.</summary>
    public async Task CopyTo(WholeDatabase database, CancellationToken cancel)
    {
        foreach (var table in ArchivedTable.All)
            await Pass(table, part => database.CopyIn(table, part, cancel), cancel);
    }

    public void Dispose() => zip.Dispose();

    private static async Task<Manifest> Write(WholeDatabase database, Stream stream, long head, DateTimeOffset now, ArchiveLimits limits, CancellationToken cancel)
    {
        await using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var parts = ImmutableArray.CreateBuilder<ManifestPart>();
        foreach (var table in ArchivedTable.All)
        {
            await using var part = new MeasuredStream(
                await zip.CreateEntry(table.Part, CompressionLevel.Fastest).OpenAsync(cancel), table.Part, limits.MaxBytes - parts.Sum(before => before.Bytes), limits.MaxLineBytes);
            await database.CopyOut(table, part, cancel);
            parts.Add(new ManifestPart(table.Part, part.Lines, part.Bytes, part.Hash()));
        }

        var manifest = new Manifest(Manifest.CurrentFormat, database.IsPostgres ? "PostgreSQL" : "SQLite", head, now, parts.ToImmutable());
        await using var last = await zip.CreateEntry(Manifest.Name).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(last, manifest, Kinds.Json, cancel);
        return manifest;
    }

    private static async Task<Manifest> ReadManifest(string file, ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry(Manifest.Name) is not { Length: <= Manifest.MaxBytes } entry)
            throw new ArchiveException($"{file} {NotOne}");
        await using var content = new MeasuredStream(await entry.OpenAsync(cancel), Manifest.Name, Manifest.MaxBytes, Manifest.MaxBytes);
        var told = await JsonSerializer.DeserializeAsync<JsonElement>(content, Kinds.Json, cancel);
        // Of another format, nothing else need be as it is here.
        if (told.ValueKind == JsonValueKind.Object && told.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) && number != Manifest.CurrentFormat)
            throw new ArchiveException($"{file} has format {number}, and this version of the program restores format {Manifest.CurrentFormat}: use the version that made it.");
        return told.Deserialize<Manifest>(Kinds.Json)!;
    }

    private void CheckNames()
    {
        var wanted = ArchivedTable.All.Select(table => table.Part);
        if (Manifest.Parts.IsDefault
            || !Manifest.Parts.Select(part => part.Name).SequenceEqual(wanted, StringComparer.Ordinal)
            || !zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).SequenceEqual(wanted.Append(Manifest.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new ArchiveException($"{file} {NotOne}");
        if (Manifest.Parts.Any(part => part.Bytes < 0 || part.Bytes > limits.MaxBytes) || Manifest.Parts.Sum(part => part.Bytes) > limits.MaxBytes)
            throw new ArchiveException($"{file} holds more than any archive of a hub may ({limits.MaxBytes} bytes).");
    }

    /// <summary>Reads a part, no more than the manifest says there is, and compares what came with what it says.</summary>
    private async Task Pass(ArchivedTable table, Func<Stream, Task> take, CancellationToken cancel)
    {
        var told = Manifest.Parts.Single(part => part.Name == table.Part);
        await using var part = new MeasuredStream(await zip.GetEntry(table.Part)!.OpenAsync(cancel), table.Part, told.Bytes, limits.MaxLineBytes);
        await take(part);
        if ((part.Bytes, part.Lines, part.Hash()) != (told.Bytes, told.Rows, told.Sha256))
            throw new ArchiveException($"{table.Part} in {file} is not what was written there. The archive is damaged or was changed: use another.");
    }
}
