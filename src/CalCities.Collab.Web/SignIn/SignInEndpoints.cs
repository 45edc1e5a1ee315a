using CalCities.Collab.Accounts;
using CalCities.Collab.Demo;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace CalCities.Collab.SignIn;

/// <summary>Signing in and out: a cookie that says which member acts; what the member may do is read from the log at every command.</summary>
public static class SignInEndpoints
{
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Entrance>();
        builder.Services.AddPresence();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.CookieManager = new HostCookieManager();
            cookie.Cookie.Name = "collab";
            cookie.Cookie.HttpOnly = true;
            // Lax, not Strict: a link in a mail opens the thread it names.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/signin";
            cookie.AccessDeniedPath = "/access";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = IAccessGrain.UnusedFor;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = Validate;
            cookie.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
        });
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/signin/demo", async (HttpContext http, Demonstration demonstration, IGrainFactory grains, IAudit audit, [FromForm] string? persona, [FromForm] string? returnUrl) =>
        {
            if (!demonstration.IsOn || Personas.Find(persona) is not { } found)
                return Results.Text("This hub has no such persona. Go back and choose one from the list.", statusCode: StatusCodes.Status404NotFound);
            var pass = await grains.GetGrain<IAccessGrain>(found.Slug).Begin(Device.Of(http.Request), "persona");
            await audit.Note(found.Slug, "signed in", $"by persona, {Device.Of(http.Request)}");
            await http.SignInAsync(SignedIn.Principal(new Caller(new MemberId(found.Slug), pass), found.DisplayName), new AuthenticationProperties { IsPersistent = false });
            return Results.LocalRedirect(Local(returnUrl));
        });
        app.MapPost("/signout", async (HttpContext http, Entrance entrance, [FromForm] string? returnUrl) =>
        {
            await entrance.End(http, "");
            await http.SignOutAsync();
            return Results.LocalRedirect(returnUrl is null ? "/signin" : Local(returnUrl));
        });
    }

    /// <summary>The address to go on to: one of this host ("/bills?q=water"), else the start page. "//other.example" and "/\other.example" are other hosts.</summary>
    internal static string Local(string? url) =>
        url is ['/', not ('/' or '\\'), ..] or "/" && !url.Any(char.IsControl) ? url : "/";

    /// <summary>A cookie whose session has ended is no sign-in, and is taken from the browser.</summary>
    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } user && user.Caller() is { Member.Value.Length: > 0, Pass: { Length: > 0 } pass } caller
            && await context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>(caller.Member.Value).StateOf(pass) is PassState.Session)
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync();
    }

    // A page is sent to sign in and back; a program or a circuit is told plainly.
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (HttpMethods.IsGet(context.Request.Method) && !Security.OriginCheck.IsLive(context.Request.Path) && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            context.Response.Redirect(context.RedirectUri);
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>Names the cookie "__Host-…" on https, where browsers then bind it to this host; http is loopback only, and there the prefix is not allowed.</summary>
internal sealed class HostCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        inner.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => inner.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}
