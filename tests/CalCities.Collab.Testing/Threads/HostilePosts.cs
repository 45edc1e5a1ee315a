using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CalCities.Collab.Threads;

/// <summary>Posts that try to run a script, reach another host or break the page, by what they try (hostile-posts.txt says how they are written).</summary>
public static partial class HostilePosts
{
    /// <summary>A script that ran has set this on the window.</summary>
    public const string Sentinel = "__hostile";

    public static ImmutableArray<(string Name, string Body)> All { get; } = [.. Blocks().Select(block => (block.Name, Spell(block.Body)))];

    private static IEnumerable<(string Name, string Body)> Blocks()
    {
        using var reader = new StreamReader(typeof(HostilePosts).Assembly.GetManifestResourceStream("hostile-posts.txt")!);
        return [.. Regex.Split(reader.ReadToEnd().ReplaceLineEndings("\n"), "^=== ", RegexOptions.Multiline, TimeSpan.FromSeconds(5)).Skip(1)
            .Select(block => block.Split('\n', 2)).Select(parts => (parts[0], parts[1].TrimEnd('\n')))];
    }

    private static string Spell(string body) =>
        Repeated().Replace(
            Character().Replace(body, match => char.ConvertFromUtf32(int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
            match => string.Concat(Enumerable.Repeat(match.Groups[2].Value, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))));

    [GeneratedRegex("«U\\+([0-9A-F]{4,5})»", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Character();

    [GeneratedRegex("«REPEAT ([0-9]+) ([^»]*)»", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Repeated();
}
