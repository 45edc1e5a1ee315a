using Microsoft.AspNetCore.Identity;

namespace CalCities.Collab.Accounts;

/// <summary>A person's way into the hub: an address that mails reach, passkeys, sign-ons of elsewhere. Its id is the member's id; nobody has a password.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>When the newest invitation was sent; null for those who were never invited.</summary>
    public DateTimeOffset? Invited { get; set; }

    /// <summary>When they last signed in; null for those who never did.</summary>
    public DateTimeOffset? SignedIn { get; set; }
}
