using Bunit;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Cities;

public sealed class CityPageTests : PagesOnAHub
{
    private static readonly CityId Davis = new("davis");

    private GroupId eq, valley;
    private MemberId mayor, vice, clerk, other;

    protected override async Task Begin()
    {
        eq = await Hub.Found("eq", "Environmental Quality");
        valley = await Hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division);
        await Do(Davis, new CityCommand.Register("Davis", "Yolo", valley));
        await Do(Davis, new CityCommand.Admit(new DateOnly(1950, 7, 1)));
        await Do(Davis, new CityCommand.Withdraw(new DateOnly(2018, 1, 1)));
        await Do(Davis, new CityCommand.Admit(new DateOnly(2020, 1, 1)));
        mayor = await Hub.Join("mayor", "Mayor", "Davis", seats: (eq, Role.Member));
        vice = await Hub.Join("vice", "Vice Mayor", "Davis", seats: (eq, Role.Member));
        clerk = await Hub.Join("clerk", "City Clerk", "Davis", Duty.CityClerk);
        other = await Hub.Join("other", "City Clerk", "Colfax", Duty.CityClerk);
        foreach (var member in new[] { mayor, vice })
            await Do(member, new MemberCommand.Sit(new LocalBody(Davis, LocalBody.Council)));
        await Hub.CaughtUp();
    }

    [Fact]
    public async Task A_city_shows_its_membership_its_division_and_its_officials_and_says_that_its_council_is_to_be_verified()
    {
        await SignIn(mayor);

        var page = Open("davis");

        await Shows(page, "h1", "Davis");
        await Shows(page, "header .chip", "Member of the league");
        await Shows(page, "[aria-labelledby=officials] li", "City Clerk", "Mayor On the council", "Vice Mayor On the council");
        await Shows(page, "[aria-labelledby=about] .told > div", "County Yolo", "Division Sacramento Valley",
            "Council Size to be verified. Until the league’s staff give it, the open-meeting guard can’t count this council.", "Membership Since Jan 1, 2020 Jul 1, 1950 to Dec 31, 2017");
        await Shows(page, "[aria-labelledby=delegation] .empty", "No delegate is named yet. The council names a voting delegate and up to two alternates; its clerk enters them here.");
        Assert.Empty(page.FindAll("form, #talks, a[href$='/record']"));

        await Do(Davis, new CityCommand.SizeBody(LocalBody.Council, 5));

        await page.WaitForAssertionAsync(() => Assert.Contains("Council 5 members; 3 are a majority", page.FindAll(".told > div").Select(Words), StringComparer.Ordinal), Patience);
    }

    [Fact]
    public async Task Its_clerk_names_the_delegates_that_the_council_has_named()
    {
        await SignIn(clerk);
        var page = Open("davis");
        await Shows(page, "#delegate-0 option", "Choose an official", "City Clerk", "Mayor", "Vice Mayor");

        await page.InvokeAsync(() => page.Find("form[aria-label=Delegates]").SubmitAsync());
        await Shows(page, "form .refusal", "Choose the voting delegate, and give the day on which the council acted.");

        await page.InvokeAsync(() => page.Find("#delegate-0").ChangeAsync("mayor"));
        await page.InvokeAsync(() => page.Find("#delegate-1").ChangeAsync("mayor"));
        await page.InvokeAsync(() => page.Find("#delegate-day").ChangeAsync("2026-09-01"));
        await page.InvokeAsync(() => page.Find("form[aria-label=Delegates]").SubmitAsync());
        await Shows(page, "form .refusal", CityRefusals.TooManyAlternates.Sentence);
        Assert.Equal("mayor", page.Find("#delegate-0").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find("#delegate-1").ChangeAsync("vice"));
        await page.InvokeAsync(() => page.Find("form[aria-label=Delegates]").SubmitAsync());

        await Shows(page, "[aria-labelledby=delegation] .told > div", "Voting delegate Mayor", "First alternate Vice Mayor", "Council acted on Sep 1, 2026");
        await Shows(page, "form .done", "The delegates are entered.");
        Assert.Equal("/cities/davis/record", page.Find("a[href$='/record']").GetAttribute("href"));
    }

    [Fact]
    public async Task The_conversations_of_its_council_are_for_its_own_clerk_alone()
    {
        await Do(Davis, new CityCommand.SizeBody(LocalBody.Council, 5));
        await Hub.CaughtUp();
        var thread = new ThreadId("burns");
        Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(mayor, thread, new CommandId("open"), new ThreadCommand.Open(eq, null, "Brush that burns at night", Readers.GroupOnly), Xunit.TestContext.Current.CancellationToken));
        Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(mayor, thread, new CommandId("post"), new ThreadCommand.Post(new("one"), null, null, Stance.None, "It does.", []), Xunit.TestContext.Current.CancellationToken));
        await Do(SomeBills.Number.Id, new BillCommand.Observe(SomeBills.Observed));
        var trees = new ThreadId("trees");
        foreach (var (by, id) in new[] { (mayor, "one"), (vice, "two") })
        {
            await Hub.Door.Execute(mayor, trees, new CommandId("open-trees"), new ThreadCommand.Open(eq, SomeBills.Number.Id, "Trees", Readers.GroupOnly), Xunit.TestContext.Current.CancellationToken);
            Assert.IsType<Outcome.Recorded>(await Hub.Door.Execute(by, trees, new CommandId($"post-{id}"), new ThreadCommand.Post(new(id), null, null, Stance.None, "Plant.", []), Xunit.TestContext.Current.CancellationToken));
        }

        await Hub.CaughtUp();

        await SignIn(clerk);
        var own = Open("davis");
        await Shows(own, "[aria-labelledby=talks] li .row", "AB 9001 Street trees: grants. 2 of 5 members", "A topic of a group’s own 1 of 5 members");
        Assert.Equal("/bills/202520260AB9001", own.Find("[aria-labelledby=talks] a").GetAttribute("href"));
        Assert.DoesNotContain("Brush that burns", own.Markup, StringComparison.Ordinal);

        await SignIn(other);
        var visited = Open("davis");
        await Shows(visited, "h1", "Davis");
        await Shows(visited, "[aria-labelledby=officials] li", "City Clerk", "Mayor On the council", "Vice Mayor On the council");
        Assert.Empty(visited.FindAll("form, #talks, a[href$='/record']"));
    }

    [Theory]
    [InlineData("atlantis")]
    [InlineData("a b/c")]
    public async Task A_city_that_is_not_there_says_where_the_cities_are(string slug)
    {
        await SignIn(mayor);

        await Shows(Open(slug), "h1", "There is no such city");
    }

    private IRenderedComponent<CityPage> Open(string slug) => Render<CityPage>(p => p.Add(page => page.Slug, slug));
}
