using CalCities.Collab.Demo;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Two officials of one committee, each at a browser of their own.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class LiveRoomTests(DemonstrationHub hub, Chromium chromium)
{
    private const string One = "eq-member-01";
    private const string Other = "eq-member-02";

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
        await other.WritingBox().PressSequentiallyAsync(draft);
        await Assertions.Expect(one.Page.GetByText(Personas.Find(Other)!.DisplayName + " is writing")).ToBeVisibleAsync();

        // Twice: the second post finds a page that has already changed once.
        foreach (var post in new[] { "Our haulers ask for **two more years**.", "And the county has no composting site yet." })
        {
            await one.WritingBox().FillAsync(post);
            await one.PostButton().ClickAsync();
            await Assertions.Expect(other.Posts()).ToContainTextAsync(post.Replace("**", "", StringComparison.Ordinal), new() { Timeout = 1000 });
            Assert.Equal(draft, await other.WritingBox().InputValueAsync());
            await Assertions.Expect(other.WritingBox()).ToBeFocusedAsync();
        }

        await other.WritingBox().PressSequentiallyAsync(" the state pays.");
        await other.PostButton().ClickAsync();
        await Assertions.Expect(one.Posts()).ToContainTextAsync(draft + " the state pays.", new() { Timeout = 1000 });
        await Assertions.Expect(one.Posts().GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await one.Leave();
        await other.Leave();
    }
}
