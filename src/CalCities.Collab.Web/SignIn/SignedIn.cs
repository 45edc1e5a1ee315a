using System.Security.Claims;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CalCities.Collab.SignIn;

/// <summary>What a cookie or token says of who asks: the member, the pass that was given to them, and the name that the bar shows.</summary>
internal static class SignedIn
{
    private const string PassClaim = "pass";

    public static ClaimsPrincipal Principal(Caller caller, string displayName, string scheme = CookieAuthenticationDefaults.AuthenticationScheme) =>
        new(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, caller.Member.Value), new Claim(PassClaim, caller.Pass ?? ""), new Claim(ClaimTypes.Name, displayName)],
            scheme));

    /// <summary>Who asks; one without a pass is given one that opens nothing.</summary>
    public static Caller Caller(this ClaimsPrincipal user) =>
        new(new MemberId(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""), user.FindFirstValue(PassClaim) ?? "");

    /// <summary>Whether it is a program with a token, not a browser with a session.</summary>
    public static bool IsProgram(this ClaimsPrincipal user) => user.Identity?.AuthenticationType == TokenScheme;

    /// <summary>How programs authenticate: "Authorization: Bearer …".</summary>
    public const string TokenScheme = "Token";
}
