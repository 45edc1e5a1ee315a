using Bunit;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Members;

public sealed class DirectoryTests : PagesOnAHub
{
    private static readonly CityId Davis = new("davis"), Canada = new("la-canada-flintridge");

    private GroupId eq, valley;
    private MemberId mayor, manager;

    protected override async Task Begin()
    {
        eq = await Hub.Found("eq", "Environmental Quality");
        valley = await Hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division);
        await Do(Davis, new CityCommand.Register("Davis", "Yolo", valley));
        await Do(Davis, new CityCommand.Admit(new DateOnly(1990, 1, 1)));
        await Do(Canada, new CityCommand.Register("La Cañada Flintridge", "Los Angeles", new("los-angeles-county")));
        await Do(eq, new GroupCommand.Allot(new("sacramento-valley"), 2));
        mayor = await Hub.Join("mayor", "Mayor", "Davis", seats: (valley, Role.Chair));
        manager = await Hub.Join("manager", "City Manager", "La Cañada Flintridge");
        await Do(mayor, new MemberCommand.Sit(new LocalBody(Davis, LocalBody.Council)));
        await Do(eq, new GroupCommand.Appoint(mayor, Role.Member, new("sacramento-valley"), null, NextTerm: false));
        await Hub.CaughtUp();
        await SignIn(manager);
    }

    [Fact]
    public async Task People_and_cities_are_found_by_typing_with_their_seats_and_membership()
    {
        var page = Render<DirectoryPage>();
        await Shows(page, ".people-list > li", "Mayor, Davis Environmental Quality Sacramento Valley · Chair", "City Manager, La Cañada Flintridge");
        await Shows(page, "[aria-labelledby=cities] li", "Davis Yolo County · Sacramento Valley", "La Cañada Flintridge Los Angeles County Not a member");

        await page.InvokeAsync(() => page.Find("#q").InputAsync("yolo"));
        await Shows(page, "[aria-labelledby=cities] li", "Davis Yolo County · Sacramento Valley");
        await Shows(page, "[aria-labelledby=people] .empty", "Nobody fits. One word of the name, office or city is enough.");
        Assert.EndsWith("/directory?q=yolo", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("#q").InputAsync("la canada"));
        await Shows(page, "[aria-labelledby=cities] li", "La Cañada Flintridge Los Angeles County Not a member");
        await Shows(page, ".people-list > li", "City Manager, La Cañada Flintridge");
    }

    [Fact]
    public async Task Someone_who_joins_is_there_without_searching_again()
    {
        var page = Render<DirectoryPage>();
        await Shows(page, ".people-list > li", "Mayor, Davis Environmental Quality Sacramento Valley · Chair", "City Manager, La Cañada Flintridge");

        await Hub.Join("clerk", "City Clerk", "Davis", Duty.CityClerk);

        await Shows(page, ".people-list > li", "City Clerk, Davis", "Mayor, Davis Environmental Quality Sacramento Valley · Chair", "City Manager, La Cañada Flintridge");
    }

    [Fact]
    public async Task A_long_list_shows_two_screens_at_first_and_the_rest_on_demand()
    {
        for (var i = 0; i <= DirectoryPage.AtFirst; i++)
            await Do(new CityId($"town-{(char)('a' + i)}"), new CityCommand.Register($"Town {(char)('a' + i)}", "Alpine", valley));
        await Hub.CaughtUp();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/directory?q=alpine");
        var page = Render<DirectoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(DirectoryPage.AtFirst, page.FindAll("[aria-labelledby=cities] li").Count), Patience);
        Assert.Equal("alpine", page.Find("#q").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find("[aria-labelledby=cities] button").ClickAsync());

        Assert.Equal(DirectoryPage.AtFirst + 1, page.FindAll("[aria-labelledby=cities] li").Count);
    }

    [Fact]
    public async Task A_person_shows_office_city_council_and_seats_with_who_appointed_them()
    {
        var page = Person("mayor");

        await Shows(page, "h1", "Mayor, Davis");
        await Shows(page, ".told > div", "Office Mayor", "City Davis", "Sits on The city council");
        await Shows(page, "[aria-labelledby=seats] li", "Environmental Quality Appointed by: Sacramento Valley Member", "Sacramento Valley Chair");
        Assert.Equal(["/cities/davis", "/groups/eq", "/groups/sacramento-valley"], page.FindAll("section a").Select(link => link.GetAttribute("href")!), StringComparer.Ordinal);

        await Do(valley, new GroupCommand.VacateSeat(mayor));

        await Shows(page, "[aria-labelledby=seats] li", "Environmental Quality Appointed by: Sacramento Valley Member");
    }

    [Fact]
    public async Task A_suspended_person_is_shown_as_taking_no_part()
    {
        await Do(mayor, new MemberCommand.Suspend("Left office"));

        await Shows(Person("mayor"), ".notice", "This account takes no part at present.");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a b/c")]
    public async Task Someone_who_is_not_there_says_where_everyone_is(string id) => await Shows(Person(id), "h1", "There is no such person");

    private IRenderedComponent<PersonPage> Person(string id) => Render<PersonPage>(p => p.Add(page => page.Id, id));
}
