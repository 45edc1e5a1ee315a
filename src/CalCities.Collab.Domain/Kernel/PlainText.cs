using System.Globalization;
using System.Text;

namespace CalCities.Collab.Kernel;

/// <summary>
/// Text as it goes into the log. A character is a UTF-16 unit, as the writing box of every browser counts. What can't be seen but changes
/// how the rest is read or stored goes: control characters, direction overrides, invisible separators, halves of characters.
/// </summary>
internal static class PlainText
{
    /// <summary>Several lines (a post): line ends are "\n", tabs stay, blank lines before and white space after the text go.</summary>
    public static string Lines(string? text)
    {
        var kept = Kept(text).TrimEnd();
        var start = 0;
        for (var i = 0; i < kept.Length && char.IsWhiteSpace(kept[i]); i++)
        {
            if (kept[i] == '\n')
            {
                start = i + 1;
            }
        }

        return kept[start..];
    }

    /// <summary>One line (a title, a reason): every run of white space is one space.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Kept(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>True where there is nothing to see: white space, joiners and blanks that are letters by name only.</summary>
    public static bool IsBlank(string text) => !text.EnumerateRunes().Any(IsSeen);

    private static string Kept(string? text)
    {
        var kept = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())   // halves of characters come as U+FFFD
        {
            if (rune.Value is '\n' or '\t' || !IsRemoved(rune))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    private static bool IsRemoved(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)    // bidirectional embeddings, overrides and isolates
            or 0x200B or 0x2060 or 0xFEFF or 0x00AD or 0x180E   // zero-width spaces and soft hyphens split words for search and filters
            or (>= 0xE0000 and <= 0xE007F);   // tag characters spell hidden text

    private static bool IsSeen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
        && rune.Value is not (0x2800 or 0x3164 or 0x115F or 0x1160 or 0xFFA0);     // braille blank and Hangul fillers
}
