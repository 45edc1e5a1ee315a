using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>One person's account in the hub; on a demonstration hub the persona's slug.</summary>
[GenerateSerializer, Immutable, Alias("members.id")]
public readonly record struct MemberId(string Value) : IAggregateId<MemberCommand, MemberEvent>
{
    public StreamId Stream => new("member", Value);
    public override string ToString() => Value;
}
