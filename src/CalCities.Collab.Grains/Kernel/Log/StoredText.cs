using System.Globalization;
using System.Text.Json;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// How the log writes what neither database has a fitting type for: actors as JSON, times as ISO 8601 in UTC to 100 ns
/// (PostgreSQL's own type would round them to a microsecond). One for a page or batch, whose actors repeat.
/// </summary>
internal sealed class StoredText
{
    private readonly Dictionary<string, ActorName> read = new(StringComparer.Ordinal);
    private readonly Dictionary<ActorName, string> written = [];

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    public string Of(ActorName actor) =>
        written.TryGetValue(actor, out var text) ? text : written[actor] = JsonSerializer.Serialize(actor, Kinds.Json);

    public ActorName Actor(string text) =>
        read.TryGetValue(text, out var actor) ? actor : read[text] = JsonSerializer.Deserialize<ActorName>(text, Kinds.Json)!;
}
