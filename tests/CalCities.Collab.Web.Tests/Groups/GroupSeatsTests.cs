using Bunit;
using CalCities.Collab.Members;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Groups;

/// <summary>A group's page as its appointing officers, the league's staff and everyone else meet it.</summary>
public sealed class GroupSeatsTests : PagesOnAHub
{
    private static readonly Appointer Valley = new("sacramento-valley");
    private static readonly DateTimeOffset October = new(2030, 10, 10, 7, 0, 0, TimeSpan.Zero);

    private GroupId eq, valley;
    private MemberId officer, davis, colfax, staff;

    protected override async Task Begin()
    {
        eq = await Hub.Found("eq", "Environmental Quality");
        valley = await Hub.Found("sacramento-valley", "Sacramento Valley", GroupKind.Division);
        officer = await Hub.Join("officer", "Mayor", "Woodland", seats: (valley, Role.Chair));
        davis = await Hub.Join("davis", "Mayor", "Davis");
        colfax = await Hub.Join("colfax", "City Manager", "Colfax");
        staff = await Hub.Join("staff", "Legislative staff", null, Duty.Staff);
        await Do(davis, new MemberCommand.Sit(new LocalBody(new("davis"), LocalBody.Council)));
        await Do(eq, new GroupCommand.Allot(Valley, 2));
        await Do(eq, new GroupCommand.Allot(Appointer.President, 1));
        await Do(eq, new GroupCommand.Appoint(davis, Role.Member, Valley, null, NextTerm: false));
        await Hub.CaughtUp();
    }

    [Fact]
    public async Task The_roster_shows_who_appointed_whom_what_is_vacant_and_how_many_are_elected()
    {
        await Do(eq, new GroupCommand.Appoint(colfax, Role.Alternate, Valley, davis, NextTerm: false));
        await Do(eq, new GroupCommand.PlanTerm("2030–31", October));
        await Do(eq, new GroupCommand.Appoint(colfax, Role.Member, Valley, null, NextTerm: true));
        await Hub.CaughtUp();
        await SignIn(colfax);

        var page = Open("eq");

        await Shows(page, "table[aria-labelledby=roster] tbody tr", "The President 1 vacant", "Sacramento Valley · division 1 vacant", "Davis Mayor", "Colfax City Manager Alternate for Mayor, Davis You");
        await Shows(page, "#roster", "Roster 2, 2 vacant");
        await Shows(page, "#roster + p", "1 of 1 voting seats are held by elected officials.");
        await Shows(page, "header .facts span", "Recommends positions to the Board", "Next term 2030–31 begins Oct 10, 2030");
        await Shows(page, "#next-term", "Next term 2030–31 begins Oct 10, 2030");
        await Shows(page, "table[aria-labelledby=next-term] tbody tr", "The President 1 vacant", "Sacramento Valley · division 1 vacant", "Colfax City Manager You");
        Assert.Empty(page.FindAll("#keeping, .vacate"));
    }

    [Fact]
    public async Task A_committee_without_a_majority_of_elected_officials_says_so()
    {
        await Do(eq, new GroupCommand.Appoint(colfax, Role.Member, Valley, null, NextTerm: false));
        await Hub.CaughtUp();
        await SignIn(davis);

        await Shows(Open("eq"), "#roster ~ .closed-note", "That is no majority. A policy committee needs one: ask those who appoint to fill seats with mayors and council members.");
    }

    [Fact]
    public async Task An_appointing_officer_fills_and_vacates_the_seats_of_their_own_body_and_is_offered_no_others()
    {
        await SignIn(officer);
        var page = Open("eq");
        await Shows(page, "#seat-by option", "Sacramento Valley (1 vacant)");
        Assert.Empty(page.FindAll("[aria-label='Next term'], [aria-label='Open-meeting guard']"));

        await page.InvokeAsync(() => page.Find("form[aria-label='Fill a seat']").SubmitAsync());
        await Shows(page, "form[aria-label='Fill a seat'] .refusal", "Choose who takes the seat: type a name, office or city, then choose them from the list.");
        await Choose(page, "colfax");
        await page.InvokeAsync(() => page.Find("form[aria-label='Fill a seat']").SubmitAsync());

        await Shows(page, "form[aria-label='Fill a seat'] .done", "City Manager, Colfax has the seat.");
        await Shows(page, "table[aria-labelledby=roster] tbody tr", "The President 1 vacant", "Sacramento Valley · division", "Colfax City Manager Vacate: City Manager, Colfax", "Davis Mayor Vacate: Mayor, Davis");

        await page.InvokeAsync(() => page.FindAll(".vacate")[1].ClickAsync());
        await Shows(page, ".ask .btn", "Vacate the seat", "Keep it");
        await page.InvokeAsync(() => page.Find(".ask .btn.o").ClickAsync());

        await Shows(page, "table[aria-labelledby=roster] tbody tr", "The President 1 vacant", "Sacramento Valley · division 1 vacant", "Colfax City Manager Vacate: City Manager, Colfax");
        await Shows(page, "#roster ~ .done", "The seat of Mayor, Davis is vacant.");
    }

    [Fact]
    public async Task A_refused_seat_says_why_beside_the_form_and_keeps_what_was_chosen()
    {
        await Do(eq, new GroupCommand.Appoint(colfax, Role.Member, Valley, null, NextTerm: false));
        await Hub.CaughtUp();
        await SignIn(officer);
        var page = Open("eq");
        await Shows(page, "#seat-by option", "Sacramento Valley (filled)");

        await Choose(page, "woodland");
        await page.InvokeAsync(() => page.Find("form[aria-label='Fill a seat']").SubmitAsync());

        await Shows(page, "form[aria-label='Fill a seat'] .refusal", GroupRefusals.AllotmentFull.Sentence);
        Assert.Equal(("officer", true), (page.Find(".people input").GetAttribute("value"), page.Find(".people input").HasAttribute("checked")));
    }

    [Fact]
    public async Task Staff_plan_a_term_fill_its_roster_and_set_the_guard()
    {
        await SignIn(staff);
        var page = Open("eq");
        await Shows(page, "#seat-by option", "Sacramento Valley (1 vacant)", "The President (1 vacant)", "Nobody: a seat beside the appointed ones");

        await page.InvokeAsync(() => page.Find("#term-name").ChangeAsync("2030–31"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Next term']").SubmitAsync());
        await Shows(page, "form[aria-label='Next term'] .refusal", "Give the day on which the term begins.");
        await page.InvokeAsync(() => page.Find("#term-begins").ChangeAsync("2030-10-10"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Next term']").SubmitAsync());
        await Shows(page, "#next-term", "Next term 2030–31 begins Oct 10, 2030");

        await page.InvokeAsync(() => page.Find("#seat-by").ChangeAsync("sacramento-valley"));
        await page.InvokeAsync(() => page.FindAll("input[name=seat-when]")[1].ChangeAsync("on"));
        await Choose(page, "colfax");
        await page.InvokeAsync(() => page.Find("form[aria-label='Fill a seat']").SubmitAsync());
        await Shows(page, "table[aria-labelledby=next-term] tbody tr", "The President 1 vacant", "Sacramento Valley · division 1 vacant", "Colfax City Manager Vacate: City Manager, Colfax");

        await page.InvokeAsync(() => page.FindAll("input[name=guard]")[1].ChangeAsync("on"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Open-meeting guard']").SubmitAsync());
        await Shows(page, "#keeping ~ details:nth-of-type(3) summary", "Open-meeting guard: warn");
    }

    [Fact]
    public async Task A_group_that_was_merged_says_where_its_work_goes_on_and_offers_nothing()
    {
        var ps = await Hub.Found("ps", "Public Safety");
        await Do(ps, new GroupCommand.Merge(eq));
        await Hub.CaughtUp();
        await SignIn(staff);

        var page = Open("ps");

        await Shows(page, "[aria-label=Ended]", "This group has ended. Its work goes on in Environmental Quality. What was written here stays.");
        Assert.Equal("/groups/eq", page.Find("[aria-label=Ended] a").GetAttribute("href"));
        Assert.Empty(page.FindAll("#keeping, .vacate, header a.btn"));
        var groups = Render<GroupsPage>();
        await Shows(groups, "[aria-labelledby=ended] li", "Public Safety");
        Assert.DoesNotContain("Public Safety", groups.FindAll(".tile b").Select(Words), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Staff_rename_a_group_say_who_appoints_how_many_and_end_it_with_a_second_press()
    {
        await SignIn(staff);
        var page = Open("eq");
        await Shows(page, "#group-power option", "Votes on no positions", "Recommends positions to the Board", "Decides positions", "Shares what it knows; votes on nothing");

        await page.InvokeAsync(() => page.Find("#group-name").ChangeAsync("Environment"));
        await page.InvokeAsync(() => page.Find("#group-power").ChangeAsync("Shares"));
        await page.InvokeAsync(() => page.Find("form[aria-label=Name]").SubmitAsync());
        await Shows(page, "h1", "Environment");
        await Shows(page, "header .facts b", "Shares what it knows; votes on nothing");

        await page.InvokeAsync(() => page.Find("form[aria-label='Seats of an appointer']").SubmitAsync());
        await Shows(page, "form[aria-label='Seats of an appointer'] .refusal", "Choose who appoints.");
        await page.InvokeAsync(() => page.Find("#appointer").ChangeAsync("sacramento-valley"));
        await page.InvokeAsync(() => page.Find("#allotted").ChangeAsync("3"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Seats of an appointer']").SubmitAsync());
        await page.WaitForAssertionAsync(() => Assert.Contains("Sacramento Valley (2 vacant)", page.FindAll("#seat-by option").Select(Words), StringComparer.Ordinal), Patience);

        var end = "form[aria-label='End this group']";
        await page.InvokeAsync(() => page.Find(end).SubmitAsync());
        await Shows(page, $"{end} .refusal", $"Say why in 1 to {GroupDecider.MaxReasonLength} characters: the reason is shown on the group's page.");
        await page.InvokeAsync(() => page.Find("#end-reason").ChangeAsync("Its work is done"));
        await page.InvokeAsync(() => page.Find(end).SubmitAsync());
        await Shows(page, $"{end} button", "Yes, end it for good", "Keep it");
        await page.InvokeAsync(() => page.Find(end).SubmitAsync());
        await page.WaitForAssertionAsync(() => Assert.Contains("Its work is done", page.Find("[aria-label=Ended]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Staff_found_a_group_whose_address_is_its_name_and_nobody_else_is_offered_that()
    {
        await SignIn(davis);
        var members = Render<GroupsPage>();
        await members.WaitForAssertionAsync(() => Assert.NotEmpty(members.FindAll(".tile")), Patience);
        Assert.Empty(members.FindAll("form[aria-label='Found a group']"));

        await SignIn(staff);
        var page = Render<GroupsPage>();
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("#found-name")), Patience);
        await page.InvokeAsync(() => page.Find("#found-name").ChangeAsync("!!!"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Found a group']").SubmitAsync());
        await Shows(page, "form[aria-label='Found a group'] .refusal", "Give a name with letters or digits in it: the group's address is made of it.");
        await page.InvokeAsync(() => page.Find("#found-name").ChangeAsync("Water & Drought"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Found a group']").SubmitAsync());

        Assert.EndsWith("/groups/water-drought", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private IRenderedComponent<GroupPage> Open(string slug) => Render<GroupPage>(p => p.Add(page => page.Slug, slug));

    private static async Task Choose(IRenderedComponent<GroupPage> page, string text)
    {
        await page.InvokeAsync(() => page.Find("#seat-person").InputAsync(text));
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".people input")), Patience);
        await page.InvokeAsync(() => page.Find(".people input").ChangeAsync("on"));
    }
}
