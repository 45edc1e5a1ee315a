using System.Text;
using CalCities.Collab.Accounts;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace CalCities.Collab.Rosters;

/// <summary>The forms of the page of rosters: look at a file, bring it in, take it back, and the files to take out.</summary>
public static class RosterEndpoints
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Rosters in and out; after accounts, whose addresses they need.</summary>
    public static void AddRosters(this IHostApplicationBuilder builder)
    {
        if (builder.Services.All(service => service.ServiceType != typeof(IAccountBook)))
            builder.AddAccounts();
        builder.Services.AddSingleton<RosterImport>();
        builder.Services.AddHostedService<RosterResume>();
    }

    public static void MapRosters(this WebApplication app)
    {
        app.MapPost("/admin/league", async (IFormCollection _, IDoor door, CancellationToken cancel) =>
        {
            await new LeagueFounding(door).Run(cancel);
            return Results.LocalRedirect("/");
        });

        app.MapPost("/admin/rosters/preview", async (RosterQueries texts, IFormFile? file, [FromForm] string? whole, CancellationToken cancel) =>
        {
            if (file is not { Length: > 0 })
                return Back("Choose a file first.");
            if (file.Length > RosterFile.MaxBytes)
                return Back($"A file has {RosterFile.MaxBytes / 1024 / 1024} MB at most. Divide it by groups.");
            using var read = new MemoryStream();
            await file.CopyToAsync(read, cancel);
            try
            {
                return Results.LocalRedirect($"/admin/rosters?file={await texts.Keep(Strict.GetString(read.GetBuffer(), 0, (int)read.Length), cancel)}{(whole is null ? "" : "&whole=true")}");
            }
            catch (DecoderFallbackException)
            {
                return Back("The file is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.");
            }
        }).WithMetadata(new RequestSizeLimitAttribute(RosterFile.MaxBytes + 64 * 1024));

        app.MapPost("/admin/rosters/table", async (HttpContext http, RosterQueries texts, [FromForm(Name = "group")] string slug, CancellationToken cancel) =>
        {
            var form = await http.Request.ReadFormAsync(cancel);
            var columns = RosterFile.OfOneGroup;
            var rows = from row in Enumerable.Range(0, Math.Min(form[columns[0]].Count, RosterFile.MaxRows))
                       let fields = columns.ToDictionary(column => column, column => form[column].ElementAtOrDefault(row)?.Trim() ?? "", StringComparer.Ordinal)
                       where fields["email"].Length > 0 || fields["member"].Length > 0
                       select new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["group"] = slug };
            return Results.LocalRedirect($"/admin/rosters?file={await texts.Keep(RosterFile.Write(rows), cancel)}&whole=true");
        });

        app.MapPost("/admin/rosters/apply", async (HttpContext http, RosterImport import, RosterQueries texts, IGrainFactory grains, [FromForm] string file, [FromForm] string id, [FromForm] string? whole, CancellationToken cancel) =>
        {
            var roster = new RosterId(id);
            if (await Viewer(http, grains) is not { } by || !StreamId.TryParse(roster.Stream.ToString(), out _) || await texts.Text(file, cancel) is not { } text)
                return Back("That file is not here any more. Upload it again.");
            var preview = await import.Preview(text, whole is not null, by, cancel);
            if (!preview.Problems.IsEmpty || preview.Plan.IsEmpty)
                return Results.LocalRedirect($"/admin/rosters?file={Uri.EscapeDataString(file)}{(whole is null ? "" : "&whole=true")}");
            // Whoever closes the page doesn't stop an import half-way.
            return Back(await import.Begin(roster, file, preview.Plan, http.User.Caller(), CancellationToken.None) switch
            {
                Outcome.Recorded => "What came of the file stands below, first under Imports.",
                Outcome.Refused refused => refused.Refusal.Sentence,
                _ => "Nobody knows yet whether that was recorded. If it doesn’t stand below under Imports in a minute, upload the file again.",
            });
        });

        app.MapPost("/admin/rosters/undo", async (HttpContext http, RosterImport import, RosterQueries imports, IGrainFactory grains, [FromForm] string id, CancellationToken cancel) =>
            (await imports.Last(cancel)).FirstOrDefault(row => row.Id.Value == id) is not { } row || await Viewer(http, grains) is not { } by
                ? Back("There is no such import among the last ones.")
                : Back(await import.Undo(row, by, http.User.Caller(), CancellationToken.None) ?? "The import is taken back."));

        app.MapGet("/admin/rosters/export", async (RosterImport import, string? group, CancellationToken cancel) =>
            Results.File(Encoding.UTF8.GetPreamble().Concat(Strict.GetBytes(RosterFile.Write(await import.Rows(group is { Length: > 0 } ? new GroupId(group) : null, cancel)))).ToArray(),
                "text/csv; charset=utf-8", group is { Length: > 0 } && StreamId.TryParse($"group/{group}", out _) ? $"roster-{group}.csv" : "rosters.csv"));
    }

    /// <summary>Who asks, with their present standing; null for someone who has none.</summary>
    internal static async Task<Viewer?> Viewer(HttpContext http, IGrainFactory grains)
    {
        var member = http.User.Caller().Member;
        return await grains.GetGrain<ITellingGrain>(GrainId.Create(member.Stream.Type, member.Stream.Key)).Tell() is { Fact: MemberFact fact } ? new Viewer(member, fact.Standing) : null;
    }

    private static IResult Back(string said) => Results.LocalRedirect($"/admin/rosters?said={Uri.EscapeDataString(said)}");
}
