using System.Text;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>Seats, delegates and groups as the league's staff keep them in a real browser.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class SeatsTests(DemonstrationHub hub, Chromium chromium)
{
    [Fact]
    public async Task A_seat_is_filled_and_vacated_with_the_keyboard_alone_which_is_never_lost()
    {
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.SignIn("staff");
        await visitor.Page.GotoAsync("/groups/cs");
        await WhenComplete(visitor);

        await visitor.TabTo(".keep summary");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.TabTo("#seat-by");
        await visitor.Page.Keyboard.TypeAsync("The President");
        await visitor.TabTo("#seat-person");
        await visitor.Page.Keyboard.TypeAsync("Council Member, Adelanto");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Radio, new() { Name = "Council Member, Adelanto" })).ToBeVisibleAsync();
        await visitor.TabTo(".people input");
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.TabTo(FillForm + " button");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.Locator(FillForm)).ToContainTextAsync("Council Member, Adelanto has the seat.");
        await Assertions.Expect(visitor.Page.Locator(FillForm + " button")).ToBeFocusedAsync();
        await Look(visitor, "seat-filled");

        await visitor.TabTo($"tr:has(a[href='{Adelanto}']) .vacate");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Asked(visitor)).ToBeVisibleAsync();
        await Look(visitor, "seat-vacating");
        await visitor.TabTo(".ask .btn.q");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator($"tr:has(a[href='{Adelanto}']) .vacate")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Asked(visitor)).ToBeVisibleAsync();
        await visitor.TabTo(".ask .btn.o");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.GetByText("The seat of Council Member, Adelanto is vacant.")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.Locator($".roster a[href='{Adelanto}']")).ToHaveCountAsync(0);
        await Look(visitor, "seat-vacant");
        await visitor.Leave();
    }

    [Fact]
    public async Task A_roster_brings_three_officials_of_a_city_in_and_they_become_its_delegate_and_two_alternates()
    {
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.SignIn("staff");
        await visitor.Page.GotoAsync("/admin/rosters");
        await visitor.Page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "officials.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("email,office,city\nmayor@yreka.example,Mayor,Yreka\nvice-mayor@yreka.example,Vice Mayor,Yreka\nmanager@yreka.example,City Manager,Yreka\n"),
        });
        await visitor.Page.Locator("form[action$='/preview'] button").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "What this file would change" })).ToBeFocusedAsync();
        await Look(visitor, "roster-preview");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Bring all of it in" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("What came of the file stands below")).ToBeFocusedAsync();
        await WaitUntilBroughtIn(visitor);

        await visitor.Page.GotoAsync("/cities/yreka");
        await WhenComplete(visitor);
        await visitor.Page.GetByText("Name the delegates").ClickAsync();
        await Enter(visitor);
        await Assertions.Expect(visitor.Page.GetByText("Choose the voting delegate, and give the day on which the council acted.")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("Voting delegate").SelectOptionAsync("Mayor");
        await visitor.Page.GetByLabel("First alternate").SelectOptionAsync("Vice Mayor");
        await visitor.Page.GetByLabel("Second alternate").SelectOptionAsync("City Manager");
        await visitor.Page.GetByLabel("Day of the council’s action").FillAsync("2025-06-03");
        await Enter(visitor);

        await Assertions.Expect(visitor.Page.GetByText("The delegates are entered.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("[aria-labelledby=delegation] dd")).ToHaveTextAsync(["Mayor", "Vice Mayor", "City Manager", "Jun 3, 2025"]);
        await Look(visitor, "delegates");
        await visitor.Leave();
    }

    [Fact]
    public async Task A_group_is_founded_and_renamed_and_its_history_tells_both()
    {
        await using var visitor = await chromium.Visit(hub.Address);
        await visitor.SignIn("staff");
        await visitor.Page.GotoAsync("/groups");
        await WhenComplete(visitor);
        await visitor.Page.GetByText("Found a group").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Drought Task Force");
        await visitor.Page.GetByLabel("What it deals with, in a sentence").FillAsync("Water in dry years.");
        await Look(visitor, "group-founding");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Found the group" }).ClickAsync();

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Uri(hub.Address, "/groups/drought-task-force").ToString());
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Drought Task Force" })).ToBeVisibleAsync();
        await WhenComplete(visitor);
        await visitor.Page.GetByText("Name and what it does").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Water Task Force");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Water Task Force" })).ToBeVisibleAsync();
        await visitor.Page.GetByText("What became of this group").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Drought Task Force" })).ToBeVisibleAsync();
        await Look(visitor, "group-renamed");
        await visitor.Leave();
    }

    private const string FillForm = "form[aria-label='Fill a seat']";
    private const string Adelanto = "/people/gtlr-member-09";

    private static ILocator Asked(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Vacate the seat of Council Member, Adelanto" });

    private static Task Enter(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Enter the delegates" }).ClickAsync();

    /// <summary>Loads the page again until the list of imports, which follows the log, tells that it is done.</summary>
    private static async Task WaitUntilBroughtIn(Visitor visitor)
    {
        for (var load = 1; load <= 50 && await visitor.Page.GetByText("Brought in.").CountAsync() == 0; load++)
        {
            await visitor.Page.ReloadAsync();
        }

        await Assertions.Expect(visitor.Page.GetByText("Brought in.")).ToBeVisibleAsync();
    }

    /// <summary>The page is live and nothing is looked up any more.</summary>
    private static async Task WhenComplete(Visitor visitor)
    {
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(visitor.Page.Locator("main [role=status]", new() { HasText = "…" })).ToHaveCountAsync(0);
    }

    private static async Task Look(Visitor visitor, string name)
    {
        await visitor.Picture(name);
        var barriers = await visitor.SeriousBarriers();
        Assert.True(barriers.Count == 0, $"{name}:\n{string.Join('\n', barriers)}");
    }
}
