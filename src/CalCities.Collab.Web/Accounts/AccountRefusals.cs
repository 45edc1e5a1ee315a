using System.Collections.Frozen;
using System.Reflection;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Accounts;

/// <summary>What can stand against what the account pages are asked, and what they say when it was done.</summary>
internal static class AccountRefusals
{
    public static readonly Refusal NoAddress = new("NoAddress", "That is no e-mail address. Write it as name@city.gov.");
    public static readonly Refusal AddressTaken = new("AddressTaken", "Someone has an account with this address already. Find them below.");
    public static readonly Refusal NoOffice = new("NoOffice", "The office is missing, or longer than 80 characters.");
    public static readonly Refusal AdminsByAdmins = new("AdminsByAdmins", "Only an admin can make another admin. Ask one, or choose another duty.");
    public static readonly Refusal NobodyThere = new("NobodyThere", "The hub doesn’t know this person, or they have no address. Find them again.");
    public static readonly Refusal TooManyMails = new("TooManyMails", "As many mails as an hour allows have gone to this address. Try again later.");
    public static readonly Refusal NotDone = new("NotDone", "Nobody knows whether that was recorded. Look at the list, and try again if it isn’t there.");
    public static readonly Refusal NotTheirClerk = new("NotTheirClerk", "A group’s clerk hands codes to that group’s members. Who runs the hub or keeps its records comes in by a mail or a passkey.");
    public static readonly Refusal NoCodes = new("NoCodes", "Only clerks hand over codes. Ask the clerk of the meeting.");

    private static readonly FrozenDictionary<string, Refusal> All = new[] { typeof(AccountRefusals), typeof(MemberRefusals) }
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (Refusal)field.GetValue(null)!).ToFrozenDictionary(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>The sentence for what stands in a page's address; null for anything else.</summary>
    public static string? Sentence(string? code) => code is not null && All.TryGetValue(code, out var refusal) ? refusal.Sentence : null;
}
