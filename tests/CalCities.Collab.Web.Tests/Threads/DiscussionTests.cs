using System.Collections.Immutable;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CalCities.Collab.Threads;

/// <summary>Discussions as a browser would have them, over a real hub: door, grains, log, followed topics. Only the browser's script is missing.</summary>
public sealed class DiscussionTests : BunitContext, IAsyncLifetime
{
    private static readonly GroupId Eq = new("eq");
    private static readonly ThreadId Bins = new("bins");
    private TestHub hub = null!;
    private LiveTopics topics = null!;
    private BunitJSModuleInterop script = null!;
    private MemberId chair, member;
    private BunitAuthorizationContext signedIn = null!;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start();
        await hub.Found("eq", "Environmental Quality");
        chair = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (Eq, Role.Chair));
        member = await hub.Join("eq-member-01", "Council Member", "Arcata", Duty.None, (Eq, Role.Member));
        await hub.Join("follower", "Follower", null, Duty.Follower);
        topics = new LiveTopics(new ClusterSource(hub.Grains), TimeProvider.System, NullLogger<LiveTopics>.Instance);
        Services.AddSingleton(topics).AddSingleton(hub.Door).AddSingleton(hub.Grains).AddSingleton(TimeProvider.System)
            .AddSingleton(hub.Services.GetRequiredService<ThreadQueries>()).AddSingleton(hub.Services.GetRequiredService<GroupQueries>());
        signedIn = this.AddAuthorization();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        script = JSInterop.SetupModule("./threads.js");
        script.Mode = JSRuntimeMode.Loose;
        script.SetupModule("compose", _ => true).Mode = JSRuntimeMode.Loose;
        script.SetupModule("follow", _ => true).Mode = JSRuntimeMode.Loose;
        await Do(chair, new ThreadCommand.Open(Eq, null, "Who pays for the bins?", Readers.GroupOnly));
    }

    public new async ValueTask DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_discussion_shows_its_posts_in_order_with_names_and_stances()
    {
        await Say(member, "p1", "Rates **follow** costs.", Stance.For);
        await Say(chair, "p2", "Noted.", answering: "p1", quote: new Quote(new("p1"), 0, 0, 5));
        var page = await Show(chair);
        Assert.Equal("Who pays for the bins?", page.Find("h1").TextContent);
        Assert.Equal(
            ["Post 1 by Council Member, Arcata: Rates follow costs.", "Post 2 by Mayor, Davis: Noted."],
            page.FindAll("ol[aria-label=Posts] > li article").Select(post => $"{post.GetAttribute("aria-label")}: {post.QuerySelector(".words")!.TextContent.Trim()}"));
        Assert.Equal(("In answer to Council Member, Arcata", "Rates"), (Words(page.Find("#post-p2 .cited a")), Words(page.Find("#post-p2 .cited p"))));
        Assert.Equal("▲ For 1", Words(page.Find(".stances")));
        Assert.Equal("Chair", page.Find("#post-p2 .chip").TextContent);
    }

    [Fact]
    public async Task Another_s_post_stands_on_the_page_by_itself_and_is_announced_as_a_count()
    {
        var page = await Show(chair);
        await Say(member, "p1", "secret words");
        await page.WaitForAssertionAsync(() => Assert.Equal("1 new post", page.FindAll("[role=status]").Select(Words).Single(text => text.Length > 0)), Long);
        Assert.NotNull(page.Find("#post-p1"));
        Assert.DoesNotContain(page.FindAll("[role=status], [role=alert], [aria-live]"), region => region.TextContent.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_is_sent_once_under_the_ids_of_its_draft_and_then_leaves_the_desk()
    {
        var page = await Show(member);
        var composer = page.FindComponent<Composer>();
        await Ready(page);
        await Hand(composer, 1, "Half a post");
        Assert.True(await page.InvokeAsync(() => composer.Instance.Keep(composer.Instance.Key, 1, 1, "None", [])));
        var kept = await Desk(member).Draft("bins");
        Assert.Equal("Half a post", kept!.Text);

        await Hand(composer, 2, "A whole post");
        Assert.Null((await Send(composer, 2, 1, "Against", [])).Refusal);
        Assert.Null(await Desk(member).Draft("bins"));
        var row = page.Find("ol[aria-label=Posts] > li");
        Assert.Equal(($"post-{kept.Post}", "A whole post", "▼ Against"), (row.Id, row.QuerySelector(".words")!.TextContent.Trim(), row.QuerySelector(".chip")!.TextContent));

        await Hand(composer, 3, "Another");
        Assert.Null((await Send(composer, 3, 1, "None", [])).Refusal);
        Assert.Equal(2, page.FindAll("ol[aria-label=Posts] > li").Count);
    }

    [Fact]
    public async Task A_refused_post_keeps_its_draft_and_says_what_would_work()
    {
        var page = await Show(member);
        var composer = page.FindComponent<Composer>();
        await Ready(page);
        await Do(chair, new ThreadCommand.Close());
        await Hand(composer, 1, "Too late");
        Assert.Equal(ThreadRefusals.NotOpen.Sentence, (await Send(composer, 1, 1, "None", [])).Refusal);
        Assert.Equal("Too late", (await Desk(member).Draft("bins"))!.Text);
    }

    [Fact]
    public async Task A_draft_comes_back_with_its_ids_so_that_a_post_sent_before_a_crash_is_not_sent_again()
    {
        await Desk(member).Keep(new Draft("bins", 5, new CommandId("post-keptkey"), new PostId("keptkey"), "Begun yesterday", Stance.IfAmended, null, null, []));
        var page = await Show(member);
        await Ready(page);
        var composer = page.FindComponent<Composer>();
        await Hand(composer, 6, "Begun yesterday, ended today");
        Assert.Null((await Send(composer, 6, 1, "IfAmended", [])).Refusal);
        Assert.Equal("post-keptkey", page.Find("ol[aria-label=Posts] > li").Id);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_with_the_connection_is_not_posted_twice()
    {
        var page = await Show(member);
        await Ready(page);
        var composer = page.FindComponent<Composer>();
        var key = composer.Instance.Key;
        await Hand(composer, 1, "Once");
        Assert.Null((await composer.InvokeAsync(() => composer.Instance.PostIt(key, 1, 1, "None", []))).Refusal);
        await Hand(composer, 2, "Once");
        Assert.Equal(new PostAnswer(null, composer.Instance.Key), await composer.InvokeAsync(() => composer.Instance.PostIt(key, 2, 1, "None", [])));
        await Hand(composer, 3, "Something else");
        Assert.Equal(
            new PostAnswer("What you sent before is posted already. If this is something new, send it again.", composer.Instance.Key),
            await composer.InvokeAsync(() => composer.Instance.PostIt(key, 3, 1, "None", [])));
        Assert.Equal([$"post-{key}"], page.FindAll("ol[aria-label=Posts] > li").Select(row => row.Id));
    }

    [Fact]
    public async Task A_page_that_was_loaded_again_goes_on_under_the_key_of_its_draft_unless_that_is_posted()
    {
        await Say(member, "posted0key", "Posted before the reload");
        var page = await Show(member);
        await Ready(page);
        var composer = page.FindComponent<Composer>();
        Assert.False(await composer.InvokeAsync(() => composer.Instance.Resume("posted0key")));
        Assert.False(await composer.InvokeAsync(() => composer.Instance.Resume("no key")));
        Assert.True(await composer.InvokeAsync(() => composer.Instance.Resume("unsent0key")));
        await Hand(composer, 1, "Unsent");
        Assert.Null((await Send(composer, 1, 1, "None", [])).Refusal);
        Assert.Equal(["post-posted0key", "post-unsent0key"], page.FindAll("ol[aria-label=Posts] > li").Select(row => row.Id));
    }

    [Fact]
    public async Task A_text_that_came_in_wrong_parts_is_neither_kept_nor_posted()
    {
        var page = await Show(member);
        var composer = page.FindComponent<Composer>();
        await Ready(page);
        await page.InvokeAsync(() =>
        {
            composer.Instance.TakePart(1, 0, "one");
            composer.Instance.TakePart(1, 2, "three");
        });
        Assert.False(await page.InvokeAsync(() => composer.Instance.Keep(composer.Instance.Key, 1, 2, "None", [])));
        Assert.Equal("That didn't reach the hub whole. Your text is kept: send it again.", (await Send(composer, 1, 2, "None", [])).Refusal);
        await page.InvokeAsync(() =>
        {
            for (var i = 0; i < 20; i++)
                composer.Instance.TakePart(2, i, new string('x', 2_500));
        });
        Assert.False(await page.InvokeAsync(() => composer.Instance.Keep(composer.Instance.Key, 2, 20, "None", [])));
        await Hand(composer, 3, "x");
        Assert.False(await page.InvokeAsync(() => composer.Instance.Keep(composer.Instance.Key, 3, 1, "Sideways", [])));
        Assert.False(await page.InvokeAsync(() => composer.Instance.Keep(composer.Instance.Key, 3, 1, "None", [.. Enumerable.Repeat("m", 11)])));
        Assert.Null(await Desk(member).Draft("bins"));
    }

    [Fact]
    public async Task A_long_thread_shows_its_last_sixty_posts_and_older_ones_on_demand_two_hundred_at_most()
    {
        for (var i = 1; i <= 280; i++)
            await Say(member, $"p{i}", $"Post number {i}");
        var page = await Show(chair);
        Assert.Equal(Numbers(221, 280), Shown(page));
        await Button(page, "Show 50 earlier posts").ClickAsync(new());
        Assert.Equal(Numbers(171, 280), Shown(page));
        await Button(page, "Show 50 earlier posts").ClickAsync(new());
        await Button(page, "Show 50 earlier posts").ClickAsync(new());
        Assert.Equal(Numbers(71, 270), Shown(page));
        await Button(page, "Show 10 later posts").ClickAsync(new());
        Assert.Equal(Numbers(81, 280), Shown(page));

        var talk = page.FindComponent<Discussion>();
        Assert.True(await page.InvokeAsync(() => talk.Instance.Seek("p5")));
        Assert.Equal(Numbers(1, 60), Shown(page));
        Assert.False(await page.InvokeAsync(() => talk.Instance.Seek("nobody")));
    }

    [Fact]
    public async Task The_first_unread_post_is_marked_and_can_be_gone_to_until_it_was_read()
    {
        await Say(member, "p1", "one");
        await Desk(chair).MarkRead(Bins, 2);
        await Say(member, "p2", "two");
        await Say(member, "p3", "three");
        var page = await Show(chair);
        await page.WaitForAssertionAsync(() => Assert.Equal("New since you last read", Words(page.Find("#post-p2 .unread-mark"))), Long);
        Assert.Single(page.FindAll(".unread-mark"));
        Assert.Equal("2 unread: go to the first", Words(page.Find(".jumps a")));
        var talk = page.FindComponent<Discussion>();
        await page.InvokeAsync(() => talk.Instance.Read(4));
        await page.InvokeAsync(() => talk.Instance.Read(4_000));
        Assert.Equal(4, await Desk(chair).ReadUpTo(Bins));
    }

    [Fact]
    public async Task Agreeing_is_pressed_and_pressed_again_and_shows_names()
    {
        await Say(member, "p1", "one");
        var page = await Show(chair);
        await Press(page, "Agree");
        Assert.Equal("Mayor, Davis agrees", Words(page.Find(".agreed")));
        Assert.Equal("true", Button(page, "Agree 1").GetAttribute("aria-pressed"));
        await Press(page, "Agree 1");
        Assert.Empty(page.FindAll(".agreed"));
    }

    [Fact]
    public async Task An_author_edits_with_the_earlier_text_to_be_seen_and_withdraws_when_asked_twice()
    {
        await Say(member, "p1", "First text");
        var page = await Show(member);
        await Press(page, "Edit");
        var composer = page.FindComponents<Composer>().Single(c => c.Instance.Editing is not null);
        await composer.WaitForAssertionAsync(() => Assert.False(composer.Find("textarea").HasAttribute("disabled")), Long);
        await Hand(composer, 1, "Second text");
        Assert.Null((await Send(composer, 1, 1, "None", [])).Refusal);
        Assert.Equal("Second text", Words(page.Find("#post-p1 .words")));
        await Press(page, "edited");
        Assert.Equal("First text", Words(page.Find("#post-p1 .history .words")));

        await Press(page, "More");
        await Press(page, "Withdraw");
        await Press(page, "Yes, withdraw it");
        Assert.StartsWith("Withdrawn by its author", Words(page.Find("#post-p1 .removed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_goes_at_once_when_it_is_given_up_and_the_text_stays()
    {
        await Say(member, "p1", "First text");
        var page = await Show(member);
        await Press(page, "Edit");
        await page.WaitForAssertionAsync(() => Assert.False(page.Find("#post-p1 textarea").HasAttribute("disabled")), Long);
        await Button(page, "Cancel").ClickAsync(new());
        Assert.Empty(page.FindAll("#post-p1 textarea"));
        Assert.Equal("First text", Words(page.Find("#post-p1 .words")));
    }

    [Fact]
    public async Task The_chair_pins_closes_and_hides_and_others_find_no_such_buttons()
    {
        await Say(member, "p1", "Names a private person");
        var page = await Show(chair);
        await Press(page, "More");
        await Press(page, "Pin");
        Assert.Equal("Council Member, Arcata Names a private person", Words(page.Find("[aria-label=Pinned] a")));
        await Press(page, "More");
        await Press(page, "Hide");
        // Found and pressed in one turn of the renderer: a live update may render between two.
        await page.InvokeAsync(() => page.Find("#reason-bins").ChangeAsync(new() { Value = "Privacy" }));
        await page.InvokeAsync(() => page.Find("form.reason").SubmitAsync());
        Assert.Contains(": Privacy", Words(page.Find("#post-p1 .removed")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#post-p1 .words"));
        await Button(page, "Close thread").ClickAsync(new());
        Assert.StartsWith("Closed by Mayor, Davis", Words(page.Find(".closed-note")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("textarea"));
    }

    [Fact]
    public async Task A_member_finds_no_tools_of_the_chair_and_a_stranger_no_thread()
    {
        await Say(chair, "p1", "one");
        var page = await Show(member);
        await Press(page, "More");
        Assert.Equal(["Reply", "Agree", "More", "Quote"], page.FindAll("#post-p1 .actions button").Select(Words));
        Assert.DoesNotContain(page.FindAll("button"), button => Words(button).Contains("thread", StringComparison.Ordinal));

        var stranger = await Show(new MemberId("follower"), "h1");
        Assert.Equal("No such discussion", Words(stranger.Find("h1")));
    }

    [Fact]
    public async Task One_answers_and_quotes_a_post_from_its_row()
    {
        await Say(member, "p1", "Rates follow costs.");
        var page = await Show(chair);
        await Press(page, "Reply");
        Assert.Equal("In answer to Council Member, Arcata Rates follow costs.", Words(page.Find(".composer .cited")));
        await Press(page, "More");
        await Press(page, "Quote");
        Assert.Equal(["Reply", "Agree", "More"], page.FindAll("#post-p1 .actions button").Select(Words));
    }

    [Fact]
    public async Task The_chair_takes_a_pin_off_again_and_shows_again_what_was_hidden()
    {
        await Say(member, "p1", "one");
        await Do(chair, new ThreadCommand.Pin(new("p1")));
        await Do(chair, new ThreadCommand.Hide(new("p1"), "By mistake"));
        var page = await Show(chair);
        await Press(page, "More");
        Assert.Equal(["More", "Unpin", "Show again"], page.FindAll("#post-p1 .actions button").Select(Words));
        await Press(page, "Show again");
        Assert.Empty(page.FindAll("#post-p1 .removed"));
        await Press(page, "More");
        await Press(page, "Unpin");
        Assert.Empty(page.FindAll("[aria-label=Pinned]"));
    }

    [Fact]
    public async Task Of_many_who_agree_three_are_named_and_all_when_asked()
    {
        await Say(chair, "p1", "one");
        for (var i = 1; i <= 4; i++)
            await Do(await hub.Join($"eq-member-1{i}", "Mayor", $"City {i}", Duty.None, (Eq, Role.Member)), new ThreadCommand.Agree(new("p1")));
        var page = await Show(chair);
        Assert.Equal("Mayor, City 1; Mayor, City 2; Mayor, City 3 and 1 more agreeName all 4", Words(page.Find(".agreed")));
        await Press(page, "Name all 4");
        Assert.Equal("Mayor, City 1; Mayor, City 2; Mayor, City 3; Mayor, City 4 agree", Words(page.Find(".agreed")));
    }

    [Fact]
    public async Task The_words_of_a_hidden_post_are_on_the_pages_of_its_author_and_the_clerk_alone()
    {
        await Say(member, "p1", "A private name");
        var other = await hub.Join("eq-member-02", "Mayor", "Eureka", Duty.None, (Eq, Role.Member));
        var clerk = await hub.Join("clerk", "Clerk", null, Duty.Clerk);
        await Do(chair, new ThreadCommand.Hide(new("p1"), "Privacy"));
        foreach (var (viewer, shown) in new[] { (other, ""), (member, "You wrote it, so you still see it:A private name"), (clerk, "You keep the record, so you still see it:A private name"), (chair, "") })
        {
            var page = await Show(viewer);
            var row = page.Find("#post-p1 article");
            Assert.EndsWith(": Privacy", Words(row.QuerySelector(".removed > span")!), StringComparison.Ordinal);
            Assert.Equal(shown, $"{row.QuerySelector(".removed > .muted")?.TextContent}{row.QuerySelector(".words")?.TextContent.Trim()}");
            Assert.Equal(shown.Length > 0, page.Markup.Contains("A private name", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_press_that_names_no_act_or_no_post_or_what_the_person_may_not_do_changes_nothing()
    {
        await Say(chair, "p1", "one");
        await Say(member, "p2", "two");
        var page = await Show(member);
        var talk = page.FindComponent<Discussion>().Instance;
        var before = page.Find("ol[aria-label=Posts]").OuterHtml;
        foreach (var (act, post) in new (string?, string?)[] { ("agree", "p3"), ("agree", null), ("agree", ""), (null, "p1"), ("", "p1"), ("AGREE", "p1"), ("2", "p1"), ("close", "p1") })
            await page.InvokeAsync(() => talk.Press(act, post));
        Assert.Equal(before, page.Find("ol[aria-label=Posts]").OuterHtml);

        await page.InvokeAsync(() => talk.Press("pin", "p1"));
        Assert.Equal(ThreadRefusals.OnlyTheChair.Sentence, Words(page.Find("#post-p1 [role=alert]")));
        await page.InvokeAsync(() => talk.Press("agree", "p2"));
        Assert.Equal(ThreadRefusals.OwnPost.Sentence, Words(page.Find("#post-p2 [role=alert]")));
    }

    [Fact]
    public async Task A_row_renders_again_only_when_something_of_its_own_has_changed()
    {
        await Say(member, "p1", "one");
        await Say(member, "p2", "two");
        var page = await Show(chair);
        var rows = page.FindComponents<PostRow>().ToDictionary(row => row.Instance.Row.Post.Id, row => row);
        var before = rows[new("p1")].RenderCount;
        await Do(chair, new ThreadCommand.Agree(new("p2")));
        await page.WaitForAssertionAsync(() => Assert.Equal("Mayor, Davis agrees", Words(page.Find("#post-p2 .agreed"))), Long);
        Assert.Equal(before, rows[new("p1")].RenderCount);
    }

    [Fact]
    public async Task What_a_page_follows_is_let_go_with_it()
    {
        await Show(chair);
        Assert.True(topics.Count > 0);
        var thread = topics.Open<ThreadSight, ThreadView, ThreadEvent>(Bins.Stream, member, step => { step(); return Task.CompletedTask; }, present: false, CancellationToken.None);
        await using var watch = await thread;
        await DisposeComponentsAsync();
        await Until(() => watch.Passing.IsEmpty);
    }

    [Fact]
    public void A_quote_names_the_words_that_were_marked_or_the_beginning()
    {
        Assert.Equal(new Quote(new("p"), 0, 4, 12), Composer.QuoteOf(Post("The marked words"), " marked words "));
        Assert.Equal(new Quote(new("p"), 0, 0, 3), Composer.QuoteOf(Post("abc"), null));
    }

    [Fact]
    public void A_quote_of_a_long_post_ends_with_a_word_and_of_an_unread_one_is_none()
    {
        Assert.Equal(new Quote(new("p"), 0, 0, 199), Composer.QuoteOf(Post(string.Concat(Enumerable.Repeat("four ", 100))), "not in it"));
        Assert.Equal(new Quote(new("p"), 0, 0, 200), Composer.QuoteOf(Post(new string('x', 300)), null));
        Assert.Null(Composer.QuoteOf(Post("x") with { Revisions = [] }, null));
    }

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private IDeskGrain Desk(MemberId of) => hub.Grains.GetGrain<IDeskGrain>(of.Value);

    private static PostView Post(string body) =>
        new(new("p"), 1, 2, new("m"), new Byline("Mayor", "Davis", Role.Chair, Duty.None), DateTimeOffset.UnixEpoch, Stance.None, null, null, PostState.Standing, null,
            [new Revision(DateTimeOffset.UnixEpoch, body, [])], []);

    private async Task<IRenderedComponent<ThreadPage>> Show(MemberId viewer, string until = ".talk-head h1")
    {
        await hub.SignIn(signedIn, viewer);
        var page = Render<ThreadPage>(p => p.Add(c => c.Id, Bins.Value));
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find(until)), Long);
        return page;
    }

    private static Task Ready(IRenderedComponent<ThreadPage> page) =>
        page.WaitForAssertionAsync(() => Assert.False(page.Find("textarea").HasAttribute("disabled")), Long);

    private static Task Hand(IRenderedComponent<Composer> composer, long revision, string text) =>
        composer.InvokeAsync(() => composer.Instance.TakePart(revision, 0, text));

    private static Task<PostAnswer> Send(IRenderedComponent<Composer> composer, long revision, int count, string stance, string[] mentions) =>
        composer.InvokeAsync(() => composer.Instance.PostIt(composer.Instance.Key, revision, count, stance, mentions));

    private static IElement Button(IRenderedComponent<ThreadPage> page, string text) =>
        page.FindAll("button").Single(button => string.Equals(Words(button), text, StringComparison.Ordinal));

    /// <summary>Presses a button of a row as threads.js does: by what it says it does, and the row that it stands in.</summary>
    private static Task Press(IRenderedComponent<ThreadPage> page, string text)
    {
        var button = Button(page, text);
        var row = button.Closest("li.post")!;
        return page.InvokeAsync(() => page.FindComponent<Discussion>().Instance.Press(button.GetAttribute("data-act"), row.Id!["post-".Length..]));
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Numbers(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"post-p{i}");

    private static IEnumerable<string?> Shown(IRenderedComponent<ThreadPage> page) => page.FindAll("ol[aria-label=Posts] > li").Select(row => row.Id);

    private Task Say(MemberId by, string id, string body, Stance stance = Stance.None, string? answering = null, Quote? quote = null) =>
        Do(by, new ThreadCommand.Post(new(id), answering is null ? null : new PostId(answering), quote, stance, body, ImmutableArray<MemberId>.Empty));

    private async Task Do(MemberId by, ThreadCommand command) =>
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(by, Bins, new CommandId($"c{++sent}"), command));

    private static async Task Until(Func<bool> reached)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = 200; left > 0 && !reached(); left--)
            await poll.WaitForNextTickAsync(Xunit.TestContext.Current.CancellationToken);
        Assert.True(reached());
    }
}
