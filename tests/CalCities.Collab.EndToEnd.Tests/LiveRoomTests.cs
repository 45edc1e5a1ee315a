using CalCities.Collab.Demo;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Two officials of one committee, each at a browser of their own.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class LiveRoomTests(DemonstrationHub hub, Chromium chromium)
{
    private const string One = "eq-member-01";
    private const string Other = "eq-member-02";

    /// <summary>Posts whose way is timed; the middle one counts, since the first also waits for code to be compiled.</summary>
    private const int Posts = 5;

    [Fact]
    public Task What_one_posts_stands_in_the_others_page_within_a_second_and_leaves_a_half_written_draft_alone() =>
        Debate(hub.Address, hub.Address);

    [Fact]
    public async Task The_same_holds_when_each_is_on_a_host_of_their_own_on_one_PostgreSQL()
    {
        await using var database = await HubDatabase.OnPostgres();
        await using var first = await HostProcess.Start(database, ["--Demo:Enabled=true", .. DemonstrationHub.NoLimits]);
        await using var second = await HostProcess.Start(database, ["--Demo:Enabled=true", .. DemonstrationHub.NoLimits]);

        await Debate(first.Address, second.Address);
    }

    private async Task Debate(Uri hostOfOne, Uri hostOfOther)
    {
        var thread = await DemonstrationHub.OpenThread(hostOfOne, "Costs of the new organics rule");
        await using var one = await chromium.VisitThread(hostOfOne, One, thread);
        await using var other = await chromium.VisitThread(hostOfOther, Other, thread);
        await Assertions.Expect(one.Page.GetByText("2 here now")).ToBeVisibleAsync();

        const string draft = "We would support it if";
        await other.WritingBox().PressSequentiallyAsync(draft, new() { Delay = 120 });   // as fast as people type: told more than once
        await Assertions.Expect(one.Page.GetByText(Personas.Find(Other)!.DisplayName + " is writing")).ToBeVisibleAsync();

        // Both browsers read the same clock: when the button was pressed in one, when the post stood in the other.
        await one.Page.EvaluateAsync("() => document.querySelector('.composer [data-part=post]').addEventListener('click', () => window.pressed = Date.now(), { capture: true })");
        await other.Page.EvaluateAsync("() => { window.stood = []; new MutationObserver(() => { const n = document.querySelectorAll('.posts > li').length; while (window.stood.length < n) window.stood.push(Date.now()); }).observe(document.body, { childList: true, subtree: true }); }");
        var delays = new List<double>();
        for (var number = 1; number <= Posts; number++)
        {
            await one.WritingBox().FillAsync($"Our haulers ask for **{number} more** years.");
            await one.PostButton().ClickAsync();
            await Assertions.Expect(other.Posts().GetByRole(AriaRole.Listitem)).ToHaveCountAsync(number);
            await Assertions.Expect(other.Posts()).ToContainTextAsync($"Our haulers ask for {number} more years.");
            Assert.Equal(draft, await other.WritingBox().InputValueAsync());
            await Assertions.Expect(other.WritingBox()).ToBeFocusedAsync();
            delays.Add(await other.Page.EvaluateAsync<double>($"() => window.stood[{number - 1}]") - await one.Page.EvaluateAsync<double>("() => window.pressed"));
            await Assertions.Expect(one.WritingBox()).ToHaveValueAsync("");
        }

        Assert.True(delays.Order().ElementAt(Posts / 2) < 1000, $"A post stood in the other page after {string.Join(", ", delays)} ms.");
        await other.WritingBox().PressSequentiallyAsync(" the state pays.");
        await other.PostButton().ClickAsync();
        await Assertions.Expect(one.Posts()).ToContainTextAsync(draft + " the state pays.");
        await Assertions.Expect(one.Posts().GetByRole(AriaRole.Listitem)).ToHaveCountAsync(Posts + 1);
        await one.Leave();
        await other.Leave();
    }
}
