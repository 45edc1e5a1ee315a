using System.Globalization;
using System.Text;

namespace CalCities.Collab.Cities;

/// <summary>Cities' ids from their names.</summary>
public static class CityIds
{
    // The hub runs without the system's Unicode tables, which would take letters apart.
    private const string Accented = "áéíóúüñ", Plain = "aeiouun";

    /// <summary>"La Cañada Flintridge" is "la-canada-flintridge", "Carmel-by-the-Sea" is "carmel-by-the-sea".</summary>
    public static CityId OfName(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Select(char.ToLowerInvariant))
        {
            if (Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at)
                slug.Append(Plain[at]);
            else if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && c is not ('\'' or '’' or '.') && slug is { Length: > 0 } && slug[^1] != '-')
                slug.Append('-');
        }

        return new(slug.ToString().TrimEnd('-'));
    }
}
