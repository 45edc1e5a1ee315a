namespace CalCities.Collab.Groups;

/// <summary>Who fills a seat: a body of the league by its id ("east-bay"), or a list of the group's own ("president", "at-large").</summary>
[GenerateSerializer, Immutable, Alias("groups.appointer")]
public readonly record struct Appointer(string Value)
{
    /// <summary>The league's president, who chairs the Board, fills the seats of this and of every other list that is no body.</summary>
    public static readonly Appointer President = new("president");

    /// <summary>The body of this name, if it is one.</summary>
    public GroupId Body => new(Value);

    public override string ToString() => Value;
}

/// <summary>How many seats an appointer fills in a group.</summary>
[GenerateSerializer, Immutable, Alias("groups.allotment")]
public sealed record Allotment(Appointer By, int Count);
