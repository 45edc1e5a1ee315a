using System.Security.Cryptography;

namespace CalCities.Collab.Security;

/// <summary>The Content-Security-Policy: scripts only from this host, and the import map by a nonce of the request's own.</summary>
internal static class Csp
{
    private static readonly object NonceKey = new();

    /// <summary>The nonce of this request, 128 random bits.</summary>
    public static string CspNonce(this HttpContext http)
    {
        if (http.Items[NonceKey] is not string nonce)
            http.Items[NonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        return nonce;
    }

    // base-uri 'none' would block Blazor's <base>; MudBlazor writes style attributes, hence 'unsafe-inline' for styles alone.
    public static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; " +
        "img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
}
