using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>What one has begun to write is never lost.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class DraftTests(DemonstrationHub hub, Chromium chromium)
{
    private const string Draft = "Our council has not voted yet; I expect “watch” — ¿quién más?";

    [Fact]
    public async Task A_draft_survives_a_dropped_connection_and_what_is_written_meanwhile()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "A line that drops");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-03", thread);
        visitor.Forgive("console:");   // Blazor tells the console that its line was cut

        await visitor.WritingBox().FillAsync("Our council");
        await visitor.Page.EvaluateAsync("Blazor._internal.forceCloseConnection()");
        await visitor.WritingBox().FillAsync(Draft);
        await Post(visitor);

        await visitor.Leave();
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_is_there_in_another_browser()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "A page loaded again");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-04", thread);

        await visitor.WritingBox().FillAsync(Draft);
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync(Draft);

        await using var elsewhere = await chromium.Visit(hub.Address);
        await elsewhere.SignIn("eq-member-04");
        await WaitUntilKept(elsewhere, thread.Value);
        await Post(elsewhere);

        await visitor.Leave();
        await elsewhere.Leave();
    }

    [Fact]
    public async Task A_paste_of_many_lines_is_kept_once_a_frame_and_what_came_last_when_the_page_goes()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "A long paste");
        await using var visitor = await chromium.VisitThread(hub.Address, "eq-member-12", thread);
        // Blazor hears the same pagehide and tells the host to end the circuit; here the page stays a moment longer than a real one would,
        // and what it had under way (that a rendering is done) reaches the host after that.
        visitor.Forgive("Circuit has been shut down");
        await visitor.WritingBox().FillAsync("Begun");
        await visitor.Page.WaitForFunctionAsync("() => JSON.stringify(sessionStorage).includes('Begun')");

        // Chromium tells of each line that is pasted; the page is left before the frame ends.
        var copies = await visitor.Page.EvaluateAsync<int>(
            """
            draft => {
                const box = document.querySelector('.composer textarea');
                const set = Storage.prototype.setItem;
                let copies = 0;
                Storage.prototype.setItem = function (...given) { copies++; return set.apply(this, given); };
                for (let i = 0; i < 500; i++) {
                    box.value += 'line\n';
                    box.dispatchEvent(new InputEvent('input'));
                }
                box.value = draft;
                box.dispatchEvent(new InputEvent('input'));
                dispatchEvent(new PageTransitionEvent('pagehide'));
                return copies;
            }
            """, Draft);
        Assert.Equal(1, copies);
        await visitor.Page.ReloadAsync();
        await Post(visitor);
        await visitor.Leave();
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_draft_survives_a_kill_and_restart_of_the_server_and_the_page_comes_back_by_itself(string database)
    {
        await using var own = await HubDatabase.On(database);
        await using var host = await HostProcess.Start(own, ["--Demo:Enabled=true", .. DemonstrationHub.NoLimits]);
        var thread = await DemonstrationHub.OpenThread(host.Address, "A server that dies");
        await using var visitor = await chromium.VisitThread(host.Address, "eq-member-05", thread);
        visitor.Forgive("console:");   // Blazor tells the console that its line was cut

        await visitor.WritingBox().FillAsync("Our council");
        await host.Kill();
        await visitor.WritingBox().FillAsync(Draft);
        await Assertions.Expect(visitor.Page.GetByText("Connection lost")).ToBeVisibleAsync();
        await host.Start();
        await Assertions.Expect(visitor.Page.GetByText("Connection lost")).Not.ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync(Draft);
        await Post(visitor);

        await visitor.Leave();
    }

    /// <summary>Posts what stands in the box, once, and finds it among the posts.</summary>
    private static async Task Post(Visitor visitor)
    {
        await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync(Draft);
        // Pressed while the line is down, it is kept and goes out when the line is back, or (the page was loaded again) waits for another press.
        var isPosted = false;
        for (var press = 1; press <= 10 && !isPosted; press++)
        {
            await visitor.PostButton().ClickAsync();
            var end = await visitor.Page.WaitForFunctionAsync(
                """
                () => {
                    const [composer, panel] = [document.querySelector('.composer'), document.getElementById('components-reconnect-modal')];
                    if (composer?.querySelector('textarea').value === '') return 'posted';
                    return composer && panel.hidden && !composer.querySelector('[aria-disabled]') ? 'kept' : null;
                }
                """, null, new() { Timeout = 60_000 });
            isPosted = await end.JsonValueAsync<string>() is "posted";
        }

        await Assertions.Expect(visitor.Posts().GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Posts()).ToContainTextAsync(Draft);
    }

    /// <summary>Opens the thread until the draft that another browser handed over a moment ago is there.</summary>
    private static async Task WaitUntilKept(Visitor visitor, string thread)
    {
        for (var attempt = 1; ; attempt++)
        {
            await visitor.Page.GotoAsync($"/threads/{thread}");
            await Assertions.Expect(visitor.WritingBox()).ToBeEnabledAsync();
            if (attempt == 10 || (await visitor.WritingBox().InputValueAsync()).Equals(Draft, StringComparison.Ordinal))
            {
                await Assertions.Expect(visitor.WritingBox()).ToHaveValueAsync(Draft);
                return;
            }
        }
    }
}
