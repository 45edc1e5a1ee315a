using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Security;

namespace CalCities.Collab.Accounts;

/// <summary>Who may ask for which account page, and who may hand over codes.</summary>
internal sealed class AccountRights : IRights
{
    private const ActorKinds Anyone = Relations.Everyone | ActorKinds.Suspended | ActorKinds.Anonymous;

    /// <summary>A clerk hands a code to a member whom they see: the league's clerk, or a group's.</summary>
    public static readonly Right GiveCode = new("any", ActorKinds.CommitteeClerk, AccountRefusals.NoCodes, "accounts.give-code");

    /// <summary>Beside that, to whom: the league's clerk to any member, a group's to its own. A code lets in as someone with all that they may, so who runs the hub comes in by their own ways.</summary>
    private static readonly Right GiveCodeTo = new("to a member of the clerk's own group", ActorKinds.CommitteeClerk, AccountRefusals.NotTheirClerk, "accounts.give-code");

    public static ImmutableArray<Right> Rows { get; } =
    [
        GiveCode, GiveCodeTo,
        new("any", Anyone, WebRefusals.NotFound,
            "page /signin/sent", "page /signin/code", "page /signin/link/{Token}", "page /invitation/{Token}", "page /first/{Secret}",
            "POST /signin/mail", "POST /signin/code", "POST /signin/link", "POST /invitation", "POST /first", "POST /signin/passkey", "POST /signin/passkey/options"),
        new("any", Anyone, WebRefusals.NotFound, "GET /signin/sign-on"),
        new("any", Relations.Everyone | ActorKinds.Suspended, WebRefusals.SignInFirst,
            "page /me", "POST /me/passkeys/options", "POST /me/passkeys", "POST /me/passkeys/remove",
            "POST /me/sessions/end", "POST /me/sessions/end-others", "POST /me/signout-everywhere", "page /codes"),
        new("any", ActorKinds.Admin | ActorKinds.Staff, WebRefusals.NotFound,
            "page /admin/accounts", "POST /admin/accounts/invite", "POST /admin/accounts/again", "POST /admin/accounts/invite-waiting", "POST /admin/accounts/end-sessions", "POST /admin/accounts/suspend", "POST /admin/accounts/reinstate"),
    ];

    /// <summary>What stands against a clerk's handing someone a code.</summary>
    public static Refusal? AgainstCode(Standing clerk, Standing to) =>
        GiveCode.Against(Anywhere(clerk))
        ?? GiveCodeTo.Against(to.Duty is Duty.Admin or Duty.Staff or Duty.Clerk ? ActorKinds.Nobody : to.Seats.Aggregate(Relations.Of(clerk), (kinds, seat) => kinds | clerk.To(seat.Group)));

    /// <summary>All that someone is anywhere, by duty and by every seat.</summary>
    public static ActorKinds Anywhere(Standing standing) =>
        standing.Seats.Aggregate(Relations.Of(standing), (kinds, seat) => kinds | standing.To(seat.Group));
}
