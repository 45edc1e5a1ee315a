using CalCities.Collab.Accounts;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;

namespace CalCities.Collab.SignIn;

/// <summary>The mails about coming in, in plain text.</summary>
internal static class Mails
{
    public const string SignInKind = "sign-in", InvitationKind = "invitation";

    public static Mail SignIn(MemberId member, string to, string origin, IssuedEntry issued, string returnUrl) => new(member, SignInKind, to, "Your sign-in link for CalCities Collab",
        $"""
        You, or someone with your address, asked to sign in to CalCities Collab.

        Open this link and press the button on its page:
        {origin}/signin/link/{EntryToken.Of(member, issued.Secret)}{(returnUrl == "/" ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}

        To sign in on another device, go to {origin}/signin/code there and type your address and this code:
        {issued.Code[..4]} {issued.Code[4..]}

        Link and code work once, for 30 minutes. If you did not ask for this, do nothing: nobody gets in without this mail.
        """, issued.Ends);

    public static Mail Invitation(MemberId member, string to, string origin, IssuedEntry issued, string displayName) => new(member, InvitationKind, to, "You are invited to CalCities Collab",
        $"""
        CalCities Collab is where city officials of California follow the Legislature's bills and debate them with each other. There is an account for you: {displayName}.

        Open this link and press the button on its page:
        {origin}/invitation/{EntryToken.Of(member, issued.Secret)}

        The link works once, until {Pacific.Day(issued.Ends)}. After that, go to {origin}/signin and ask for a sign-in link with this address: there is no password.

        If you did not expect this, you can leave it: nothing happens without you.
        """, issued.Ends);
}
