using System.ComponentModel;
using System.Globalization;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.SignIn;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Api.V1;

/// <summary>Threads for programs, and whose token it is that asks.</summary>
internal static class ThreadsApi
{
    public static void MapMe(this RouteGroupBuilder v1) =>
        v1.MapGet("/me", async (HttpContext http, IGrainFactory grains) =>
        {
            var (viewer, caller) = (AskingProgram.ViewerOf(http), http.User.Caller());
            var state = await grains.GetGrain<IPassGrain>(GrainId.Create("access", caller.Member.Value)).StateOf(caller.Pass!);
            return TypedResults.Ok(new MeAnswer(viewer.Member.Value, viewer.Standing.DisplayName, state == PassState.WriteToken));
        })
        .WithSummary("Whose token this is").WithTags("Token");

    public static void MapThreads(this RouteGroupBuilder v1)
    {
        v1.MapGet("/threads", List).Produces<PageAnswer<ThreadRowAnswer>>().ProducesProblem(StatusCodes.Status400BadRequest).WithTags("Threads")
            .WithSummary("Threads that you may read").WithDescription("The one last written in first; narrow them to a group or a bill by its id.");
        v1.MapGet("/threads/{id}", One).Produces<ThreadAnswer>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Threads")
            .WithSummary("A thread").WithDescription("With an ETag: send it back as If-None-Match and get 304 while nothing has changed. A thread that you may not read is answered like one that isn't there.");
        v1.MapGet("/threads/{id}/posts", Posts).Produces<PageAnswer<PostAnswer>>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).WithTags("Threads")
            .WithSummary("A thread's posts").WithDescription("In the order in which they were written, as you may see them.");
        v1.MapCommands("/threads", "thread", "thread");
    }

    private static async Task<IResult> List(
        HttpContext http, ThreadListQueries threads, string? group, string? bill, string? cursor,
        [Description("How many at most: 1 to 100, without it 50.")] int? limit)
    {
        if (ApiHosting.LimitOf(limit) is not { } size)
            return ApiProblem.Of(ApiRefusals.BadLimit, StatusCodes.Status400BadRequest);
        if (!TryPlace(cursor, out var place))
            return ApiProblem.Of(ApiRefusals.BadCursor, StatusCodes.Status400BadRequest);
        var page = await threads.After(AskingProgram.ViewerOf(http), place, size, group is null ? null : new GroupId(group), bill is null ? null : new BillId(bill), http.RequestAborted);
        return TypedResults.Ok(new PageAnswer<ThreadRowAnswer>(
            [.. page.Rows.Select(row => new ThreadRowAnswer(row.Thread.Value, row.Title, row.Group.Value, row.GroupName, row.Bill?.Value, row.BillNumber, row.Readers.ToString(),
                row.IsClosed, row.OpenedBy, row.Posts, row.LastBy, row.LastExcerpt, row.MovedAt))],
            page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static Task<IResult> One(HttpContext http, LiveTopics topics, string id, [Description("Waits until the thread has this version: the one that a command of yours was recorded at.")] long? atLeast) =>
        Versioned.Answer<ThreadSight, ThreadView, ThreadEvent>(http, topics, new ThreadId(id).Stream, atLeast, (view, version) => view.Head is not { } head ? Versioned.NotFound : TypedResults.Ok(new ThreadAnswer(
            view.Id.Value, version, head.Title, head.Group.Value, head.GroupName, head.Bill?.Value, head.BillNumber, head.Readers.ToString(), view.Closing is not null,
            head.OpenedBy.Value, head.By.DisplayName, head.At, view.Posts.Count, [.. view.Pins.Select(pin => pin.Value)],
            [.. view.Stances.Select(held => new StanceAnswer(held.Key, held.Value.By.DisplayName, held.Value.Stance.ToString(), held.Value.Post.Value))])));

    private static async Task<IResult> Posts(
        HttpContext http, LiveTopics topics, string id, string? cursor, long? atLeast,
        [Description("How many at most: 1 to 100, without it 50.")] int? limit)
    {
        if (ApiHosting.LimitOf(limit) is not { } size)
            return ApiProblem.Of(ApiRefusals.BadLimit, StatusCodes.Status400BadRequest);
        if (!TryPlace(cursor, out var after) || after is < 0 or > int.MaxValue)
            return ApiProblem.Of(ApiRefusals.BadCursor, StatusCodes.Status400BadRequest);
        return await Versioned.Answer<ThreadSight, ThreadView, ThreadEvent>(http, topics, new ThreadId(id).Stream, atLeast, (view, _) =>
        {
            var posts = view.Posts.Skip((int)(after ?? 0)).Take(size).Select(Shown).ToArray();
            return TypedResults.Ok(new PageAnswer<PostAnswer>(posts, posts is [.., var last] && last.Number < view.Posts.Count ? last.Number.ToString(CultureInfo.InvariantCulture) : null));
        });
    }

    private static PostAnswer Shown(PostView post) => new(
        post.Id.Value, post.Number, post.Version, post.Author.Value, post.By.DisplayName, post.At, post.Stance.ToString(), post.InReplyTo?.Value,
        post.Quote is { } quote ? new QuoteAnswer(quote.Of.Value, quote.Revision, quote.Start, quote.Length) : null,
        post.State.ToString(), post.Removal is { } removal ? new RemovalAnswer(removal.By.DisplayName, removal.At, removal.Reason) : null,
        [.. post.Revisions.Select(revision => new RevisionAnswer(revision.At, revision.Body))],
        [.. post.Agreements.Select(agreement => new AgreementAnswer(agreement.Member.Value, agreement.By.DisplayName))]);

    /// <summary>A place in a list; false for a cursor that no page of ours gave.</summary>
    internal static bool TryPlace(string? cursor, out long? place)
    {
        place = null;
        if (cursor is null)
            return true;
        if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            return false;
        place = read;
        return true;
    }
}
