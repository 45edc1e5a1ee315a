using System.Text.Json;
using System.Text.Json.Serialization;

namespace CalCities.Collab.Api;

/// <summary>One message of a followed topic, as /hubs/live sends it.</summary>
/// <param name="Type">What it says: one of the names here.</param>
/// <param name="Version">The stream's version with it; each event or hidden one is one above the one before. 0 where it means nothing.</param>
/// <param name="Event">With <see cref="EventType"/>.</param>
/// <param name="Passing">With <see cref="PassingType"/>: everyone who is here or writing now.</param>
/// <param name="Sentence">With <see cref="RefusedType"/> and <see cref="StoppedType"/>: why, for people.</param>
public sealed record TopicMessage(
    string Type,
    long Version = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TopicEvent? Event = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TopicPassing>? Passing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sentence = null)
{
    /// <summary>An event that the viewer may see.</summary>
    public const string EventType = "event";

    /// <summary>An event that the viewer may not see: only its version.</summary>
    public const string HiddenType = "hidden";

    /// <summary>Everything up to this version has been sent; what follows is live. Sent once.</summary>
    public const string CurrentType = "current";

    public const string PassingType = "passing";

    /// <summary>There is no such topic, or none that the viewer may know of, or no longer; the last message.</summary>
    public const string NoneType = "none";

    /// <summary>The topic can't be followed at the moment, or not any further; the last message. Follow again later from the last version.</summary>
    public const string StoppedType = "stopped";

    /// <summary>This connection asks for too much; the last message.</summary>
    public const string RefusedType = "refused";
}

/// <summary>An event: its kind and body as the log keeps them, the member or program who acted, when, and its place in the whole log.</summary>
public sealed record TopicEvent(string Kind, JsonElement Body, string? Member, string? Program, DateTimeOffset Time, long Position);

/// <summary>Someone who is "here" or "writing".</summary>
public sealed record TopicPassing(string Member, string Kind);

/// <summary>How a command ended: "recorded" at a version and position, "refused" with a code and a sentence, or "unknown" (send it again with the same id).</summary>
public sealed record ExecuteAnswer(
    string Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Position = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sentence = null)
{
    public const string Recorded = "recorded";
    public const string Refused = "refused";
    public const string Unknown = "unknown";

    internal static ExecuteAnswer Of(Kernel.Outcome outcome) => outcome switch
    {
        Kernel.Outcome.Recorded r => new(Recorded, Version: r.Version, Position: r.Position),
        Kernel.Outcome.Refused r => new(Refused, Code: r.Refusal.Code, Sentence: r.Refusal.Sentence),
        Kernel.Outcome.Unknown => new(Unknown),
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {outcome.GetType().Name}."),
    };
}
