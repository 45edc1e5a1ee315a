using System.Collections.Immutable;
using Bunit;
using CalCities.Collab.Bills;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Today;

public sealed class ThreadRowsTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);

    private static readonly ThreadRow Rates = new(new("rates"), new("eq"), "Environmental Quality", new BillId("202520260SB54"), "SB 54", "Rate adjustments", Readers.GroupOnly,
        IsClosed: false, "Mayor, Davis", Posts: 12, "Council Member, Arcata", "Rural haulers can't wait.", LastVersion: 14, Now.AddHours(-1));

    private static readonly ThreadRow Plan = new(new("plan"), new("eq"), "Environmental Quality", null, null, "Work program", Readers.AllMembers,
        IsClosed: true, "Mayor, Davis", Posts: 0, null, null, LastVersion: 0, Now.AddDays(-1));

    [Fact]
    public void A_row_says_where_it_is_how_much_was_said_and_what_is_new()
    {
        var rows = Render<ThreadRows>(p => p.Add(r => r.Rows, [Rates, Plan]).Add(r => r.Now, Now).Add(r => r.Empty, "").Add(r => r.ShowsGroup, true)
            .Add(r => r.Unread, ImmutableDictionary<ThreadId, int>.Empty.Add(Rates.Thread, 5)));

        Assert.Equal(
            [
                "/threads/rates: Rate adjustments | Environmental Quality · SB 54 · 12 posts · 1:00 p.m. | Council Member, Arcata: Rural haulers can't wait. | 5 new",
                "/threads/plan: Work program | Environmental Quality · no posts yet · closed · yesterday, 2:00 p.m.",
            ],
            rows.FindAll("a").Select(row => $"{row.GetAttribute("href")}: {string.Join(" | ", row.QuerySelectorAll("b, .line, .chip").Select(part => part.TextContent))}"),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 new")]
    [InlineData(ThreadQueries.MaxUnread - 1, "99 new")]
    [InlineData(ThreadQueries.MaxUnread, "99+ new")]
    public void Very_many_are_just_many(int unread, string chip) =>
        Assert.Equal(chip, Render<ThreadRows>(p => p.Add(r => r.Rows, [Rates]).Add(r => r.Now, Now).Add(r => r.Empty, "")
            .Add(r => r.Unread, ImmutableDictionary<ThreadId, int>.Empty.Add(Rates.Thread, unread))).Find(".chip").TextContent);

    [Fact]
    public void Without_threads_it_says_what_will_stand_here() =>
        Assert.Equal("Threads stand here.", Render<ThreadRows>(p => p.Add(r => r.Rows, ImmutableArray<ThreadRow>.Empty).Add(r => r.Now, Now).Add(r => r.Empty, "Threads stand here.")).Find("p").TextContent);
}
