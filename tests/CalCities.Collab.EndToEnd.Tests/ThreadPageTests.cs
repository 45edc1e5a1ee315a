using System.Globalization;
using CalCities.Collab.Api;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>A long thread and its writing box in a real browser.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class ThreadPageTests(DemonstrationHub hub, Chromium chromium)
{
    [Fact]
    public async Task A_thread_of_five_hundred_posts_keeps_the_place_while_older_ones_come_and_leads_to_any_post()
    {
        var thread = await LongThread(500);
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-chair", thread);
        var rows = visitor.Posts().Locator("> li");
        await Assertions.Expect(rows).ToHaveCountAsync(60);
        await NoBarriers(visitor);

        var row = rows.First;
        var id = await row.GetAttributeAsync("id");
        for (var shown = 110; shown <= 260; shown += 50)
        {
            var earlier = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show 50 earlier posts" });
            await earlier.ScrollIntoViewIfNeededAsync();
            var first = visitor.Page.Locator($"#{id}");
            var before = (await first.BoundingBoxAsync())!.Y;
            await earlier.ClickAsync();
            await Assertions.Expect(rows).ToHaveCountAsync(Math.Min(shown, 200));
            var after = (await first.BoundingBoxAsync())!.Y;
            Assert.True(Math.Abs(after - before) < 3, $"The post moved from {before} to {after} when {shown} were shown.");
            id = await rows.First.GetAttributeAsync("id");
        }

        // A permalink to a post far away, from outside and from within.
        await visitor.Page.GotoAsync($"/threads/{thread}#post-n7");
        await Assertions.Expect(visitor.Page.Locator("#post-n7")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.Locator("#post-n7")).ToBeInViewportAsync();
        await visitor.Leave();
    }

    [Fact]
    public async Task What_others_post_moves_neither_what_one_reads_nor_the_box_in_which_one_writes()
    {
        var thread = await LongThread(80);
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-chair", thread);
        var member = await HubSession.SignIn(hub.Address, "eq-member-02");
        await using var client = await member.Connect(TestContext.Current.CancellationToken);

        await visitor.WritingBox().PressSequentiallyAsync("Half a thought");
        var before = (await visitor.WritingBox().BoundingBoxAsync())!.Y;
        await Post(client, thread, "live-1", "A long answer.\n\n" + string.Join("\n\n", Enumerable.Repeat("And another paragraph.", 12)));
        await Assertions.Expect(visitor.Page.Locator("#post-live-1")).ToBeAttachedAsync();
        Assert.InRange(Math.Abs((await visitor.WritingBox().BoundingBoxAsync())!.Y - before), 0, 2);
        await Assertions.Expect(visitor.WritingBox()).ToBeFocusedAsync();

        var reading = visitor.Page.Locator("#post-n40");
        // Something changes in the very frame in which one scrolls.
        var moved = await visitor.Page.EvaluateAsync<double>(
            """
            async () => {
                const post = document.querySelector('#post-n40');
                document.activeElement.blur();
                post.scrollIntoView({ block: 'start' });
                const { top } = post.getBoundingClientRect();
                document.querySelector('.talk [role=status]').append('');
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                return Math.abs(post.getBoundingClientRect().top - top);
            }
            """);
        Assert.InRange(moved, 0, 2);
        var place = (await reading.BoundingBoxAsync())!.Y;
        await Post(client, thread, "live-2", "Once more.");
        await Assertions.Expect(visitor.Page.Locator("#post-live-2")).ToBeAttachedAsync();
        Assert.InRange(Math.Abs((await reading.BoundingBoxAsync())!.Y - place), 0, 2);
        await visitor.Leave();
    }

    [Fact]
    public async Task What_others_wrote_since_one_last_read_is_marked_on_the_next_visit_and_gone_to_with_one_press()
    {
        var thread = await LongThread(30);
        await using (var reader = await chromium.VisitThread(hub.Address, "eq-vice-chair", thread))
        {
            await Assertions.Expect(reader.Page.Locator(".unread-mark")).ToHaveCountAsync(0);
            await reader.Page.Locator("#post-n30").ScrollIntoViewIfNeededAsync();
            await WaitUntilRead(thread, "30 posts");
            await reader.Leave();
        }

        var member = await HubSession.SignIn(hub.Address, "eq-member-02");
        await using var client = await member.Connect(TestContext.Current.CancellationToken);
        await Post(client, thread, "new-1", "New.");
        await Post(client, thread, "new-2", "Newer.");

        await using var again = await chromium.VisitThread(hub.Address, "eq-vice-chair", thread);
        await Assertions.Expect(again.Page.Locator(".unread-mark")).ToHaveTextAsync("New since you last read");
        await Assertions.Expect(again.Page.Locator("#post-new-1 .unread-mark")).ToHaveCountAsync(1);
        var first = again.Page.Locator("#post-new-1");
        await Assertions.Expect(first).Not.ToBeInViewportAsync();
        await again.Page.GetByRole(AriaRole.Link, new() { Name = "2 unread: go to the first" }).ClickAsync();
        await Assertions.Expect(first).ToBeFocusedAsync();
        await Assertions.Expect(first).ToBeInViewportAsync();
        await again.Leave();
    }

    [Fact]
    public async Task The_focus_stays_in_a_row_whatever_is_pressed_there()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Keys in a row");
        var member = await HubSession.SignIn(hub.Address, "eq-member-02");
        await using var client = await member.Connect(TestContext.Current.CancellationToken);
        await Post(client, thread, "theirs", "Rates follow costs.");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-chair", thread);
        var theirs = visitor.Page.Locator("#post-theirs");
        var keys = visitor.Page.Keyboard;

        var agree = theirs.GetByRole(AriaRole.Button, new() { Name = "Agree" });
        await agree.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(agree).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(agree).ToBeFocusedAsync();

        var more = theirs.GetByRole(AriaRole.Button, new() { Name = "More for post 1" });
        await more.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(more).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(more).ToBeFocusedAsync();

        // What was pressed goes, and the row has the focus still.
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Pin" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(theirs.GetByText("pinned")).ToBeVisibleAsync();
        await Assertions.Expect(more).ToBeFocusedAsync();

        await visitor.WritingBox().FillAsync("My own words");
        await keys.PressAsync("Control+Enter");
        var mine = visitor.Posts().Locator("> li").Nth(1);
        var edit = mine.GetByRole(AriaRole.Button, new() { Name = "Edit" });
        await edit.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(mine.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await mine.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(mine.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
        await Assertions.Expect(edit).ToBeFocusedAsync();

        await keys.PressAsync("Enter");
        await Assertions.Expect(mine.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await keys.TypeAsync(", edited");
        await keys.PressAsync("Control+Enter");
        var history = mine.GetByRole(AriaRole.Button, new() { Name = "edited", Exact = true });
        await history.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(mine.GetByRole(AriaRole.List, new() { Name = "Earlier texts" })).ToContainTextAsync("My own words");
        await Assertions.Expect(history).ToBeFocusedAsync();
        await visitor.Leave();
    }

    [Fact]
    public async Task Someone_is_mentioned_with_the_keyboard_alone()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Names");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-09", thread);
        await visitor.WritingBox().PressSequentiallyAsync("What do you say, @");
        var names = visitor.Page.GetByRole(AriaRole.Listbox, new() { Name = "People to mention" });
        await Assertions.Expect(names.GetByRole(AriaRole.Option)).ToHaveCountAsync(8);
        await NoBarriers(visitor);
        var second = await names.GetByRole(AriaRole.Option).Nth(1).TextContentAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.WritingBox().PressSequentiallyAsync("?");
        await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync($"What do you say, @{second} ?");
        await visitor.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(visitor.Posts().Locator(".mention")).ToHaveTextAsync($"@{second}");
        await visitor.Leave();
    }

    [Fact]
    public async Task A_post_of_ten_thousand_characters_goes_through_and_one_more_is_refused_on_the_spot_with_its_text_kept()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Long words");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-10", thread);
        await visitor.WritingBox().FillAsync(new string('水', 10_001));
        await visitor.PostButton().ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "A post holds 10,000 characters." })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByText("1 characters too long")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync(new string('水', 10_001));

        await visitor.WritingBox().FillAsync(new string('水', 10_000));
        await visitor.PostButton().ClickAsync();
        await Assertions.Expect(visitor.Posts().Locator(".words")).ToHaveTextAsync(new string('水', 10_000));
        await visitor.Leave();
    }

    [Fact]
    public async Task One_answers_with_a_quote_of_the_words_that_one_has_marked()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Quotes");
        var member = await HubSession.SignIn(hub.Address, "eq-member-02");
        await using var client = await member.Connect(TestContext.Current.CancellationToken);
        await Post(client, thread, "first", "Rates follow costs, and haulers wait for neither.");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-11", thread);
        await visitor.Page.EvaluateAsync(
            """
            () => {
                const text = document.querySelector('#post-first .words p').firstChild;
                getSelection().setBaseAndExtent(text, 6, text, 18);
            }
            """);
        await visitor.Page.Locator("#post-first").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".composer .cited p")).ToHaveTextAsync("follow costs");
        await Assertions.Expect(visitor.WritingBox()).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("Do they?");
        await visitor.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(visitor.Posts().Locator("> li").Nth(1).Locator(".cited p")).ToHaveTextAsync("follow costs");
        await visitor.Leave();
    }

    [Theory]
    [InlineData(1400, false)]
    [InlineData(1400, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task A_debate_looks_right(int width, bool dark)
    {
        var thread = await LongThread(120);
        var chair = await HubSession.SignIn(hub.Address, "eq-chair");
        await using var client = await chair.Connect(TestContext.Current.CancellationToken);
        await Send(client, thread, "pin", new ThreadCommand.Pin(new("n119")));
        await Send(client, thread, "hide", new ThreadCommand.Hide(new("n117"), "Names a private person"));
        await Send(client, thread, "agree", new ThreadCommand.Agree(new("n118")));
        await Send(client, thread, "answer", new ThreadCommand.Post(new("answer"), new("n118"), new Quote(new("n118"), 0, 0, 24), Stance.For, "That was **our** first condition:\n\n- rates follow costs\n- the state pays for what it orders\n\nSee https://leginfo.legislature.ca.gov and `§42060`.", []));
        await Send(client, thread, "edit", new ThreadCommand.Edit(new("answer"), "That was **our** first condition:\n\n- rates follow costs\n- the state pays for what it orders\n\n> Producers shall reimburse local jurisdictions.\n\nSee https://leginfo.legislature.ca.gov and `§42060`.", []));
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-chair", thread, new(width, width < 900 ? 844 : 900, dark));
        var answer = visitor.Page.Locator("#post-answer");
        await answer.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Assertions.Expect(visitor.WritingBox()).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("We can live with that.");
        await answer.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        var look = string.Create(CultureInfo.InvariantCulture, $"debate-{width}-{(dark ? "dark" : "light")}");
        await visitor.Picture(look);
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("pages"), look + "-end.png") });
        await NoBarriers(visitor);
        await visitor.Leave();
    }

    /// <summary>Looks at the vice chair's Today, in another browser, until it counts nothing new in the thread; it shows a thread and that count together.</summary>
    private async Task WaitUntilRead(ThreadId thread, string posts)
    {
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.SignIn("eq-vice-chair");
        var row = visitor.Page.Locator($"main a[href='/threads/{thread}']");
        for (var attempt = 1; attempt <= 30; attempt++)
        {
            await visitor.Page.GotoAsync("/");
            await Assertions.Expect(row).ToContainTextAsync(posts);
            if (await row.GetByText(" new").CountAsync() == 0)
                return;
        }

        Assert.Fail("What was in sight was never read.");
    }

    private static async Task NoBarriers(Visitor visitor)
    {
        var found = await visitor.SeriousBarriers();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>A thread in which three members write in turn: n1, n2, …</summary>
    private async Task<ThreadId> LongThread(int posts)
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Who pays for rate adjustments?");
        string[] said =
        [
            "The reimbursement language now names local jurisdictions. That was our first condition for support.",
            "Section 42060 still leaves rate adjustments to the advisory board. Rural haulers can't wait for a rulemaking.",
            "Has anyone heard when the fiscal committee takes it up?",
        ];
        Stance[] stances = [Stance.For, Stance.Against, Stance.Question];
        var writers = new List<HubClient>();
        for (var i = 1; i <= 3; i++)
            writers.Add(await (await HubSession.SignIn(hub.Address, $"eq-member-0{i}")).Connect(TestContext.Current.CancellationToken));
        for (var i = 1; i <= posts; i++)
        {
            await Send(writers[i % 3], thread, $"say-{i}", new ThreadCommand.Post(new($"n{i}"), null, null, i > posts - 12 ? stances[i % 3] : Stance.None, said[i % 3], []));
        }

        foreach (var writer in writers)
            await writer.DisposeAsync();
        return thread;
    }

    private static Task Post(HubClient client, ThreadId thread, string id, string body) =>
        Send(client, thread, id, new ThreadCommand.Post(new(id), null, null, Stance.None, body, []));

    private static async Task Send(HubClient client, ThreadId thread, string id, ThreadCommand command)
    {
        var answer = await client.Execute(thread.Stream, id, command, TestContext.Current.CancellationToken);
        Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
    }
}
