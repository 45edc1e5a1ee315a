using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;

namespace CalCities.Collab.Security;

/// <summary>Every request passes here: its address must stand in the rights table, and who asks must be of a kind that the row admits. What isn't in the table is answered as if it weren't there.</summary>
internal sealed class RightsGate(RightsTable rights, IGrainFactory grains)
{
    /// <summary>All that someone signed in can be; a row that admits them all needs nobody's standing.</summary>
    private const ActorKinds SignedIn = Relations.Everyone | ActorKinds.Suspended;

    public async Task Pass(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }

        if (rights.Of(ActOf(endpoint, http.Request.Method)) is not [var row])
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (row.Allows(ActorKinds.Anonymous))
            await next(http);
        else if (http.User.Identity is not { IsAuthenticated: true })
            await http.ChallengeAsync();
        else if (row.Allows(await KindsOf(http.User, row)))
            await next(http);
        else
            await http.ForbidAsync();
    }

    /// <summary>How the table names what an endpoint does.</summary>
    public static string ActOf(RouteEndpoint endpoint, string method)
    {
        var pattern = endpoint.RoutePattern.RawText ?? "";
        pattern = pattern.StartsWith('/') ? pattern : $"/{pattern}";
        return endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null ? "GET file"
            : endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? $"page {pattern}"
            : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } ? $"any {pattern}"
            : $"{(HttpMethods.IsHead(method) ? HttpMethods.Get : method.ToUpperInvariant())} {pattern}";
    }

    private async Task<ActorKinds> KindsOf(System.Security.Claims.ClaimsPrincipal user, Right row)
    {
        if (user.IsProgram())
            return ActorKinds.ApiToken;
        if ((row.May & SignedIn) == SignedIn)
            return ActorKinds.Suspended;
        var member = user.Caller().Member;
        var told = await grains.GetGrain<ITellingGrain>(GrainId.Create(member.Stream.Type, member.Stream.Key)).Tell();
        return told.Fact is not MemberFact { Standing: var standing } ? ActorKinds.Suspended
            : Relations.Of(standing) is var kinds and not ActorKinds.Nobody ? kinds | ActorKinds.OtherMember
            : ActorKinds.OtherMember;
    }
}

/// <summary>The methods of /hubs/live stand in the rights table like every address.</summary>
internal sealed class RightsHubFilter(RightsTable rights) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
        rights.Of($"hub {invocationContext.HubMethodName}").IsEmpty
            ? throw new HubException(WebRefusals.NotFound.Sentence)
            : next(invocationContext);
}
