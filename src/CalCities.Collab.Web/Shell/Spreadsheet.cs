namespace CalCities.Collab.Shell;

/// <summary>Files that people open in a spreadsheet: nothing in them runs there.</summary>
internal static class Spreadsheet
{
    /// <summary>A field that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Guarded(string field) => IsFormula(field) ? $"'{field}" : field;

    /// <summary>The field as it was before it was guarded.</summary>
    public static string Unguarded(string field) => field is ['\'', ..] && IsFormula(field[1..]) ? field[1..] : field;

    private static bool IsFormula(string field) => field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
