using CalCities.Collab.Kernel;

namespace CalCities.Collab.Meetings;

/// <summary>A meeting of a group, made where it is scheduled: 1 to 60 small letters, digits and hyphens ("eq-2026-12-03").</summary>
[GenerateSerializer, Immutable, Alias("meetings.id")]
public readonly record struct MeetingId(string Value) : IAggregateId<MeetingCommand, MeetingEvent>
{
    public const int MaxLength = 60;

    public StreamId Stream => new("meeting", Value);

    /// <summary>False for what no page of ours would make; it stands in addresses.</summary>
    public bool IsAcceptable =>
        Value is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterLower(Value[0]) && Value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public override string ToString() => Value;
}
