using System.Collections.Immutable;
using System.Text;
using CalCities.Collab.Shell;
using CsvHelper;

namespace CalCities.Collab.Rosters;

/// <summary>What stands against a file, at a place in it, and what would work; no column where the whole line is meant.</summary>
internal sealed record RosterProblem(int Line, string? Column, string What)
{
    public override string ToString() => Column is null ? $"Line {Line}: {What}" : $"Line {Line}, column {Column}: {What}";
}

/// <summary>A row of a roster: a person, and a seat that they hold or shall hold. Empty where the file says nothing.</summary>
internal sealed record RosterLine(int Line, ImmutableDictionary<string, string> Fields)
{
    public string this[string column] => Fields.GetValueOrDefault(column, "");
}

/// <summary>A roster as a CSV file in UTF-8: one table for people and seats, a row a seat.</summary>
internal static class RosterFile
{
    /// <summary>10,000 people with three seats each.</summary>
    public const int MaxRows = 30_000;

    /// <summary>Some 160 bytes a row.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Twelve fields of the longest; an unclosed quote is told before it swallows the file.</summary>
    private const int MaxRecord = 16 * 1024;

    /// <summary>In the order of an export.</summary>
    public static readonly ImmutableArray<string> Columns =
        ["email", "name", "office", "city", "duty", "body", "group", "role", "appointer", "term", "alternate_for", "member"];

    /// <summary>Those of one group's table.</summary>
    public static readonly ImmutableArray<string> OfOneGroup = [.. Columns.Where(column => column != "group")];

    /// <summary>The rows of a file, or what makes it no table.</summary>
    public static (ImmutableArray<RosterLine> Lines, ImmutableArray<RosterProblem> Problems) Read(string text)
    {
        var problems = ImmutableArray.CreateBuilder<RosterProblem>();
        var lines = ImmutableArray.CreateBuilder<RosterLine>();
        var line = 1;
        try
        {
            using var reader = CsvReader.FromText(text.TrimStart('\uFEFF'), new CsvReaderOptions
            {
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = MaxRecord,
                MalformedData = CsvMalformedDataHandling.Throw,
                IncludeValuesInExceptions = false,
            });
            if (!reader.Read())
                return ([], [new(1, null, $"The file is empty. Its first line names the columns: {string.Join(", ", Columns)}.")]);
            string[] header = [.. reader.Current.ToArray().Select(name => name.Trim().ToLowerInvariant().Replace(' ', '_'))];
            foreach (var name in header.Where(name => !Columns.Contains(name, StringComparer.Ordinal)))
                problems.Add(new(1, name, $"There is no such column.{Suggest.For(name, Columns)} The columns are {string.Join(", ", Columns)}."));
            foreach (var name in header.CountBy(name => name, StringComparer.Ordinal).Where(count => count.Value > 1))
                problems.Add(new(1, name.Key, "This column stands here twice. Keep one."));
            if (!header.Contains("email", StringComparer.Ordinal) && !header.Contains("member", StringComparer.Ordinal))
                problems.Add(new(1, null, "People are known by a column email (or member). Add one."));
            if (problems.Count > 0)
                return ([], problems.ToImmutable());
            while (reader.Read())
            {
                line = (int)reader.LineNumber;
                var row = reader.Current.ToArray();
                if (row.All(string.IsNullOrWhiteSpace))
                    continue;
                if (row.Length != header.Length)
                    problems.Add(new(line, null, $"There are {row.Length} fields here and {header.Length} columns. A field that holds a comma stands between quotes."));
                else if (lines.Count >= MaxRows)
                    return ([], [new(line, null, $"A file has {MaxRows:N0} rows at most. Divide it by groups.")]);
                else
                    lines.Add(new(line, header.Zip(row).ToImmutableDictionary(pair => pair.First, pair => Spreadsheet.Unguarded(pair.Second.Trim()), StringComparer.Ordinal)));
            }
        }
        catch (CsvFormatException bad)
        {
            return ([], [new(bad.LineNumber > 0 ? (int)bad.LineNumber : line, null, "This line can't be read: a quote stands in it that is not closed, or not doubled. Put the field between quotes, and write a quote within it twice.")]);
        }

        return problems.Count > 0 ? ([], problems.ToImmutable()) : (lines.ToImmutable(), []);
    }

    /// <summary>The file of these rows; a field that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Write(IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = CsvWriter.Create(bytes, CsvWriterOptions.Default, leaveOpen: true))
        {
            writer.WriteHeader(Columns.AsSpan());
            foreach (var row in rows)
                writer.WriteRecord([.. Columns.Select(column => Spreadsheet.Guarded(row.GetValueOrDefault(column, "")))]);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}

/// <summary>What someone may have meant.</summary>
internal static class Suggest
{
    /// <summary>" Did you mean Davis?", or nothing where no word is near.</summary>
    public static string For(string said, IEnumerable<string> words)
    {
        var near = words.Select(word => (word, far: Distance(said.ToLowerInvariant(), word.ToLowerInvariant()))).OrderBy(pair => pair.far).FirstOrDefault();
        return near.word is { } word && near.far <= Math.Max(1, Math.Min(3, said.Length / 2)) ? $" Did you mean {word}?" : "";
    }

    /// <summary>How many letters must be put in, taken out or changed.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (before, corner) = (row[0], row[0]);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                before = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                corner = before;
            }
        }

        return row[^1];
    }
}
