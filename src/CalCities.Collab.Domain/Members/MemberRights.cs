using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>Who may do what with an account.</summary>
public sealed class MemberRights : IRights
{
    public static readonly Right Keep = new("another's", ActorKinds.Program | ActorKinds.Admin | ActorKinds.Staff, MemberRefusals.OnlyTheHub,
        "members.join", "members.describe", "members.sit", "members.rise", "members.suspend", "members.reinstate");

    /// <summary>Beside the right to keep accounts: where an admin is made, unmade or touched.</summary>
    public static readonly Right KeepAdmin = new("an admin's, or to make one", ActorKinds.Program | ActorKinds.Admin, MemberRefusals.OnlyAnAdmin,
        "members.join", "members.describe", "members.suspend", "members.reinstate");

    /// <summary>Beside the right to keep accounts: nobody does these to themselves.</summary>
    public static readonly Right KeepOwn = new("one's own", ActorKinds.Nobody, MemberRefusals.NotOneself, "members.describe", "members.suspend", "members.reinstate");

    /// <summary>Follows the groups' rosters.</summary>
    public static readonly Right Follow = new("any", ActorKinds.Program | ActorKinds.Rule, MemberRefusals.OnlyTheHub, "members.take-seat", "members.leave-seat");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see member");

    public static ImmutableArray<Right> Rows { get; } = [Keep, KeepAdmin, KeepOwn, Follow, See];

    /// <summary>Whether someone of this standing keeps people's accounts, and so reads why one is suspended.</summary>
    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));
}
