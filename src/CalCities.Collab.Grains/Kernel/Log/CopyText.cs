using System.Buffers;
using System.Globalization;
using System.Text;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A field of PostgreSQL's text format of COPY (its manual, COPY, "Text Format"), for the database that has no COPY: tabs between fields, a line feed after a row.</summary>
internal static class CopyText
{
    public const char Between = '\t', End = '\n';

    private const string Letters = "\b\f\n\r\t\v\\", Names = "bfnrtv\\";

    private static readonly SearchValues<char> Escaped = SearchValues.Create(Letters);

    public static void Write(TextWriter to, object value)
    {
        switch (value)
        {
            case DBNull:
                to.Write(@"\N");
                break;
            case byte[] bytes:
                to.Write(@"\\x");
                to.Write(Convert.ToHexStringLower(bytes));
                break;
            case string text:
                for (var rest = text.AsSpan(); ;)
                {
                    var next = rest.IndexOfAny(Escaped);
                    to.Write(next < 0 ? rest : rest[..next]);
                    if (next < 0)
                        break;
                    to.Write('\\');
                    to.Write(Names[Letters.IndexOf(rest[next])]);
                    rest = rest[(next + 1)..];
                }

                break;
            default:
                to.Write(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A field's text or, of a blob, bytes; DBNull for none.</summary>
    /// <exception cref="FormatException">It was written by nobody who keeps to the format.</exception>
    public static object Read(ReadOnlySpan<char> field, bool isBlob)
    {
        if (field is @"\N")
            return DBNull.Value;
        var text = Unescape(field);
        return !isBlob ? text
            : text.StartsWith(@"\x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2))
            : throw new FormatException("Bytes begin with \\x.");
    }

    private static string Unescape(ReadOnlySpan<char> field)
    {
        if (!field.Contains('\\'))
            return field.ToString();
        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
                text.Append(field[i]);
            else if (++i < field.Length && Names.IndexOf(field[i]) is >= 0 and var known)
                text.Append(Letters[known]);
            else
                throw new FormatException("A backslash stands before nothing that it may.");
        }

        return text.ToString();
    }
}
