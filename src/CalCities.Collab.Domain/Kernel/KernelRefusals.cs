namespace CalCities.Collab.Kernel;

/// <summary>Refusals that any command can meet, whatever its slice.</summary>
public static class KernelRefusals
{
    public static readonly Refusal CommandIdReused = new("CommandIdReused",
        "Something else was already recorded from this form. What was recorded is shown; send yours again as a new one.");
    public static readonly Refusal BadCommandId = new("BadCommandId",
        "The id of this request isn't one that the hub takes. Reload the page and try again.");
    public static readonly Refusal UnknownCommand = new("UnknownCommand",
        "The hub doesn't know this request. Reload the page to get its present version.");
    public static readonly Refusal NoStanding = new("NoStanding",
        "Your account has no standing in the hub now. Ask your city clerk or the league's staff.");
    public static readonly Refusal TooFast = new("TooFast",
        "That was more than the hub takes from one person in a minute. Your text is kept: wait a little and send it again.");
    public static readonly Refusal SignedOut = new("SignedOut",
        "You were signed out on this device. Sign in again: your text is kept here.");
    public static readonly Refusal TokenReadsOnly = new("TokenReadsOnly",
        "This token may read and not write. Make one that may write in your settings, if you need it.");
    public static readonly Refusal NotByToken = new("NotByToken",
        "A program's token can't do this. Sign in and do it on the hub's page.");
}
