using CalCities.Collab.Demo;
using CalCities.Collab.Kernel;
using CalCities.Collab.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;

namespace CalCities.Collab.Shell;

/// <summary>The pages: Blazor with interactive server rendering, MudBlazor, and the security that all of HTTP passes.</summary>
public static class Pages
{
    /// <summary>Wi-Fi that blinks drops a whole room at once; each kept circuit costs up to 400 KiB, so this many cost 0.4 GB.</summary>
    public const int MaxRetainedCircuits = 1_000;

    /// <summary>Adds the pages, what they may be asked by whom (Security) and the demonstration's switch.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        // Also unpublished and in Production: without it blazor.web.js and MudBlazor's files answer 500.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Demonstration(Demonstration.Asked(builder.Configuration)));
        builder.AddSecurity();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = MaxRetainedCircuits;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        });
        builder.Services.AddMudServices();
        builder.Services.AddSingleton(new RightsTable(typeof(ICommand).Assembly, typeof(WebRights).Assembly));
        builder.Services.AddSingleton<RightsGate>();
        builder.Services.AddSingleton<OpenCircuits>();
        builder.Services.AddScoped<CircuitHandler, CircuitCap>();
    }

    /// <summary>Puts the middleware in its order and maps pages and static files. Other endpoints may be mapped before or after.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseSecurity();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(AnswerPlainly);
        // Here, not at the start where the host would put it: an error page is found by routing again.
        app.UseRouting();
        app.UseAuthentication();
        // Pages' [Authorize] is for the router inside a circuit; who may ask for which address, the rights table says.
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<RightsGate>().Pass);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>Only who looks for a page that isn't there gets a page; a program gets the bare status, and a form that came too late a sentence.</summary>
    private static async Task AnswerPlainly(HttpContext http, RequestDelegate next)
    {
        var looks = HttpMethods.IsGet(http.Request.Method)
            && http.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
        await next(http);
        var response = http.Response;
        if ((!looks || response.StatusCode != StatusCodes.Status404NotFound) && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
            await response.WriteAsync("This form was open for too long, so the hub did not take it. Go back, load the page again and send it once more.");
    }
}
