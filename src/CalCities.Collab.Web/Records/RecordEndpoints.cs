using System.Globalization;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Http.Features;

namespace CalCities.Collab.Records;

/// <summary>Downloads of the record: one's own, and a city's for its clerk.</summary>
public static class RecordEndpoints
{
    /// <summary>Each reads the log: more at once would take its readers from the pages.</summary>
    private const int AtOnce = 2;

    private static readonly SemaphoreSlim Slots = new(AtOnce, AtOnce);

    public static void AddRecords(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RecordExport>();

    public static void MapRecords(this WebApplication app)
    {
        // The form is what carries the antiforgery token; a GET would let another site make the hub work.
        app.MapPost("/me/record/download", async (HttpContext http, IFormCollection form, IGrainFactory grains) =>
        {
            var member = http.User.Caller().Member;
            return await Presence.StandingOf(grains, member) is { } standing
                ? await Download(http, RecordOf.Person(new Viewer(member, standing)), "my-record", "own record")
                : Refused(KernelRefusals.NoStanding, StatusCodes.Status403Forbidden);
        });
        app.MapPost("/cities/{slug}/record/download", async (HttpContext http, IFormCollection form, IGrainFactory grains, RecordQueries records, string slug) =>
        {
            var names = await records.Names(http.RequestAborted);
            var city = names.Find(slug);
            if (await Presence.StandingOf(grains, http.User.Caller().Member) is not { } standing)
                return Refused(KernelRefusals.NoStanding, StatusCodes.Status403Forbidden);
            return RecordRights.AgainstCity(standing, OwnOf(standing, names), city) is { } refusal
                ? Refused(refusal, StatusCodes.Status403Forbidden)
                : await Download(http, RecordOf.City(city, names, await records.PeopleOf(city, http.RequestAborted)), $"record-{city}", $"record of {city}");
        });
    }

    /// <summary>The city that someone is of, whatever it was called when that was noted.</summary>
    internal static CityId? OwnOf(Standing standing, CityNames names) => standing.City is { } own ? names.Of(own) : null;

    private static async Task<IResult> Download(HttpContext http, RecordOf whose, string name, string noted)
    {
        if (!await Slots.WaitAsync(TimeSpan.Zero, http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "60";
            return Refused(RecordRefusals.Busy, StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            var services = http.RequestServices;
            await services.GetRequiredService<IAudit>().Note(http.User.Caller().Member.Value, AuditActions.Exported, $"Downloaded the {noted}.");
            var day = Pacific.Day(services.GetRequiredService<TimeProvider>().GetUtcNow());
            http.Response.ContentType = "application/zip";
            http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{day:yyyy-MM-dd}.zip\"");
            // It is as long as it is; a client that falls asleep is the server's usual limit to end.
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await services.GetRequiredService<RecordExport>().Write(http.Response.Body, whose, http.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            Slots.Release();
        }
    }

    private static IResult Refused(Refusal refusal, int status) => Results.Text(refusal.Sentence, statusCode: status);
}
