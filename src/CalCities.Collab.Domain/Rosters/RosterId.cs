using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

/// <summary>One import of a roster.</summary>
[GenerateSerializer, Immutable, Alias("rosters.id")]
public readonly record struct RosterId(string Value) : IAggregateId<RosterCommand, RosterEvent>
{
    public StreamId Stream => new("roster", Value);
    public override string ToString() => Value;
}
