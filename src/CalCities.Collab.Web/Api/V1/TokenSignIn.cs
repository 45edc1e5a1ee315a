using System.Text.Encodings.Web;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CalCities.Collab.Api.V1;

/// <summary>Programs come in with "Authorization: Bearer cct.…": at /api and /hubs/live, and nowhere else. At /api nothing else opens; a browser's cookie neither.</summary>
internal sealed class TokenSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>SignalR's clients in browsers can set no header on a WebSocket, so they name the token in the address.</summary>
    private const string QueryName = "access_token";

    private bool isAway;

    /// <summary>Which scheme a request is read by; null: its cookie.</summary>
    public static string? SchemeFor(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsProgramAtHub(http.Request) ? SignedIn.TokenScheme : null;

    /// <summary>Whether a request to the live hub shows a token; then its cookie, if it has one, counts for nothing.</summary>
    public static bool IsProgramAtHub(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs/live", StringComparison.OrdinalIgnoreCase)
        && (request.Headers.Authorization.Count > 0 || request.Query.ContainsKey(QueryName));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Shown() is not { } text)
            return AuthenticateResult.NoResult();
        if (!TokenText.TryParse(text, out var token))
            return AuthenticateResult.Fail("It is no token.");
        try
        {
            if (await grains.GetGrain<ITokenGrain>(token.Member).Admit(token.Id, token.Secret) is not { } pass)
                return AuthenticateResult.Fail("It holds no longer.");
            var who = SignedIn.Principal(new Caller(new MemberId(token.Member), pass), token.Member, SignedIn.TokenScheme);
            return AuthenticateResult.Success(new AuthenticationTicket(who, Scheme.Name));
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or System.Data.Common.DbException)
        {
            Logger.LogWarning(failure, "Tokens can't be checked at the moment.");
            isAway = true;
            return AuthenticateResult.Fail("It can't be checked.");
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (isAway)
            return ApiProblem.Away.ExecuteAsync(Context);
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of(ApiRefusals.NoToken, StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.Of(KernelRefusals.NotByToken, StatusCodes.Status403Forbidden).ExecuteAsync(Context);

    private string? Shown()
    {
        const string Bearer = "Bearer ";
        if (Request.Headers.Authorization is [{ } header])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        return IsProgramAtHub(Request) && Request.Query[QueryName] is [{ } named] ? named : null;
    }
}
