using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>How groups, their powers and their seats are called on pages.</summary>
internal static class GroupWords
{
    /// <summary>What the body does with positions.</summary>
    public static string Of(GroupPower power) => power switch
    {
        GroupPower.Recommends => "Recommends positions to the Board",
        GroupPower.Decides => "Decides positions",
        GroupPower.Shares => "Shares what it knows; votes on nothing",
        _ => "Votes on no positions",
    };

    /// <summary>One group of a kind: "division".</summary>
    public static string? Of(GroupKind kind) => kind switch
    {
        GroupKind.PolicyCommittee or GroupKind.ResolutionsCommittee => "committee",
        GroupKind.Division => "division",
        GroupKind.Department => "department",
        GroupKind.Caucus => "caucus",
        GroupKind.Region => "region",
        _ => null,
    };

    public static string Of(Role role) => role switch
    {
        Role.Chair => "Chair",
        Role.ViceChair => "Vice chair",
        Role.Alternate => "Alternate",
        Role.SeatedAlternate => "Alternate, seated",
        Role.Partner => "Partner",
        Role.Clerk => "Clerk",
        Role.Guest => "Guest speaker",
        Role.Delegate => "Delegate",
        _ => "Member",
    };

    /// <summary>What the guard does in this group's threads, for whoever sets it.</summary>
    public static string Of(GuardMode mode) => mode switch
    {
        GuardMode.Warn => "Warn: the member reads why it may break the law, and may go on.",
        GuardMode.Off => "Off: nobody is told. Choose it only where the talk is not about a council’s own business.",
        _ => "Hold: what would make a majority of one council is not posted.",
    };

    /// <summary>An appointer's name; a group's own where it is known.</summary>
    public static string Of(Appointer appointer, IReadOnlyDictionary<string, GroupRow> groups) =>
        appointer == Appointer.President ? "The President"
        : appointer == Appointer.Officers ? "Officers"
        : appointer == Appointer.AtLarge ? "At large"
        : appointer == Appointer.TenLargest ? "Ten largest cities"
        : groups.TryGetValue(appointer.Value, out var group) ? group.Name
        : appointer.Value;
}
