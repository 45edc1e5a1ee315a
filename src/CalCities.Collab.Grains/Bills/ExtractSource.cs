using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace CalCities.Collab.Bills;

/// <summary>The input as a whole can't be an extract, or can't be trusted to be all of one; the message says what to do.</summary>
internal sealed class NotAnExtractException(string message) : Exception(message);

/// <summary>How much one extract may hold; the whole session of 2025-26 has 1,240,000 rows, and its largest table some 150 MB.</summary>
internal sealed record ExtractLimits(long MaxTableBytes, int MaxLineBytes, int MaxRows, int MaxZipEntries)
{
    public static ExtractLimits Default { get; } = new(1L << 30, 64 * 1024, 5_000_000, 1_000_000);
}

/// <summary>The tables of an extract, in a folder or a zip. Nothing is ever unpacked onto the disk.</summary>
internal sealed class ExtractSource : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(index => CrcOf((uint)index))];

    private readonly Dictionary<string, Func<(Stream Content, long Claimed, uint? Crc)>> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly ZipArchive? zip;
    private readonly ExtractLimits limits;

    /// <exception cref="NotAnExtractException">It is neither a folder nor a zip with the tables that an extract needs.</exception>
    public ExtractSource(string path, ExtractLimits limits)
    {
        this.limits = limits;
        try
        {
            if (Directory.Exists(path))
                FindInFolder(path);
            else if (File.Exists(path))
                FindInZip(zip = OpenZip(path));
            else
                throw new NotAnExtractException($"There is nothing at {path}. Give the folder or the zip of the Legislature's extract.");

            if (ExtractTable.Required.Where(table => !tables.ContainsKey(table.FileName)).Select(table => table.FileName).ToArray() is { Length: > 0 } missing)
                throw new NotAnExtractException($"{path} is not an extract of bills: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing.");
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    public bool Has(ExtractTable table) => tables.ContainsKey(table.FileName);

    /// <summary>The table's lines without their line feeds, numbered from 1; IsLast marks a line that the file ends in without a line feed.</summary>
    /// <exception cref="NotAnExtractException">It isn't text in UTF-8, or is larger than any extract.</exception>
    public IEnumerable<(int Number, string Text, bool IsCut)> Lines(ExtractTable table)
    {
        var (content, claimed, crc) = tables[table.FileName]();
        using var stream = content;
        if (claimed > limits.MaxTableBytes)
            throw TooLarge(table);

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(limits.MaxLineBytes * 2, 256 * 1024));
        try
        {
            var (number, held, total, isAtEnd, sum) = (0, 0, 0L, false, 0u);
            while (!isAtEnd)
            {
                var read = Read(table, stream, buffer.AsSpan(held));
                sum = crc is null ? 0 : Crc32(sum, buffer.AsSpan(held, read));
                total += read;
                held += read;
                isAtEnd = read == 0;
                if (total > limits.MaxTableBytes || zip is not null && total > claimed)
                    throw TooLarge(table);

                var start = 0;
                for (int length; (length = LengthOfLine(buffer.AsSpan(start, held - start))) >= 0; start += length + 1)
                    yield return (++number, Decode(table, number, buffer.AsSpan(start, length)), false);
                held -= start;
                if (held > limits.MaxLineBytes)
                    throw new NotAnExtractException($"{table.FileName}, line {number + 1}: it is longer than {limits.MaxLineBytes} bytes. This is not the Legislature's format.");
                if (number > limits.MaxRows)
                    throw TooLarge(table);
                buffer.AsSpan(start, held).CopyTo(buffer);
            }

            if (zip is not null && total < claimed || crc is { } said && sum != said)
                throw new NotAnExtractException($"{table.FileName} is not what the zip says it holds. The file is damaged: download it again.");
            if (held > 0)
                yield return (++number, Decode(table, number, buffer.AsSpan(0, held)), true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => zip?.Dispose();

    /// <summary>How long the first line is, -1 while its end isn't here: a line feed behind a backslash belongs to a field.</summary>
    private static int LengthOfLine(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; ;)
        {
            var next = bytes[from..].IndexOf((byte)'\n');
            if (next < 0)
                return -1;
            var end = from + next;
            var backslashes = 0;
            while (backslashes < end && bytes[end - 1 - backslashes] == '\\')
                backslashes++;
            if (backslashes % 2 == 0)
                return end;
            from = end + 1;
        }
    }

    private static int Read(ExtractTable table, Stream stream, Span<byte> into)
    {
        try
        {
            return stream.Read(into);
        }
        catch (InvalidDataException)
        {
            throw new NotAnExtractException($"{table.FileName} can't be unpacked. The file is damaged: download it again.");
        }
    }

    /// <summary>The checksum of zip files (APPNOTE 4.4.7), which .NET doesn't compare when it reads.</summary>
    private static uint Crc32(uint before, ReadOnlySpan<byte> bytes)
    {
        var crc = ~before;
        foreach (var b in bytes)
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(uint index)
    {
        for (var bit = 0; bit < 8; bit++)
            index = (index & 1) == 0 ? index >> 1 : (index >> 1) ^ 0xEDB88320;
        return index;
    }

    private static string Decode(ExtractTable table, int number, ReadOnlySpan<byte> line)
    {
        if (number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        if (line.Contains((byte)0))
            throw new NotAnExtractException($"{table.FileName}, line {number}: this is a binary file or UTF-16, not the Legislature's text in UTF-8.");
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw new NotAnExtractException($"{table.FileName}, line {number}: this is not UTF-8 (perhaps Windows-1252). Convert the file, or download it again.");
        }
    }

    private void FindInFolder(string path)
    {
        foreach (var file in new DirectoryInfo(path).EnumerateFiles())
        {
            if (!IsTable(file.Name))
                continue;
            // A link may lead anywhere, to a device that never ends for example.
            if (file.LinkTarget is not null)
                throw new NotAnExtractException($"{file.Name} is a link. Give the folder that holds the files themselves.");
            Add(file.Name, () => (file.OpenRead(), file.Length, null));
        }
    }

    private void FindInZip(ZipArchive archive)
    {
        if (archive.Entries.Count > limits.MaxZipEntries)
            throw new NotAnExtractException($"The zip has more than {limits.MaxZipEntries} files. This is not the Legislature's extract.");
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.Split('/', '\\').Contains("..") || entry.FullName is ['/' or '\\', ..] || entry.FullName is [_, ':', ..])
                throw new NotAnExtractException("The zip names files outside itself. This is not the Legislature's extract.");
            if (IsTable(entry.Name))
                Add(entry.Name, () => (Open(entry), entry.Length, entry.Crc32));
        }
    }

    private void Add(string name, Func<(Stream, long, uint?)> open)
    {
        if (!tables.TryAdd(name, open))
            throw new NotAnExtractException($"{name} is there twice. Give one extract at a time.");
    }

    private static Stream Open(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException)
        {
            throw new NotAnExtractException($"{entry.Name} can't be unpacked (damaged, or locked with a password). Download the zip again.");
        }
    }

    private static bool IsTable(string name) =>
        ExtractTable.All.Any(table => string.Equals(table.FileName, name, StringComparison.OrdinalIgnoreCase));

    private static ZipArchive OpenZip(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException)
        {
            throw new NotAnExtractException($"{path} is no zip, or a damaged one. Give the folder or the zip of the Legislature's extract; if this is it, download it again.");
        }
    }

    private NotAnExtractException TooLarge(ExtractTable table) =>
        new($"{table.FileName} is larger than any extract ({limits.MaxTableBytes} bytes, {limits.MaxRows} lines), or larger than the zip says. Nothing was imported.");
}
