using System.Security.Claims;
using Bunit;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static CalCities.Collab.Bills.BillDetailsTests;

namespace CalCities.Collab.Bills;

/// <summary>The page of one bill over followed topics in memory.</summary>
public sealed class BillPageTests : BunitContext, IAsyncLifetime
{
    private readonly MemoryLog log = new();
    private MemberId me;
    private TestHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        // A loaded machine renders late, and a claim about what is shown isn't one about how soon.
        DefaultWaitTimeout = TimeSpan.FromSeconds(60);
        hub = await TestHub.Start();
        me = log.Join("eq-chair");
        Services.AddSingleton(log.Topics);
        Services.AddSingleton(hub.Services.GetRequiredService<ThreadQueries>());
        Services.AddSingleton(hub.Door);
        Services.AddSingleton(TimeProvider.System);
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
    public async Task What_an_import_changes_shows_on_an_open_page()
    {
        Tell(SomeBills.Observed);
        var page = Render<BillPage>(p => p.Add(c => c.Id, SomeBills.Number.Id.Value));
        await page.WaitForAssertionAsync(() => Assert.Equal("AB 9001 Primero", Text(page.Find("h1"))));
        Assert.Equal("Discussion", page.Find(".talk").GetAttribute("aria-label"));

        log.Of<BillEvent>(SomeBills.Number.Id.Stream).Append(me, new BillEvent.Titled("Sweepstakes."));

        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(Topic.TellEvery);
            return Text(page.Find(".subject")) == "Sweepstakes.";
        });
    }

    [Theory]
    [InlineData("202520260AB4")]
    [InlineData("hello")]
    [InlineData("..%2F")]
    public async Task A_bill_that_is_not_there_says_how_to_find_another(string id)
    {
        var page = Render<BillPage>(p => p.Add(c => c.Id, id));

        await MemoryLog.Until(() =>
        {
            log.Clock.Advance(Topic.TellEvery);
            return page.FindAll("h1").Any(h1 => Text(h1) == "There is no such bill here");
        });
        Assert.Equal("/bills", page.Find("a.btn").GetAttribute("href"));
    }

    private void Tell(BillObservation seen) => log.Of<BillEvent>(seen.Number.Id.Stream).Append(me,
        [.. BillDecider.Decide(BillView.Unknown, new BillCommand.Observe(seen), new Circumstances(new Actor.Program("import"), By.Start, [])).Events]);
}
