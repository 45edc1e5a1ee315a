using CalCities.Collab.Threads;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Posts that try to run a script, reach another host or break the page, written in a real browser and read in two.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class HostilePostTests(DemonstrationHub hub, Chromium chromium)
{
    [Fact]
    public async Task No_hostile_post_runs_a_script_reaches_another_host_or_breaks_the_page()
    {
        Assert.True(HostilePosts.All.Length >= 60);
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Hostile posts");
        await using var writer = await chromium.VisitThread(hub.Address, "eq-member-06", thread);
        await using var reader = await chromium.VisitThread(hub.Address, "eq-member-07", thread);

        var posted = 0;
        foreach (var (name, body) in HostilePosts.All)
        {
            await writer.Paste(body);
            await writer.PostButton().ClickAsync();
            // It is taken (the box is empty), or refused with a sentence (the text stays).
            var end = await writer.Page.WaitForFunctionAsync(
                "() => document.querySelector('.composer textarea').value === '' ? 'posted' : document.querySelector('.composer .refusal').hidden ? null : 'refused'",
                null, new() { Timeout = 20_000 });
            posted += await end.JsonValueAsync<string>() is "posted" ? 1 : 0;
            Assert.True(await Intact(writer, thread), $"The writer's page broke with: {name}");
        }

        await Assertions.Expect(reader.Page.GetByText($"{posted} posts", new() { Exact = true })).ToBeVisibleAsync();
        Assert.True(await Intact(reader, thread), "The reader's page broke.");
        await reader.Page.ReloadAsync();
        await Assertions.Expect(reader.WritingBox()).ToBeEnabledAsync();
        for (var earlier = reader.Page.Locator("button", new() { HasText = "earlier post" }); await earlier.CountAsync() > 0;)
        {
            var before = await reader.Posts().Locator("> li").CountAsync();   // posts hold lists of their own
            await earlier.ClickAsync();
            await Assertions.Expect(reader.Posts().Locator("> li")).Not.ToHaveCountAsync(before);
        }

        await Assertions.Expect(reader.Posts().Locator("> li")).ToHaveCountAsync(posted);
        Assert.True(await Intact(reader, thread), "The reader's page broke when all posts stood in it.");
        var barriers = await reader.SeriousBarriers();
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        await writer.Leave();
        await reader.Leave();
    }

    /// <summary>No script of a post has run in any frame, nothing that loads or posts stands in a post, and the page is still this thread's.</summary>
    private static async Task<bool> Intact(Visitor visitor, ThreadId thread)
    {
        var found = await visitor.Page.EvaluateAsync<string>($$"""
            () => JSON.stringify({
                ran: window['{{HostilePosts.Sentinel}}'] !== undefined,
                frames: window.length,
                active: document.querySelectorAll('.posts :is(script, iframe, frame, object, embed, form, input, base, meta, link, style, img, video, audio, svg[onload])').length,
                handlers: [...document.querySelectorAll('.posts *')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
                addresses: [...document.querySelectorAll('.posts a[href]')].filter(a => !['http:', 'https:', 'mailto:'].includes(a.protocol)).length,
                path: location.pathname,
                heading: document.querySelector('h1')?.textContent.trim(),
                box: !!document.querySelector('.composer textarea:not(:disabled)'),
            })
            """);
        return found.Equals(
            $$"""{"ran":false,"frames":0,"active":0,"handlers":0,"addresses":0,"path":"/threads/{{thread}}","heading":"Hostile posts","box":true}""", StringComparison.Ordinal)
            ? true
            : throw new Xunit.Sdk.XunitException(found);
    }
}
