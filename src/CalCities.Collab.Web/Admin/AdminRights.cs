using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Admin;

/// <summary>Refusals of the pages for whoever runs the hub.</summary>
public static class AdminRefusals
{
    public static readonly Refusal OnlyAdmins = new("OnlyAdmins", "This is for those who run the hub. Ask the league's staff.");
}

/// <summary>Who may see how the hub runs: its admins, and of some things the league's staff. None of it shows what people wrote.</summary>
internal sealed class AdminRights : IRights
{
    private static readonly Right Everything = new("all of it", ActorKinds.Admin, AdminRefusals.OnlyAdmins, "see how the hub runs");

    public static ImmutableArray<Right> Rows { get; } =
    [
        new("any", ActorKinds.Admin | ActorKinds.Staff, AdminRefusals.OnlyAdmins, "page /admin"),
        new("any", ActorKinds.Admin, AdminRefusals.OnlyAdmins, "page /admin/audit"),
        Everything,
    ];

    /// <summary>Backups, mail, room on the disk and the audit; staff see imports and what rules were refused.</summary>
    public static bool SeesEverything(Standing standing) => Everything.Allows(Relations.Of(standing));
}
