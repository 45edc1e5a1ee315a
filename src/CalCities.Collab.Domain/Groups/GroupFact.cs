using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>What other slices may know of a group that is neither merged nor retired.</summary>
[GenerateSerializer, Immutable, Alias("groups.fact")]
public sealed record GroupFact(string Name, GroupKind Kind) : Fact
{
    /// <summary>What its threads do before a majority of one council takes part.</summary>
    [Id(2)]
    public GuardMode Guard { get; init; }

    /// <summary>What it does about positions on bills.</summary>
    [Id(3)]
    public GroupPower Power { get; init; }

    /// <summary>Whether it votes at all.</summary>
    [Id(4)]
    public bool Votes { get; init; }
}
