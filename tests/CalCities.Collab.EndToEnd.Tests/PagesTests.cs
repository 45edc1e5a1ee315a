using System.Globalization;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Every page of the demonstration as people with different eyes, hands and devices meet it.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class PagesTests(DemonstrationHub hub, Chromium chromium)
{
    /// <summary>Each page by its name, and how one gets there: an address, and where it is not known before, the first such link on that page.</summary>
    public static TheoryData<string, string> Pages => new()
    {
        { "today", "/" },
        { "bills", "/bills" },
        { "bill", "/bills → main a[href^='/bills/2']" },
        { "thread", "/groups/eq → main a[href^='/threads/']:not([href^='/threads/new'])" },
        { "new-thread", "/threads/new?group=eq" },
        { "groups", "/groups" },
        { "group", "/groups/eq" },
        { "directory", "/directory" },
        { "directory-search", "/directory?q=davis" },
        { "city", "/cities/davis" },
        { "person", "/people/eq-chair" },
        { "missing", "/threads/there-is-none" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_serious_in_light_and_dark_on_a_desk_and_on_a_phone_and_nothing_scrolls_sideways(string name, string path)
    {
        foreach (var settings in new VisitorSettings[] { new(), new(Dark: true), new(390, 844), new(390, 844, Dark: true), new(320, 640) })
        {
            await using var visitor = await chromium.Visit(hub.Address, settings);
            await visitor.SignIn("eq-chair");
            await Open(visitor, path);
            await Look(visitor, name, settings);
        }
    }

    [Fact]
    public async Task The_sign_in_page_holds_to_the_same()
    {
        foreach (var settings in new VisitorSettings[] { new(), new(Dark: true), new(390, 844), new(320, 640) })
        {
            await using var visitor = await chromium.Visit(hub.Address, settings);
            await visitor.Page.GotoAsync("/signin");
            await Look(visitor, "signin", settings);
        }
    }

    [Fact]
    public async Task One_signs_in_opens_a_thread_and_posts_with_the_keyboard_alone()
    {
        var thread = await DemonstrationHub.OpenThread(hub.Address, "Keys alone");
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.Page.GotoAsync("/signin?q=eq-member-08");
        await visitor.TabTo("button[value='eq-member-08']");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();

        await visitor.Page.GotoAsync($"/threads/{thread}");
        await Assertions.Expect(visitor.WritingBox()).ToBeEnabledAsync();
        await visitor.TabTo(".composer textarea");
        await visitor.Page.Keyboard.TypeAsync("No mouse was used.");
        await visitor.TabTo(".composer [data-part='post']");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Posts()).ToContainTextAsync("No mouse was used.");
        await visitor.Leave();
    }

    [Fact]
    public async Task The_first_key_skips_the_bar_and_wherever_the_keyboard_goes_one_sees_it()
    {
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.SignIn("eq-chair");
        foreach (var (_, path) in Pages.Select(page => page.Data))
        {
            await Open(visitor, path);
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await visitor.Page.Keyboard.PressAsync("Tab");
            Assert.Equal("Skip to the page", await visitor.Page.EvaluateAsync<string>("document.activeElement.textContent"));
            await visitor.Page.Keyboard.PressAsync("Enter");
            await visitor.Page.WaitForFunctionAsync("document.activeElement.matches('main#page')");
            for (var presses = 0; presses < 12; presses++)
            {
                await visitor.Page.Keyboard.PressAsync("Tab");
                var unseen = await visitor.Page.EvaluateAsync<string?>("""
                    (() => { const at = document.activeElement; return at === document.body || getComputedStyle(at).outlineStyle !== 'none' ? null : at.outerHTML; })()
                    """);
                Assert.True(unseen is null, $"{path}: {unseen}");
            }
        }

        visitor.Forgive("status of 404");
        await visitor.Leave();
    }

    private static async Task Open(Visitor visitor, string path)
    {
        var steps = path.Split(" → ");
        await visitor.Page.GotoAsync(steps[0]);
        foreach (var link in steps[1..])
        {
            await visitor.Page.GotoAsync((await visitor.Page.Locator(link).First.GetAttributeAsync("href"))!);
        }
    }

    private static async Task Look(Visitor visitor, string name, VisitorSettings settings)
    {
        if (visitor.Page.Url.EndsWith("/there-is-none", StringComparison.Ordinal))
        {
            visitor.Forgive("status of 404");
        }

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        // "Looking up the groups …": what is judged is the page with its content.
        await Assertions.Expect(visitor.Page.Locator("main [role=status]", new() { HasText = "…" })).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("CalCities Collab$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var look = string.Create(CultureInfo.InvariantCulture, $"{name}-{settings.Width}-{(settings.Dark ? "dark" : "light")}");
        await visitor.Picture(look);
        var barriers = await visitor.SeriousBarriers();
        Assert.True(barriers.Count == 0, $"{look}:\n{string.Join('\n', barriers)}");
        var wide = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"{look}: {wide} pixels scroll sideways.");
        await visitor.Leave();
    }
}
