using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Authentication;

namespace CalCities.Collab.SignIn;

/// <summary>The way in that all ways to sign in end at: a session of the member's, the cookie that holds its pass, and a line in the audit.</summary>
internal sealed class Entrance(IGrainFactory grains, IAudit audit, AccountDirectory accounts, TimeProvider clock)
{
    /// <summary>As a clerk's code lets in: a meeting's day, and no longer.</summary>
    public static readonly TimeSpan ClerkCodeLasts = TimeSpan.FromHours(12);

    /// <summary>Lets a member in by a way ("link", "passkey"), until a time if one is given; false for one without standing.</summary>
    public async Task<bool> Admit(HttpContext http, MemberId member, string by, DateTimeOffset? until = null, MeetingId? meeting = null)
    {
        if (await Ticket(http, member, by, until, meeting) is not { } ticket)
            return false;
        await http.SignInAsync(ticket.Principal, ticket.Properties);
        return true;
    }

    /// <summary>The same without setting the cookie, for who does that themselves.</summary>
    public async Task<AuthenticationTicket?> Ticket(HttpContext http, MemberId member, string by, DateTimeOffset? until = null, MeetingId? meeting = null)
    {
        if (await Presence.StandingOf(grains, member) is not { } standing)
        {
            await audit.Note(member.Value, "sign-in refused", $"by {by}: the account is closed");
            return null;
        }

        // A browser that signs in anew, perhaps as someone else, leaves nothing open behind.
        await End(http, "signed in anew");
        var device = Device.Of(http.Request);
        var pass = await grains.GetGrain<IAccessGrain>(member.Value).Begin(device, by, until, meeting);
        await accounts.NoteSignedIn(member, clock.GetUtcNow());
        await audit.Note(member.Value, "signed in", $"by {by}, {device}");
        return new AuthenticationTicket(SignedIn.Principal(new Caller(member, pass), standing.DisplayName), new AuthenticationProperties { IsPersistent = true, ExpiresUtc = until }, "");
    }

    /// <summary>Ends the session that this browser has, if it has one.</summary>
    public async Task End(HttpContext http, string why)
    {
        if (http.User.Identity is not { IsAuthenticated: true } || http.User.Caller() is not { Member.Value.Length: > 0, Pass: { Length: > 0 } pass } caller)
            return;
        await grains.GetGrain<IAccessGrain>(caller.Member.Value).End(pass);
        await audit.Note(caller.Member.Value, "signed out", why);
    }
}
