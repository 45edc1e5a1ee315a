using CalCities.Collab.Api.V1;

namespace CalCities.Collab.Security;

/// <summary>
/// Refuses what another site's page sends with a member's cookie (ASVS 4.4.2, 3.5.1). WebSockets are not covered by CORS, so the
/// Origin of every call to /_blazor and /hubs, and of every request that may change something, must be this host's own.
/// </summary>
internal static class OriginCheck
{
    /// <summary>
    /// True when the request may pass. A browser always names the Origin of a WebSocket; a program has none and may pass
    /// without one only at /hubs/live, with a token or at a demonstration. Reads by fetch carry none either: the browser vouches by Sec-Fetch-Site.
    /// </summary>
    public static bool Passes(HttpRequest request, bool demonstration)
    {
        var live = IsLive(request.Path);
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (!live && safe)
            return true;

        var origins = request.Headers.Origin;
        if (origins.Count > 0)
            return origins.Count == 1 && string.Equals(origins[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

        // A token isn't sent by itself as a cookie is, and a browser would name its Origin: this is a program.
        if (TokenSignIn.IsProgramAtHub(request) || demonstration && request.Path.StartsWithSegments("/hubs/live", StringComparison.OrdinalIgnoreCase))
            return true;
        var upgrades = request.HttpContext.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
        // Outside the live paths the antiforgery token decides; old browsers send forms without an Origin.
        return !upgrades && (!live || request.Headers["Sec-Fetch-Site"] == "same-origin");
    }

    /// <summary>Whether a circuit or hub answers there.</summary>
    public static bool IsLive(PathString path) => path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
