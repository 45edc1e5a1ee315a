using System.Text.RegularExpressions;

namespace CalCities.Collab.Kernel;

/// <summary>Names one aggregate's stream of events, written "type/key" (for example "thread/ab12"); the type is also the grain's type.</summary>
[GenerateSerializer, Immutable, Alias("kernel.stream-id")]
public readonly partial record struct StreamId(string Type, string Key)
{
    /// <summary>The longest key: ids are short names and codes, and a key is part of every row of the log.</summary>
    public const int MaxKeyLength = 120;

    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Reads "type/key"; false for anything that no stream can be called.</summary>
    public static bool TryParse(string? text, out StreamId stream)
    {
        var match = Pattern().Match(text ?? "");
        stream = match.Success ? new StreamId(match.Groups[1].Value, match.Groups[2].Value) : default;
        return match.Success;
    }

    /// <summary>Reads "type/key".</summary>
    /// <exception cref="FormatException">The text names no stream.</exception>
    public static StreamId Parse(string text) =>
        TryParse(text, out var stream) ? stream : throw new FormatException($"'{text}' names no stream.");

    [GeneratedRegex(@"\A([a-z][a-z-]{0,31})/([A-Za-z0-9][A-Za-z0-9._-]{0,119})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

/// <summary>The id of an aggregate that takes these commands and tells these events: its slice's own type, so that a bill's id can't be given for a thread's.</summary>
public interface IAggregateId<TCommand, TEvent>
{
    StreamId Stream { get; }
}
