using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Security;

namespace CalCities.Collab.Api.V1;

/// <summary>Who may ask /api/v1: programs with a token. What a thing or command there allows, its own rows decide for the token's owner.</summary>
internal sealed class ApiRights : IRights
{
    public static ImmutableArray<Right> Rows { get; } =
    [
        new("any", ActorKinds.ApiToken, ApiRefusals.NoToken,
            "GET /api/v1/me", "GET /api/v1/threads", "GET /api/v1/threads/{id}", "GET /api/v1/threads/{id}/posts", "POST /api/v1/threads/{id}/commands",
            "GET /api/v1/bills", "GET /api/v1/bills/{id}", "POST /api/v1/bills/{id}/commands",
            "GET /api/v1/groups", "GET /api/v1/groups/{id}", "GET /api/v1/groups/{id}/roster", "POST /api/v1/groups/{id}/commands",
            "GET /api/v1/members/{id}", "GET /api/v1/cities/{id}"),
        // Answered with what works there: a command is sent, not read.
        new("any", ActorKinds.ApiToken, ApiRefusals.NoToken,
            "GET /api/v1/threads/{id}/commands", "GET /api/v1/bills/{id}/commands", "GET /api/v1/groups/{id}/commands"),
        // A token makes no token: only a person who has signed in does.
        new("one's own", Relations.Everyone, WebRefusals.SignInFirst, "page /me/tokens"),
        // What programs may ask is no secret; the answers are.
        new("any", Relations.Everyone | ActorKinds.Suspended | ActorKinds.Anonymous | ActorKinds.ApiToken, WebRefusals.NotFound,
            "GET /api/v1/{documentName}.json", "GET /api/reference/{documentName?}", "GET /api/reference/scalar.js", "GET /api/reference/scalar.aspnetcore.js", "GET /api/reference/favicon.svg"),
    ];
}
