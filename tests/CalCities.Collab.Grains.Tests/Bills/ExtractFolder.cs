using System.IO.Compression;
using System.Text;

namespace CalCities.Collab.Bills;

/// <summary>A copy of the tests' own extract in a temporary folder, to be damaged; gone with the test.</summary>
internal sealed class ExtractFolder : IDisposable
{
    public ExtractFolder()
    {
        Directory.CreateDirectory(Path);
        foreach (var file in Directory.EnumerateFiles(Original, "*.dat"))
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
    }

    public static string Original { get; } = System.IO.Path.Combine(Repository.Root, "tests", "CalCities.Collab.Grains.Tests", "Bills", "extract");

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"extract-{Guid.NewGuid():n}");

    public string this[string table] => System.IO.Path.Combine(Path, $"{table}.dat");

    public ExtractFolder With(string table, Func<string, string> change)
    {
        File.WriteAllText(this[table], change(File.ReadAllText(this[table])));
        return this;
    }

    public ExtractFolder WithBytes(string table, Func<byte[], byte[]> change)
    {
        File.WriteAllBytes(this[table], change(File.ReadAllBytes(this[table])));
        return this;
    }

    public ExtractFolder Without(params ReadOnlySpan<string> tables)
    {
        foreach (var table in tables)
            File.Delete(this[table]);
        return this;
    }

    /// <summary>The folder as a zip beside it, its files below this folder of the zip, with more entries.</summary>
    public string Zip(string folder = "", params ReadOnlySpan<(string Name, string Content)> more) => Zip(CompressionLevel.Optimal, folder, more);

    public string Zip(CompressionLevel level, string folder = "", params ReadOnlySpan<(string Name, string Content)> more)
    {
        var file = System.IO.Path.Combine(Path, "extract.zip");
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (var table in Directory.EnumerateFiles(Path, "*.dat"))
            zip.CreateEntryFromFile(table, folder + System.IO.Path.GetFileName(table), level);
        foreach (var (name, content) in more)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
            writer.Write(content);
        }

        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
