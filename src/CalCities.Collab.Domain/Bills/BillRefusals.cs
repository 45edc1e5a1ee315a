using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

public static class BillRefusals
{
    public static readonly Refusal OnlyTheImport = new("OnlyTheImport",
        "Bills come from the Legislature's extract. Ask the league's staff to import it.");
    public static readonly Refusal OtherBill = new("OtherBill",
        "This says something of another bill. Check the extract's bill_id.");
    public static readonly Refusal NotABill = new("NotABill",
        "A bill needs a session, a measure type such as AB, and a number.");
    public static readonly Refusal TooMuch = new("TooMuch",
        $"A bill has {BillObservation.MaxActions} actions, {BillObservation.MaxVersions} versions, {BillObservation.MaxAuthors} authors, "
        + $"{BillObservation.MaxRollCalls} roll calls of {BillObservation.MaxVotes} votes at most. Check the extract.");
}
