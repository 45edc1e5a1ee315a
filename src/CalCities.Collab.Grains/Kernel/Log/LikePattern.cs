namespace CalCities.Collab.Kernel.Log;

/// <summary>What people typed, as a pattern of LIKE … ESCAPE '!' on both databases.</summary>
internal static class LikePattern
{
    /// <summary>Holds the text anywhere, in lower case, letters as they are: "!" stands before what LIKE takes for a wildcard.</summary>
    public static string Holding(string text) =>
        $"%{text.Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
