using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

public static class RosterRefusals
{
    public static readonly Refusal OnlyStaff = new("OnlyStaff", "Rosters are brought in by the league's staff and by admins. Ask one of them.");
    public static readonly Refusal OnlyTheImport = new("OnlyTheImport", "How far an import is, the hub itself says.");
    public static readonly Refusal AlreadyBegun = new("AlreadyBegun", "This import was begun already. Its state is in the list of imports.");
    public static readonly Refusal NotBegun = new("NotBegun", "There is no such import. Choose one from the list of imports.");
    public static readonly Refusal BadText = new("BadText", "An import names the file and its plan by their hashes. Upload the file again.");
    public static readonly Refusal NotFinished = new("NotFinished", "Only an import that is finished can be taken back. Wait until it is.");
}
