namespace CalCities.Collab.Groups;

/// <summary>What sort of body a group is (DOMAIN §1).</summary>
[GenerateSerializer, Alias("groups.kind")]
public enum GroupKind
{
    PolicyCommittee = 0,
    Division = 1,
    Department = 2,
    Caucus = 3,
    Board = 4,
    /// <summary>Discusses and shares; takes no positions (Coastal Cities Group, Rural City Information Exchange).</summary>
    Exchange = 5,
    /// <summary>Every member city's voting delegate.</summary>
    GeneralAssembly = 6,
    /// <summary>Looks at resolutions before the General Assembly does.</summary>
    ResolutionsCommittee = 7,
    /// <summary>A region of the Coastal Cities Group: appoints to its leadership.</summary>
    Region = 8,
}
