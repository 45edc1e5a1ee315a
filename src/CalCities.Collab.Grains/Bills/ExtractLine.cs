using System.Collections.Immutable;
using System.Text;

namespace CalCities.Collab.Bills;

/// <summary>
/// One line of the official bulk format (LEGINFO §1.1): fields between tabs, texts between backticks, escapes with a backslash,
/// SQL's NULL as a bare NULL or \N. A backtick closes only before a tab or the line's end, and two stand for one.
/// </summary>
internal static class ExtractLine
{
    /// <summary>Splits a line without its line feed into fields (null is SQL's NULL), or says what is wrong with it.</summary>
    public static (ImmutableArray<string?> Fields, string? Wrong) Read(ReadOnlySpan<char> line)
    {
        // Windows tools end lines with CR LF; any other CR is part of a field.
        if (line is [.., '\r'])
            line = line[..^1];
        var fields = ImmutableArray.CreateBuilder<string?>();
        var text = new StringBuilder();
        for (var at = 0; ;)
        {
            var isEnclosed = at < line.Length && line[at] == '`';
            var wrong = isEnclosed ? ReadEnclosed(line, ref at, text) : ReadBare(line, ref at, text);
            if (wrong is not null)
                return (fields.ToImmutable(), $"field {fields.Count + 1}: {wrong}");
            fields.Add(isEnclosed || text.ToString() is not ("NULL" or "\0") ? text.ToString() : null);
            if (fields[^1] is { } value && value.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r')))
                return (fields.ToImmutable(), $"field {fields.Count}: it holds a control character");
            if (at == line.Length)
                return (fields.ToImmutable(), null);
            at++;
        }
    }

    /// <summary>The bare \N is handed on as one NUL, which no other bare text can be: an escaped NUL is spelt \0.</summary>
    private static string? ReadBare(ReadOnlySpan<char> line, ref int at, StringBuilder text)
    {
        text.Clear();
        var rest = line[at..];
        var end = rest.IndexOf('\t');
        var raw = end < 0 ? rest : rest[..end];
        if (raw is "\\N")
        {
            at += raw.Length;
            text.Append('\0');
            return null;
        }

        for (; at < line.Length && line[at] != '\t'; at++)
        {
            if (line[at] != '\\')
                text.Append(line[at]);
            else if (++at == line.Length)
                return "it ends in a single backslash";
            else
                text.Append(Unescape(line[at]));
        }

        return text is { Length: 1 } && text[0] == '\0' ? "it holds a control character" : null;
    }

    private static string? ReadEnclosed(ReadOnlySpan<char> line, ref int at, StringBuilder text)
    {
        text.Clear();
        for (at++; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '\\' when at + 1 == line.Length:
                    return "it ends in a single backslash";
                case '\\':
                    text.Append(Unescape(line[++at]));
                    break;
                case '`' when at + 1 < line.Length && line[at + 1] == '`':
                    text.Append(line[at++]);
                    break;
                case '`' when at + 1 == line.Length || line[at + 1] == '\t':
                    at++;
                    return null;
                default:
                    text.Append(line[at]);
                    break;
            }
        }

        return "its closing backtick is missing";
    }

    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'b' => '\b',
        'Z' => '\x1a',
        _ => c,
    };
}
