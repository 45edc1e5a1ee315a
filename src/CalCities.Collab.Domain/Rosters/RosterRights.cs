using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Rosters;

/// <summary>Who may bring rosters in and take them back.</summary>
public sealed class RosterRights : IRights
{
    public static readonly Right Keep = new("any", ActorKinds.Staff | ActorKinds.Admin, RosterRefusals.OnlyStaff, "rosters.begin", "rosters.undo");

    public static readonly Right Tell = new("any", ActorKinds.Program, RosterRefusals.OnlyTheImport, "rosters.finish", "rosters.give-up", "rosters.finish-undo");

    public static readonly Right See = new("any", ActorKinds.Staff | ActorKinds.Admin, RosterRefusals.OnlyStaff, "see roster");

    public static ImmutableArray<Right> Rows { get; } = [Keep, Tell, See];

    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));
}
