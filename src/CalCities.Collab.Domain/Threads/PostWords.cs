namespace CalCities.Collab.Threads;

/// <summary>A post's words where Markdown isn't read: in lists, quotes and notices.</summary>
public static class PostWords
{
    /// <summary>The words on one line, without the signs that only Markdown reads.</summary>
    public static string Plain(string markdown) =>
        string.Join(' ', markdown.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("-" or "*" or "+" or ">" or "#" or "##" or "###")))
            .Replace("**", "", StringComparison.Ordinal).Replace("~~", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}
