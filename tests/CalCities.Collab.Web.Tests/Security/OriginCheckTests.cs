using Microsoft.AspNetCore.Http;

namespace CalCities.Collab.Security;

public sealed class OriginCheckTests
{
    [Theory]
    // method, path, Origin, Sec-Fetch-Site, upgrade, demonstration, passes
    [InlineData("GET", "/bills", null, null, false, false, true)]
    [InlineData("GET", "/bills", "https://evil.example", "cross-site", false, false, true)]
    [InlineData("POST", "/signout", "https://hub.example", "same-origin", false, false, true)]
    [InlineData("POST", "/signout", "https://evil.example", "cross-site", false, false, false)]
    [InlineData("POST", "/signout", "http://hub.example", "cross-site", false, false, false)]
    [InlineData("POST", "/signout", "null", null, false, false, false)]
    [InlineData("POST", "/signout", null, null, false, false, true)]
    [InlineData("GET", "/_blazor", "https://hub.example", "same-origin", true, false, true)]
    [InlineData("GET", "/_blazor", "https://HUB.example", "same-origin", true, false, true)]
    [InlineData("GET", "/_blazor", "https://hub.example.evil.example", "cross-site", true, false, false)]
    [InlineData("GET", "/_blazor", "null", null, true, false, false)]
    [InlineData("GET", "/_blazor", null, null, true, false, false)]
    [InlineData("GET", "/_blazor", null, null, true, true, false)]
    [InlineData("GET", "/_blazor", null, "same-origin", true, false, false)]
    [InlineData("GET", "/_blazor", null, "same-origin", false, false, true)]
    [InlineData("GET", "/_blazor", null, "same-site", false, false, false)]
    [InlineData("POST", "/_blazor/negotiate", "https://hub.example", "same-origin", false, false, true)]
    [InlineData("POST", "/_blazor/negotiate", "https://evil.example", "cross-site", false, false, false)]
    [InlineData("CONNECT", "/_blazor", "https://evil.example", null, false, false, false)]
    [InlineData("CONNECT", "/_blazor", null, null, false, false, false)]
    [InlineData("GET", "/hubs/live", null, null, true, true, true)]
    [InlineData("GET", "/hubs/live", null, null, true, false, false)]
    [InlineData("GET", "/hubs/live", "https://evil.example", null, true, true, false)]
    [InlineData("GET", "/HUBS/LIVE", "https://evil.example", null, true, true, false)]
    [InlineData("GET", "/hubs/other", null, null, true, true, false)]
    public void Only_this_hosts_own_pages_and_a_demonstrations_programs_pass(
        string method, string path, string? origin, string? fetchSite, bool upgrade, bool demonstration, bool passes)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Scheme, request.Host) = (method, path, "https", new HostString("hub.example"));
        if (origin is not null)
            request.Headers.Origin = origin;
        if (fetchSite is not null)
            request.Headers["Sec-Fetch-Site"] = fetchSite;
        if (upgrade)
            request.Headers.Upgrade = "websocket";

        Assert.Equal(passes, OriginCheck.Passes(request, demonstration));
    }

    [Fact]
    public void Two_origins_in_one_request_are_nobodys()
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Scheme, request.Host) = ("POST", "/_blazor/negotiate", "https", new HostString("hub.example"));
        request.Headers.Origin = new(["https://hub.example", "https://hub.example"]);

        Assert.False(OriginCheck.Passes(request, demonstration: false));
    }
}
