using System.Collections.Frozen;
using System.Reflection;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.SignIn;

/// <summary>What can stand against signing in, each with what works next.</summary>
internal static class SignInRefusals
{
    public static readonly Refusal NoAddress = new("NoAddress", "That is no e-mail address. Write it as name@city.gov.");
    public static readonly Refusal TooMany = new("TooMany", "That was tried too often from here. Wait a minute and try again.");
    public static readonly Refusal WrongCode = new("WrongCode", "This address and code don’t go together, or the code has ended. Look at both again. A code works once; after five wrong tries it ends, and you can ask for a new mail.");
    public static readonly Refusal LinkUsed = new("LinkUsed", "This link has been used. Each link signs in once: ask for a new one here.");
    public static readonly Refusal LinkExpired = new("LinkExpired", "This link has expired. Ask for a new one here.");
    public static readonly Refusal LinkUnknown = new("LinkUnknown", "This isn’t a link that the hub has sent. Your mail program may have cut it off: ask for a new one here.");
    public static readonly Refusal InvitationUsed = new("InvitationUsed", "This invitation has been used. You have an account: ask for a sign-in link here.");
    public static readonly Refusal InvitationExpired = new("InvitationExpired", "This invitation has expired. Your account is there: ask for a sign-in link here.");
    public static readonly Refusal NoStanding = new("NoStanding", "Your account is closed now. Ask your city clerk or the league’s staff.");
    public static readonly Refusal PasskeyFailed = new("PasskeyFailed", "The hub doesn’t know this passkey, or it took too long. Try again, or ask for a sign-in link.");
    public static readonly Refusal PasskeyNotKept = new("PasskeyNotKept", "The passkey could not be kept. Try once more; you can sign in without one.");
    public static readonly Refusal SignOnUnknown = new("SignOnUnknown", "You are known there, but no account of this hub has that address. Ask the league’s staff for an invitation.");
    public static readonly Refusal SignOnFailed = new("SignOnFailed", "Signing in there did not work. Try again, or ask for a sign-in link.");

    private static readonly FrozenDictionary<string, Refusal> All = typeof(SignInRefusals).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (Refusal)field.GetValue(null)!).ToFrozenDictionary(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>The sentence that a page shows for what stands in its address; null for anything else.</summary>
    public static string? Sentence(string? code) => code is not null && All.TryGetValue(code, out var refusal) ? refusal.Sentence : null;
}
