using System.Text.Json;
using CalCities.Collab.Kernel;
using CalCities.Collab.Security;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace CalCities.Collab.Api.V1;

/// <summary>The hub for programs over plain HTTP: /api/v1, what it says of itself, and the tokens by which programs come in.</summary>
public static class ApiHosting
{
    private const string Document = "openapi";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenSignIn>(SignedIn.TokenScheme, null);
        services.ConfigureAll<CookieAuthenticationOptions>(cookie => cookie.ForwardDefaultSelector = TokenSignIn.SchemeFor);
        services.AddSingleton<AskingProgram>();
        // A program at the live hub may name its token in the address, which the host's own request log would print.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        services.AddOpenApi(Document, document =>
        {
            document.ShouldInclude = asked => asked.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            document.AddDocumentTransformer(Describe);
        });
    }

    private static Task Describe(OpenApiDocument described, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        described.Info = new OpenApiInfo
        {
            Title = "CalCities Collab for programs",
            Version = "1",
            Description = "Reads threads, bills and groups as you may see them, and sends commands as you. "
                + "Make a token on your page /me/tokens and send it with every request as \"Authorization: Bearer cct.…\". "
                + "For what happens live, follow /hubs/live (SignalR) with the same token.",
        };
        described.Components ??= new OpenApiComponents();
        described.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        described.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token from /me/tokens." };
        described.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", described)] = [] }];
        described.Servers?.Clear();
        return Task.CompletedTask;
    }

    public static void MapApi(this WebApplication app)
    {
        var v1 = app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, OfOneProgram>().DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        v1.MapMe();
        v1.MapThreads();
        v1.MapBills();
        v1.MapGroups();
        app.MapOpenApi("/api/v1/{documentName}.json");
        // Its script and fonts are its own, from this host, under the hub's policy; what would call other hosts is off.
        app.MapScalarApiReference("/api/reference", (page, http) =>
        {
            page.WithTitle("CalCities Collab for programs").AddDocument(Document, routePattern: "/api/v1/{documentName}.json")
                .WithNonce(http.CspNonce()).DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry();
            page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        });
    }

    /// <summary>Maps the commands of one type of stream: POST {id}/commands.</summary>
    internal static void MapCommands(this RouteGroupBuilder v1, string path, string streamType, string name)
    {
        v1.MapPost($"{path}/{{id}}/commands", async (HttpContext http, string id, IDoor door, HubStreams streams, RightsTable rights) =>
        {
            CommandRequest? asked;
            try
            {
                asked = await JsonSerializer.DeserializeAsync<CommandRequest>(http.Request.Body, Kinds.Json, http.RequestAborted);
            }
            catch (BadHttpRequestException tooBig) when (tooBig.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return ApiProblem.Of(ApiRefusals.TooBig, StatusCodes.Status413PayloadTooLarge);
            }
            catch (JsonException)
            {
                return ApiProblem.Of(HubRefusals.BadCommand, StatusCodes.Status400BadRequest);
            }

            if (asked is not { Kind: not null, CommandId: not null, Body.ValueKind: JsonValueKind.Object } || !streams.TryFind($"{streamType}/{id}", out var stream, out var found))
                return ApiProblem.Of(HubRefusals.BadCommand, StatusCodes.Status400BadRequest);
            return ApiProblem.Of(await found.Execute(door, stream, http.User.Caller(), new CommandId(asked.CommandId), asked.Kind, asked.Body, http.RequestAborted), rights);
        })
        .Accepts<CommandRequest>("application/json").WithMetadata(new RequestSizeLimitAttribute(LiveHub.MaxMessageBytes))
        .Produces<RecordedAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .WithSummary($"Send a command to a {name}").WithTags("Commands")
        .WithDescription("200: it is recorded. 400: no such command. 403: you may not. 409: it doesn't fit what stands there now. 503 with Retry-After: nobody knows yet; send it again with the same commandId.");

        // The pages' address for files ("/{**path:file}") takes every GET that no other has, and would answer that there is no such thing.
        v1.MapMethods($"{path}/{{id}}/commands", Reading, (HttpContext http, string id) =>
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return ApiProblem.Of(ApiRefusals.OnlySent, StatusCodes.Status405MethodNotAllowed);
        }).ExcludeFromDescription();
    }

    /// <summary>What a list's "limit" asks for; null for what is none.</summary>
    internal static int? LimitOf(int? asked) => asked switch { null => 50, >= 1 and <= 100 => asked, _ => null };

    /// <summary>The one filter of all hosts' requests: an endpoint filter is made anew for each endpoint, its counts must not be.</summary>
    private sealed class OfOneProgram(AskingProgram asking) : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => asking.InvokeAsync(context, next);
    }
}
