namespace CalCities.Collab.Bench;

/// <summary>What was measured, printed row by row as Markdown.</summary>
internal sealed class Table
{
    public Table(params ReadOnlySpan<string> heads)
    {
        Console.WriteLine();
        Row(heads);
        Console.WriteLine(string.Concat(Enumerable.Repeat("|---", heads.Length)) + "|");
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "A row belongs to the table whose heads were printed.")]
    public void Row(params ReadOnlySpan<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells!)} |");
}

internal static class Numbers
{
    /// <summary>The middle one; of an even number the lower of the two in the middle.</summary>
    public static double Median(this IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    public static string Whole(this double number) => FormattableString.Invariant($"{number:N0}");

    public static string Ratio(this double number) => FormattableString.Invariant($"{number:0.00}");
}
