using CalCities.Collab.Kernel;
using System.Reflection;
using Bunit;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Components.Rendering;

namespace CalCities.Collab.Threads;

/// <summary>Rows by themselves: what they share, and what a circuit holds of them.</summary>
public sealed class PostRowTests : BunitContext
{
    private static readonly ThreadId Bins = new("bins");
    private static readonly PostSurroundings Alone = new(null, null, false, new DateOnly(2026, 11, 24));

    [Fact]
    public void What_everyone_sees_of_a_post_is_worked_out_once_and_again_when_its_surroundings_change()
    {
        var post = Post();
        var first = SharedPost.Of(Bins, post, Alone);
        Assert.Same(first, SharedPost.Of(Bins, post, Alone with { }));
        var pinned = SharedPost.Of(Bins, post, Alone with { IsPinned = true });
        Assert.EndsWith("pinned</span></div>", pinned.Head!.Value.Value, StringComparison.Ordinal);
        Assert.Same(pinned, SharedPost.Of(Bins, post, Alone with { IsPinned = true }));
    }

    [Fact]
    public void Only_a_standing_post_with_one_text_shares_its_head()
    {
        var post = Post();
        Assert.NotNull(SharedPost.Of(Bins, post, Alone).Head);
        Assert.Null(SharedPost.Of(Bins, post with { State = PostState.Hidden }, Alone).Head);
        Assert.Null(SharedPost.Of(Bins, post with { State = PostState.Withdrawn, Revisions = [] }, Alone).Head);
        Assert.Null(SharedPost.Of(Bins, post with { Revisions = post.Revisions.Add(post.Revisions[0]) }, Alone).Head);
    }

    [Fact]
    public void A_shared_head_is_what_the_row_would_have_rendered()
    {
        var post = Post() with { Stance = Stance.For, InReplyTo = new PostId("first"), Quote = new Quote(new("cited"), 0, 0, 5) };
        var around = new PostSurroundings("Mayor, Davis", "Rates", true, new DateOnly(2026, 11, 24));
        var own = Render<PostHead>(p => p.Add(c => c.Thread, Bins).Add(c => c.Post, post).Add(c => c.Around, around));
        own.MarkupMatches(SharedPost.Of(Bins, post, around).Head!.Value.Value);
    }

    [Fact]
    public void Names_and_quoted_words_stay_text_also_where_their_html_is_shared()
    {
        const string Hostile = "<img src=x onerror=alert(1)> & \"quotes\"";
        var post = Post() with { By = new Byline(Hostile, "</b><script>", Role.Member, Duty.None) };
        var row = Row(Shown(post, Alone with { Answers = Hostile, Quoted = Hostile }));
        Assert.Equal(
            ($"{Hostile}, </b><script>", $"Quoting {Hostile}", Hostile),
            (row.Find(".by b").TextContent, row.Find(".cited a").TextContent, row.Find(".cited p").TextContent));
        Assert.Equal("Post 1 by " + post.By.DisplayName, row.Find("article").GetAttribute("aria-label"));
        Assert.Empty(row.FindAll("img, script"));
    }

    /// <summary>Blazor holds 32 frames of 40 bytes for the smallest component, and twice as many for one frame more; a page has 60 rows and more.</summary>
    [Fact]
    public void A_row_in_which_nothing_is_opened_has_no_more_frames_than_blazor_keeps_at_least()
    {
        var agreed = Post() with { Agreements = [.. Enumerable.Range(1, 5).Select(i => new Agreement(new($"m{i}"), By))] };
        var full = Shown(agreed, Alone with { Answers = "Mayor, Davis", Quoted = "Rates", IsPinned = true }) with { IsFirstUnread = true, MayChair = true, MayHide = true };
        var row = Row(full);
        Assert.Equal(["Name all 5", "Reply", "Agree 5", "More"], row.FindAll("button").Select(button => button.TextContent));

        using var builder = new RenderTreeBuilder();
        typeof(PostRow).GetMethod("BuildRenderTree", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(row.Instance, [builder]);
        Assert.InRange(builder.GetFrames().Count, 1, 32);
    }

    private static Byline By => new("Mayor", "Davis", Role.Chair, Duty.None);

    private static PostView Post() =>
        new(new("p"), 1, 2, new("m"), By, DateTimeOffset.UnixEpoch, Stance.None, null, null, PostState.Standing, null, [new Revision(DateTimeOffset.UnixEpoch, "Rates follow costs.", [])], []);

    private static ShownPost Shown(PostView post, PostSurroundings around) =>
        new(post, SharedPost.Of(Bins, post, around), default, IsMine: false, Iagree: false, IsFirstUnread: false, MayWrite: true, MayChair: false, MayHide: false);

    private IRenderedComponent<PostRow> Row(ShownPost row) => Render<PostRow>(p => p.Add(c => c.Row, row));
}
