using System.Diagnostics;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Accounts;

public sealed class AccountBookTests
{
    private static readonly MemberId One = new("m-1"), Two = new("m-2");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Addresses_are_found_without_regard_to_case_and_change_all_together_or_not_at_all(string kind)
    {
        await using var database = await KeptDatabase.New(kind);
        await using var hub = await TestHub.Start(database.ConnectionString);
        var book = hub.Services.GetRequiredService<IAccountBook>();

        await book.Keep([(One, " Mayor@Davis.example "), (Two, "clerk@davis.example")], Ending);
        Assert.Equal([("Mayor@Davis.example", One)], from pair in await book.MembersOf(["mayor@davis.EXAMPLE", "nobody@davis.example"], Ending) select (pair.Key, pair.Value));
        Assert.Equal(One, (await book.MembersOf(["mayor@davis.example"], Ending))["MAYOR@davis.example"]);
        Assert.Equal([(Two, "clerk@davis.example")], from pair in await book.EmailsOf([Two, new("m-3")], Ending) select (pair.Key, pair.Value));

        await book.Keep([(One, "clerk@davis.example"), (Two, "mayor@davis.example")], Ending);
        Assert.Equal(Two, (await book.MembersOf(["mayor@davis.example"], Ending))["mayor@davis.example"]);

        await Assert.ThrowsAsync<AddressTakenException>(() => book.Keep([(new("m-3"), "new@davis.example"), (new("m-4"), "CLERK@davis.example")], Ending));
        Assert.Empty(await book.EmailsOf([new("m-3"), new("m-4")], Ending));
        Assert.Equal(One, (await book.MembersOf(["clerk@davis.example"], Ending))["clerk@davis.example"]);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_roster_of_10000_people_is_kept_and_found_within_seconds(string kind)
    {
        await using var database = await KeptDatabase.New(kind);
        await using var hub = await TestHub.Start(database.ConnectionString);
        var book = hub.Services.GetRequiredService<IAccountBook>();
        var people = Enumerable.Range(0, 10_000).Select(i => (new MemberId($"m-{i}"), $"official-{i}@city.example")).ToList();

        var since = Stopwatch.GetTimestamp();
        await book.Keep(people, Ending);
        var found = await book.MembersOf([.. people.Select(person => person.Item2)], Ending);
        await book.Keep(people, Ending);

        Assert.Equal(10_000, found.Count);
        Assert.Equal(10_000, (await book.EmailsOf([.. people.Select(person => person.Item1)], Ending)).Count);
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20), $"{Stopwatch.GetElapsedTime(since)}");
    }
}
