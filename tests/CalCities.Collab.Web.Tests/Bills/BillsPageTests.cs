using System.Security.Claims;
using AngleSharp.Html.Dom;
using Bunit;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static CalCities.Collab.Bills.BillDetailsTests;

namespace CalCities.Collab.Bills;

/// <summary>The list of bills over a real host that has imported the tests' own extract.</summary>
public sealed class BillsPageTests : BunitContext, IAsyncLifetime
{
    private readonly MemoryLog log = new();
    private TestHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        // A loaded machine renders late, and a claim about what is shown isn't one about how soon.
        DefaultWaitTimeout = TimeSpan.FromSeconds(60);
        hub = await TestHub.Start();
        var me = log.Join("eq-chair");
        Services.AddSingleton(log.Topics);
        Services.AddSingleton(hub.Services.GetRequiredService<BillQueries>());
        Services.AddSingleton(hub.Door);
        this.AddAuthorization().SetAuthorized(me.Value).SetClaims(new Claim(ClaimTypes.NameIdentifier, me.Value));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_bills_stand_newest_action_first_and_each_row_is_a_link()
    {
        await Import();

        var page = await Open("/bills", "4 bills");

        Assert.Equal(["SB 9002", "AB 9001", "ACR 9003", "ABX1 2"], Numbers(page));
        Assert.Equal("/bills/202520260SB9002", page.Find("ul.bills a").GetAttribute("href"));
        Assert.Equal("Search bills", Text(page.Find("label[for=q]")));
        Assert.Equal("search", page.Find("input#q").GetAttribute("type"));
        Assert.Equal("Filter and sort", Text(page.Find("details:not([open]) summary")));
    }

    [Fact]
    public async Task The_address_holds_search_filters_and_order()
    {
        await Import();

        var page = await Open("/bills?q=trees&house=Assembly&committee=CX15&status=In%20Committee%20Process&sort=number", "1 bill");

        Assert.Equal(["AB 9001"], Numbers(page));
        Assert.Equal("trees", page.Find("input#q").GetAttribute("value"));
        Assert.Equal(["Assembly", "CX15", "In Committee Process", "number"],
            page.FindAll("select").Select(s => ((IHtmlSelectElement)s).QuerySelector("option[selected]")?.GetAttribute("value")));
    }

    [Fact]
    public async Task Searching_and_choosing_a_filter_go_to_the_address_that_says_so()
    {
        await Import();
        var page = await Open("/bills?sort=number&page=1", "4 bills");

        Assert.Equal("Filter and sort (1 chosen)", Text(page.Find("details[open] summary")));
        // Found and pressed in one turn of the renderer: a live update may render between two.
        await page.InvokeAsync(() =>
        {
            page.Find("input#q").Change("housing & trees");
            page.Find("form").Submit();
        });
        Assert.EndsWith("/bills?q=housing%20%26%20trees&sort=number", Address, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("select#house").Change("Senate"));
        Assert.EndsWith("house=Senate&sort=number", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_without_a_bill_says_what_to_do_and_offers_all_of_them()
    {
        await Import();

        var page = await Open("/bills?q=nonesuch", "No bills");

        Assert.StartsWith("No bill fits. Check the spelling", Text(page.Find("p.empty")), StringComparison.Ordinal);
        Assert.Equal("/bills", page.Find("a.btn.q").GetAttribute("href"));
    }

    [Fact]
    public async Task A_hub_without_bills_says_who_brings_them_in()
    {
        var page = await Open("/bills", "No bills");

        Assert.StartsWith("There are no bills here yet.", Text(page.Find("p.empty")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_of_fifty_that_links_lead_through()
    {
        var program = new Actor.Program("import");
        await Task.WhenAll(Enumerable.Range(1, BillQueries.PageSize + 1).Select(i =>
        {
            var seen = SomeBills.Observed with { Number = SomeBills.Number with { Number = i } };
            return hub.Door.Execute(program, seen.Number.Id, new("first"), new BillCommand.Observe(seen));
        }));
        await hub.CaughtUp();

        var page = await Open("/bills?sort=number", "51 bills");
        Assert.Equal((50, "AB 1"), (Numbers(page).Count, Numbers(page)[0]));
        Assert.Equal("/bills?sort=number&page=2#results", page.Find("a[rel=next]").GetAttribute("href"));

        var last = await Open("/bills?sort=number&page=2", "51 bills, page 2 of 2");
        Assert.Equal(["AB 51"], Numbers(last));
        Assert.Equal("/bills?sort=number&page=1#results", last.Find("a[rel=prev]").GetAttribute("href"));

        var beyond = await Open("/bills?page=9", "51 bills");
        Assert.Equal("There are only 2 pages. Go to the last one .", Text(beyond.Find("p.empty")).Replace("one.", "one .", StringComparison.Ordinal));
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    private async Task Import() => await BillImport.Of(hub.Services).Run(Path.Combine(Repository.Root, "tests", "CalCities.Collab.Grains.Tests", "Bills", "extract"));

    private async Task<IRenderedComponent<BillsPage>> Open(string address, string summary)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<BillsPage>();
        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(Topic.TellEvery);
            return Text(page.Find("[role=status]")) == summary;
        }, summary);
        return page;
    }

    private static List<string> Numbers(IRenderedComponent<BillsPage> page) => [.. page.FindAll("ul.bills b").Select(Text)];
}
