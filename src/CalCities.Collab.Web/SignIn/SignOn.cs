using System.Net;
using System.Security.Claims;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CalCities.Collab.SignIn;

/// <summary>The league's own sign-on by OpenID Connect, where settings name one: SignIn:Oidc:Authority, ClientId, ClientSecret, and Name, which the button shows.</summary>
internal sealed record SignOn(string Name)
{
    public const string Scheme = "sign-on";
}

internal static class SignOnHosting
{
    /// <exception cref="StartRefusedException">The settings name one by halves.</exception>
    public static void AddSignOn(this WebApplicationBuilder builder)
    {
        var given = builder.Configuration.GetSection("SignIn:Oidc");
        if (given["Authority"] is not { Length: > 0 } authority)
            return;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var where) || given["ClientId"] is not { Length: > 0 } client || given["ClientSecret"] is not { Length: > 0 } secret || given["Name"] is not { Length: > 0 } name)
            throw new StartRefusedException("SignIn:Oidc needs Authority (an address), ClientId, ClientSecret and Name.");
        builder.Services.AddSingleton(new SignOn(name));
        builder.Services.AddAuthentication().AddOpenIdConnect(SignOn.Scheme, name, oidc =>
        {
            oidc.Authority = authority;
            oidc.ClientId = client;
            oidc.ClientSecret = secret;
            oidc.RequireHttpsMetadata = !(where.IsLoopback || IPAddress.TryParse(where.Host, out var ip) && IPAddress.IsLoopback(ip));
            oidc.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // Comes back as a link, which a Lax cookie goes along with; a form from elsewhere would find none.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.UsePkce = true;
            oidc.CallbackPath = "/signin/sign-on/back";
            oidc.SignedOutCallbackPath = "/signin/sign-on/out";
            oidc.RemoteSignOutPath = "/signin/sign-on/ended";
            oidc.Scope.Clear();
            oidc.Scope.Add("openid");
            oidc.Scope.Add("email");
            oidc.MapInboundClaims = false;
            oidc.SaveTokens = false;
            foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            oidc.Events.OnTicketReceived = Received;
            oidc.Events.OnRemoteFailure = Failed;
        });
    }

    public static void MapSignOn(this WebApplication app)
    {
        if (app.Services.GetService<SignOn>() is null)
            return;
        app.MapGet("/signin/sign-on", (string? returnUrl) =>
            Results.Challenge(new AuthenticationProperties { RedirectUri = SignInEndpoints.Local(returnUrl) }, [SignOn.Scheme]));
    }

    /// <summary>Finds whose sign-on this is: by what was linked before, else by an address that the provider has verified, which links it.</summary>
    private static async Task Received(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var users = services.GetRequiredService<UserManager<Account>>();
        var (issuer, subject) = (context.Principal!.FindFirstValue("iss") ?? "", context.Principal!.FindFirstValue("sub") ?? "");
        var account = await users.FindByLoginAsync(issuer, subject);
        if (account is null && context.Principal!.FindFirstValue("email_verified") is "true" or "True" && EmailAddress.Read(context.Principal!.FindFirstValue("email")) is { } email
            && (account = await users.FindByEmailAsync(email)) is not null
            && !(await users.AddLoginAsync(account, new UserLoginInfo(issuer, subject, services.GetRequiredService<SignOn>().Name))).Succeeded)
            account = null;
        if (account is null)
        {
            await services.GetRequiredService<IAudit>().Note("", "sign-in refused", "by the league's sign-on: no account has this address");
            Turn(context, SignInRefusals.SignOnUnknown);
        }
        else if (await services.GetRequiredService<Entrance>().Ticket(context.HttpContext, new MemberId(account.Id), "sign-on") is { } ticket)
        {
            context.Principal = ticket.Principal;
            context.Properties!.IsPersistent = true;
        }
        else
        {
            Turn(context, SignInRefusals.NoStanding);
        }
    }

    private static Task Failed(RemoteFailureContext context)
    {
        context.HttpContext.RequestServices.GetRequiredService<ILogger<SignOn>>().LogWarning(context.Failure, "The league's sign-on failed.");
        context.Response.Redirect($"/signin?problem={SignInRefusals.SignOnFailed.Code}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static void Turn(TicketReceivedContext context, Kernel.Refusal refusal)
    {
        context.Response.Redirect($"/signin?problem={refusal.Code}");
        context.HandleResponse();
    }
}
