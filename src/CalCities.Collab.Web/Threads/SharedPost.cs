using System.Globalization;
using System.Runtime.CompilerServices;
using CalCities.Collab.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace CalCities.Collab.Threads;

/// <summary>
/// What a row shows alike to everyone who reads the post: worked out once a host, so that a circuit holds a reference instead of the frames and
/// strings of some ten elements. Markup comes from ordinary components that the framework renders, so the encoding is the framework's. Nothing
/// belongs in here that one viewer sees and another doesn't, or that opens at a press.
/// </summary>
public sealed class SharedPost
{
    private static readonly ConditionalWeakTable<PostView, SharedPost> Known = [];
    private static readonly IServiceProvider Nothing = new ServiceCollection().BuildServiceProvider();

    private SharedPost(ThreadId thread, PostView post, PostSurroundings around)
    {
        (Thread, Around) = (thread, around);
        Anchor = $"post-{post.Id}";
        Version = post.Version.ToString(CultureInfo.InvariantCulture);
        More = string.Create(CultureInfo.InvariantCulture, $"More for post {post.Number}");
        Title = string.Create(CultureInfo.InvariantCulture, $"Post {post.Number} by {post.By.DisplayName}");
        Avatar = Html<Avatar>((nameof(Shell.Avatar.Name), post.By.DisplayName));
        if (post.State == PostState.Standing && post.Revisions.Length == 1)
            Head = Html<PostHead>((nameof(PostHead.Thread), thread), (nameof(PostHead.Post), post), (nameof(PostHead.Around), around));
    }

    public ThreadId Thread { get; }
    public PostSurroundings Around { get; }
    public string Anchor { get; }
    public string Version { get; }
    public string Title { get; }

    /// <summary>What the button is called that opens the rarer acts.</summary>
    public string More { get; }

    public MarkupString Avatar { get; }

    /// <summary>The post's <see cref="PostHead"/>; null where that differs from viewer to viewer or has something to open: a row renders it itself.</summary>
    public MarkupString? Head { get; }

    /// <summary>A view of a post is one object for all pages of a host; with new surroundings it is worked out anew.</summary>
    public static SharedPost Of(ThreadId thread, PostView post, PostSurroundings around)
    {
        if (Known.TryGetValue(post, out var known) && known.Around == around)
            return known;
        var made = new SharedPost(thread, post, around);
        Known.AddOrUpdate(post, made);
        return made;
    }

    private static MarkupString Html<TComponent>(params (string Name, object? Value)[] parameters) where TComponent : IComponent
    {
        var given = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));
        using var renderer = new HtmlRenderer(Nothing, NullLoggerFactory.Instance);
        // Nobody else has this renderer, and these components wait for nothing: it is done when the call returns.
        return new MarkupString(renderer.Dispatcher
            .InvokeAsync(() => renderer.BeginRenderingComponent<TComponent>(given).ToHtmlString())
            .GetAwaiter().GetResult());
    }
}

/// <summary>
/// What a row shows that isn't in its post: whom it answers or quotes, the words quoted, whether it is pinned, and the day in California (a time of
/// today is written without its date).
/// </summary>
public sealed record PostSurroundings(string? Answers, string? Quoted, bool IsPinned, DateOnly Today);
