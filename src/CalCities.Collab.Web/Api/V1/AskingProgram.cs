using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.Net.Http.Headers;

namespace CalCities.Collab.Api.V1;

/// <summary>Before every answer to a program: its owner's present standing, and how fast it asks.</summary>
internal sealed class AskingProgram(IGrainFactory grains, TimeProvider clock) : IEndpointFilter
{
    /// <summary>Reading every thread of a busy group once a minute; more is a loop gone wrong.</summary>
    public const int RequestsPerMinute = 600;

    /// <summary>Beyond this many, buckets that have filled up again are forgotten.</summary>
    private const int ForgetBeyond = 10_000;

    private static readonly object ViewerKey = new();

    private readonly ConcurrentDictionary<MemberId, TokenBucket> buckets = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var member = context.HttpContext.User.Caller().Member;
        if (!BucketOf(member).TryTake())
            return ApiProblem.TooFast;
        try
        {
            if (await grains.GetGrain<ITellingGrain>(GrainId.Create(member.Stream.Type, member.Stream.Key)).Tell() is not { Fact: MemberFact { Standing: var standing } })
                return ApiProblem.Of(KernelRefusals.NoStanding, StatusCodes.Status403Forbidden);
            context.HttpContext.Items[ViewerKey] = new Viewer(member, standing);
            return await next(context);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or System.Data.Common.DbException)
        {
            context.HttpContext.RequestServices.GetRequiredService<ILogger<AskingProgram>>().LogWarning(failure, "A program's request can't be answered at the moment.");
            return ApiProblem.Away;
        }
    }

    /// <summary>The token's owner, with the standing that they had when this request began.</summary>
    public static Viewer ViewerOf(HttpContext http) => (Viewer)http.Items[ViewerKey]!;

    private TokenBucket BucketOf(MemberId member)
    {
        if (buckets.Count > ForgetBeyond)
            foreach (var (key, bucket) in buckets)
                if (bucket.IsFull)
                    buckets.TryRemove(new(key, bucket));
        return buckets.GetOrAdd(member, _ => new TokenBucket(clock, RequestsPerMinute));
    }
}

/// <summary>One thing for one viewer, asked for again only when it has changed.</summary>
internal static class Versioned
{
    /// <summary>The view through its sight, with the stream's version; a thing that the viewer may not see is answered like one that isn't there.</summary>
    public static async Task<IResult> Answer<TSight, TView, TEvent>(
        HttpContext http, LiveTopics topics, StreamId stream, long? atLeast, Func<TView, long, IResult> shown)
        where TSight : ISight<TView, TEvent>
        where TView : class, IView<TView, TEvent>
    {
        if (!StreamId.TryParse(stream.ToString(), out _))
            return NotFound;
        var viewer = AskingProgram.ViewerOf(http);
        await using var watch = await topics.Watch<TSight, TView, TEvent>(stream, viewer.Member, static _ => Task.CompletedTask, cancel: http.RequestAborted);
        if (watch.View is not null && atLeast > watch.Version)
            await watch.CatchUp(new Outcome.Recorded(atLeast.Value, 0), http.RequestAborted);
        if (watch.View is not { } view)
            return watch.State is LiveState.Live ? NotFound : ApiProblem.Away;
        if (watch.Version == 0)
            return NotFound;

        // Two viewers see a thing otherwise, and one does when their standing changes.
        var seenBy = Convert.ToHexStringLower(SHA256.HashData(JsonBytes(viewer)).AsSpan(0, 8));
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{watch.Version}-{seenBy}\""));
        http.Response.Headers.ETag = tag.ToString();
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : shown(view, watch.Version);
    }

    public static IResult NotFound => ApiProblem.Of(ApiRefusals.NotFound, StatusCodes.Status404NotFound);

    private static byte[] JsonBytes(Viewer viewer) => System.Text.Encoding.UTF8.GetBytes($"{viewer.Member}{Kinds.Write(viewer.Standing)}");
}
