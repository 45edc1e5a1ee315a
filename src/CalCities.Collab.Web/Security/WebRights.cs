using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Rosters;

namespace CalCities.Collab.Security;

/// <summary>Who may ask for which address: "page /bills" for pages, "POST /signout" for the rest. What they get there, the rights of what they name decide.</summary>
internal sealed class WebRights : IRights
{
    /// <summary>Signed in, with or without standing: what needs standing says so on its own page.</summary>
    private const ActorKinds SignedIn = Relations.Everyone | ActorKinds.Suspended;

    private const ActorKinds Anyone = SignedIn | ActorKinds.Anonymous;

    public static ImmutableArray<Right> Rows { get; } =
    [
        new("any", Anyone | ActorKinds.ApiToken, WebRefusals.NotFound,
            "GET file", "GET /{**path:file}", "any /health/live", "any /health/ready", "page /not-found", "page /error"),
        new("any", Anyone, WebRefusals.NotFound,
            "page /agendas/{Id}", "page /signin", "page /access", "POST /signin/demo", "POST /signout", "GET /_framework/opaque-redirect", "any /_blazor/disconnect/"),
        new("any", SignedIn, WebRefusals.SignInFirst,
            "page /", "page /bills", "page /bills/{Id}", "page /groups", "page /groups/{Slug}", "page /threads/new", "page /threads/{Id}", "page /meetings", "page /meetings/new", "page /meetings/{Id}", "page /meetings/{Id}/screen", "page /meetings/{Id}/record", "GET /meetings/{id}/votes.csv",
            "page /directory", "page /cities/{Slug}", "page /people/{Id}",
            "any /_blazor", "any /_blazor/negotiate", "any /_blazor/initializers/"),
        new("any", ActorKinds.Staff | ActorKinds.Admin, RosterRefusals.OnlyStaff,
            "page /admin/rosters", "GET /admin/rosters/export", "POST /admin/rosters/preview", "POST /admin/rosters/table", "POST /admin/rosters/apply", "POST /admin/rosters/undo",
            "POST /admin/league"),
        new("any", SignedIn | ActorKinds.ApiToken, WebRefusals.SignInFirst,
            "any /hubs/live", "any /hubs/live/negotiate", "hub Follow", "hub Execute", "hub Signal"),
    ];
}
