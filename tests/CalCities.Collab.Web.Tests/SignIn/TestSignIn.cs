using System.Security.Claims;
using Bunit.TestDoubles;
using CalCities.Collab.Accounts;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;

namespace CalCities.Collab.SignIn;

/// <summary>Signs a test's pages in as a browser would be: with a session that the hub has begun.</summary>
public static class TestSignIn
{
    public static async Task SignIn(this TestHub hub, BunitAuthorizationContext pages, MemberId member, string? name = null)
    {
        var pass = await hub.Grains.GetGrain<IAccessGrain>(member.Value).Begin("A browser on a device", "test");
        pages.SetAuthorized(name ?? member.Value).SetClaims([.. SignedIn.Principal(new(member, pass), name ?? member.Value).Claims.Where(claim => claim.Type != ClaimTypes.Name)]);
    }
}
