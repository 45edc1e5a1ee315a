namespace CalCities.Collab.Groups;

/// <summary>What a group does about positions on bills.</summary>
[GenerateSerializer, Alias("groups.power")]
public enum GroupPower
{
    /// <summary>Takes no positions.</summary>
    None = 0,
    /// <summary>Recommends a position to the Board or the General Assembly.</summary>
    Recommends = 1,
    /// <summary>Decides the league's position.</summary>
    Decides = 2,
}
