using System.Net;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Records;
using CalCities.Collab.Security;
using CalCities.Collab.Shell;
using Microsoft.Extensions.DependencyInjection;

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
            Assert.Equal(dead, await Press(late, dead, "second@league.example"));
        }

        Assert.Null(await SignIn.Presence.StandingOf(host.Grains, MemberId.OfEmail("second@league.example")));
    }

    [Fact]
    public async Task Of_many_who_press_its_button_at_once_one_becomes_the_first_admin()
    {
        await using var host = await WholeHost.Start();
        var grain = host.Grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key);
        string[] links = [$"/first/{await grain.Issue()}", $"/first/{await grain.Issue()}"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var browser = await host.Browser(null);
            return await Press(browser, links[i % 2], $"admin-{i}@league.example");
        }));

        Assert.Single(answers, answer => answer == "/me?done=welcome");
        Assert.Equal(7, answers.Count(answer => links.Contains(answer)));
        var standings = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SignIn.Presence.StandingOf(host.Grains, MemberId.OfEmail($"admin-{i}@league.example"))));
        Assert.Single(standings, standing => standing is not null);
    }

    [Fact]
    public async Task A_printed_link_is_no_good_once_the_hub_has_an_admin_by_another_way()
    {
        await using var host = await WholeHost.Start();
        var link = $"/first/{await host.Grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key).Issue()}";
        using var browser = await host.Browser(null);
        await host.Join("admin", "Hub administrator", null, Duty.Admin);
        await host.CaughtUp(await host.Services.GetRequiredService<RecordQueries>().Head(TestContext.Current.CancellationToken));

        Assert.Equal(link, await Press(browser, link, "second@league.example"));
        Assert.Null(await SignIn.Presence.StandingOf(host.Grains, MemberId.OfEmail("second@league.example")));
    }

    /// <summary>Sends the form as its page would; where one ends up. The page itself shows no form once the link is no good, so another's token is used.</summary>
    private static async Task<string?> Press(HttpClient browser, string link, string email)
    {
        using var answer = await browser.Submit("/signin", "/first", ("secret", link.Split('/')[^1]), ("email", email), ("name", "A Name"), ("office", "Hub administrator"));
        return answer.Headers.Location?.OriginalString;
    }
}
