using System.Net;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;

namespace CalCities.Collab.Accounts;

public sealed class FirstAdminTests
{
    [Fact]
    public async Task A_new_hub_gets_its_first_admin_by_a_link_that_works_once_and_an_admin_ends_all_such_links()
    {
        await using var host = await WholeHost.Start();
        var grain = host.Grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key);
        var (link, other) = ($"/first/{await grain.Issue()}", $"/first/{await grain.Issue()}");
        using var browser = await host.Browser(null);
        using (var guessed = await browser.Open("/first/guess"))
            Assert.Contains("This link is no good any more", await guessed.Text(), StringComparison.Ordinal);

        using var wrong = await browser.Submit(link, "/first", ("secret", link.Split('/')[^1]), ("email", "admin@league.example"), ("name", "A Name"), ("office", ""));
        Assert.Equal($"{link}?problem=NoOffice", wrong.Headers.Location?.OriginalString);
        using var made = await browser.Submit(link, "/first", ("secret", link.Split('/')[^1]), ("email", "admin@league.example"), ("name", "A Name"), ("office", "Hub administrator"));
        Assert.Equal("/me?done=welcome", made.Headers.Location?.OriginalString);

        Assert.Equal(Duty.Admin, (await SignIn.Presence.StandingOf(host.Grains, MemberId.OfEmail("admin@league.example")))?.Duty);
        using (var accounts = await browser.Open("/admin/accounts"))
            Assert.Equal(HttpStatusCode.OK, accounts.StatusCode);
        using var late = await host.Browser(null);
        foreach (var dead in new[] { link, other })
        {
            using var page = await late.Open(dead);
            Assert.Contains("This link is no good any more", await page.Text(), StringComparison.Ordinal);
        }
    }
}
