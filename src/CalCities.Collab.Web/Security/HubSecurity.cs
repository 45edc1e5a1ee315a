using System.Net;
using CalCities.Collab.Demo;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;

namespace CalCities.Collab.Security;

/// <summary>What all of HTTP passes before anything answers: known proxies, known host names, headers, Origin.</summary>
internal static class HubSecurity
{
    /// <summary>Adds address, host and proxy rules. Settings: AllowedHosts (names by ";"), Proxy:Networks (CIDR by ";", whose X-Forwarded-For, -Proto and -Host are believed).</summary>
    /// <exception cref="StartRefusedException">A demonstration was asked to listen beyond this computer.</exception>
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var asked = Addresses.Asked(settings);
        if (asked.Count == 0)
            builder.WebHost.UseUrls(Addresses.Default);
        Addresses.Check(new Demonstration(Demonstration.Asked(settings)), asked);

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // Without a list only this computer's names are known: a page elsewhere can't point its own name at the hub.
        builder.Services.PostConfigure<HostFilteringOptions>(hosts =>
            hosts.AllowedHosts = settings["AllowedHosts"] is { Length: > 0 } names
                ? names.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : ["localhost", "127.0.0.1", "[::1]"]);
        builder.Services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(365);
            hsts.IncludeSubDomains = true;
        });
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "collab-form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        if (settings["Proxy:Networks"] is { Length: > 0 } networks)
            builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                forwarded.KnownProxies.Clear();
                forwarded.KnownIPNetworks.Clear();
                foreach (var network in networks.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            });
    }

    /// <summary>The first middleware of the host.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        if (app.Configuration["Proxy:Networks"] is { Length: > 0 })
            app.UseForwardedHeaders();
        app.UseHsts();
        var demonstration = app.Services.GetRequiredService<Demonstration>().IsOn;
        app.Use((http, next) =>
        {
            SetHeaders(http);
            if (OriginCheck.Passes(http.Request, demonstration))
                return next(http);
            http.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            return http.Response.WriteAsync("This request came from another site, so the hub did not take it.");
        });
    }

    // When the response starts, so that neither a page (Blazor would set a weaker policy) nor an error's clean slate takes them away.
    private static void SetHeaders(HttpContext http) => http.Response.OnStarting(static state =>
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Csp.Policy(http.CspNonce());
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
        // Static files say themselves how long they hold; everything else is one member's.
        var page = http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        if (page || headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }, http);
}
