using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>A body of the league by its slug: a committee's short form ("eq"), else its name in kebab case ("los-angeles-county").</summary>
[GenerateSerializer, Immutable, Alias("groups.id")]
public readonly record struct GroupId(string Value) : IAggregateId<GroupCommand, GroupEvent>
{
    public StreamId Stream => new("group", Value);
    public override string ToString() => Value;
}
