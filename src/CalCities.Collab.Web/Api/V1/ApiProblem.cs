using CalCities.Collab.Kernel;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CalCities.Collab.Api.V1;

/// <summary>Refusals of /api/v1 itself, before any slice is asked.</summary>
public static class ApiRefusals
{
    public static readonly Refusal NoToken = new("NoToken",
        "Send a token that holds, as \"Authorization: Bearer cct.…\". Make one on your page /me/tokens.");
    public static readonly Refusal NotFound = new("NotFound", "There is no such thing, or it is not one that you may see.");
    public static readonly Refusal OnlySent = new("OnlySent", "Commands are sent here, with POST. There is nothing to read at this address.");
    public static readonly Refusal BadLimit = new("BadLimit", "A limit is a whole number from 1 to 100.");
    public static readonly Refusal BadCursor = new("BadCursor", "Give the \"next\" of the page before as \"cursor\", unchanged.");
    public static readonly Refusal TooBig = new("TooBig", "This request is larger than any command. Send one command at a time.");
    public static readonly Refusal Away = new("Away", "The hub can't answer this at the moment. Ask again in a few seconds.");
    public static readonly Refusal Unknown = new("Unknown",
        "Nobody knows yet whether this was recorded. Send it again with the same commandId: that is safe, and tells.");
}

/// <summary>What stands against a request, as RFC 9457 has it: the refusal's sentence is the detail, its code a member beside it.</summary>
internal static class ApiProblem
{
    private const string RetrySeconds = "5";

    /// <summary>503, with the time after which to ask again.</summary>
    public static IResult Away { get; } = new Later(ApiRefusals.Away, StatusCodes.Status503ServiceUnavailable);

    public static ProblemHttpResult Of(Refusal refusal, int status) =>
        TypedResults.Problem(refusal.Sentence, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code });

    /// <summary>429, with the time after which to ask again.</summary>
    public static IResult TooFast { get; } = new Later(KernelRefusals.TooFast, StatusCodes.Status429TooManyRequests);

    /// <summary>How a command ended: 200 recorded, 4xx refused, 503 not known.</summary>
    public static IResult Of(ExecuteAnswer answer, RightsTable rights) => answer.Outcome switch
    {
        ExecuteAnswer.Recorded => TypedResults.Ok(new RecordedAnswer(answer.Version!.Value, answer.Position!.Value)),
        ExecuteAnswer.Unknown => new Later(ApiRefusals.Unknown, StatusCodes.Status503ServiceUnavailable),
        _ when answer.Code == KernelRefusals.TooFast.Code => TooFast,
        _ => Of(new Refusal(answer.Code!, answer.Sentence!), StatusOf(answer.Code!, rights)),
    };

    private static int StatusOf(string code, RightsTable rights) =>
        code == KernelRefusals.SignedOut.Code ? StatusCodes.Status401Unauthorized
        : code == ThreadRefusals.NoSuchThread.Code ? StatusCodes.Status404NotFound
        : code == HubRefusals.BadCommand.Code || code == KernelRefusals.BadCommandId.Code || code == KernelRefusals.UnknownCommand.Code ? StatusCodes.Status400BadRequest
        : Denials.Are(code, rights) ? StatusCodes.Status403Forbidden
        : StatusCodes.Status409Conflict;

    private sealed class Later(Refusal refusal, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = RetrySeconds;
            return Of(refusal, status).ExecuteAsync(httpContext);
        }
    }
}
