using AngleSharp.Dom;
using Bunit;

namespace CalCities.Collab.Bills;

/// <summary>What the page of a bill shows, found as a screen reader finds it.</summary>
public sealed class BillDetailsTests : BunitContext
{
    private static readonly BillView Bill = SomeBills.After(SomeBills.Observed with
    {
        Authors =
        [
            .. SomeBills.Observed.Authors!.Value,
            new BillAuthor("Compañero", "Senate", Authorship.Author, false, 9, "REP"),
            new BillAuthor("Tercero", "Senate", Authorship.Coauthor, false, 1, "REP"),
        ],
    });

    [Fact]
    public void The_heading_says_number_and_authors_and_the_regions_stand_under_their_names()
    {
        var page = Details(Bill);

        Assert.Equal("AB 9001 Primero and Compañero", Text(page.Find("h1")));
        Assert.Equal("Street trees: grants.", Text(page.Find(".subject")));
        Assert.Equal(["Positions", "Hearings", "History", "Roll calls", "Versions"],
            page.FindAll("section[role=region]").Select(s => Text(page.Find($"#{s.GetAttribute("aria-labelledby")}"))));
        Assert.Equal("talk", Text(page.Find("#talk")));
        Assert.Equal("Tercero", Text(page.Find("details p")));
    }

    [Fact]
    public void The_steps_say_in_words_what_their_colours_show()
    {
        var page = Details(Bill);

        Assert.Equal(
        [
            "Introduced Feb 19 , done", "Assembly policy Local Government Mar 3 , now", "Assembly fiscal , to come", "Assembly floor , to come",
            "Senate policy , to come", "Senate fiscal , to come", "Senate floor , to come", "Governor , to come",
        ], page.FindAll("ol.steps li").Select(Text));
        Assert.Equal(["Assembly policy Local Government Mar 3 , now"], page.FindAll("[aria-current=step]").Select(Text));
    }

    [Fact]
    public void A_step_that_was_left_out_says_so_and_what_a_dead_bill_did_not_reach_is_no_longer_to_come()
    {
        var page = Details(Bill with { History = [.. Bill.History, SomeBills.Action(2026, 2, 2, 9, "Died on floor.", "Assembly", "Floor", null, "Died")] });

        Assert.Equal(
        [
            "Introduced Feb 19 , done", "Assembly policy Feb 2, 2026 , done", "Assembly fiscal not needed", "Assembly floor Died Feb 2, 2026 , stopped here",
            "Senate policy , not reached", "Senate fiscal , not reached", "Senate floor , not reached", "Governor , not reached",
        ], page.FindAll("ol.steps li").Select(Text));
    }

    [Fact]
    public void Of_many_authors_the_heading_names_the_first_and_the_rest_are_a_click_away()
    {
        var page = Details(Bill with { Authors = [.. Bill.Authors, new BillAuthor("Cuarta", "Assembly", Authorship.Author, false, 3, "D"), new BillAuthor("Quinto", "Senate", Authorship.Author, false, 4, "D")] });

        Assert.Equal("AB 9001 Primero and 3 others", Text(page.Find("h1")));
        Assert.Equal(["All authors (4) Primero, Compañero, Cuarta and Quinto", "Coauthors (1) Tercero"], page.FindAll(".more details").Select(Text));
    }

    [Fact]
    public void A_roll_call_opens_to_who_voted_how() =>
        Assert.Equal("Assembly Local Government Mar 3, 2025 Ayes 2, noes 1, not voting 0 · passed Ayes (2) Primero, Segundo Noes (1) Tercero", Text(Details(Bill).Find("details.rollcall")));

    [Fact]
    public void The_history_stands_newest_first_and_a_long_one_keeps_the_rest_a_click_away()
    {
        var page = Details(Bill with { History = [.. Enumerable.Range(1, 10).Select(i => SomeBills.Action(2025, 3, i, i, $"Action {i}.", "Assembly", "Desk", null, "Pending Referral"))] });
        var history = page.Find("section[aria-labelledby=history]");

        Assert.Equal(["Mar 10, 2025 Action 10.", "Mar 9, 2025 Action 9."], history.QuerySelectorAll("tbody tr").Take(2).Select(Text));
        Assert.All(history.QuerySelectorAll("table"), table => Assert.Equal(["Day", "Action"], table.QuerySelectorAll("th[scope=col]").Select(Text)));
        Assert.Equal(["2 earlier actions"], history.QuerySelectorAll("summary").Select(Text));
        Assert.Equal(["Mar 2, 2025 Action 2.", "Mar 1, 2025 Action 1."], history.QuerySelectorAll("details tbody tr").Select(Text));
    }

    [Fact]
    public void A_hearing_that_the_history_announces_is_to_come_until_its_day_has_gone()
    {
        var announced = Bill with { History = Bill.History.Add(SomeBills.Action(2025, 3, 5, 4, "Set for hearing March 12.", "Assembly", "Committee", "CX15", "In Committee Process")) };

        Assert.Equal(["Mar 12, 2025 Local Government To come"], Hearings(announced, new DateOnly(2025, 3, 12)));
        Assert.Equal(["Mar 12, 2025 Local Government Was set"], Hearings(announced, new DateOnly(2025, 3, 13)));
    }

    [Fact]
    public void A_bill_of_which_little_is_told_says_what_will_stand_where()
    {
        var page = Details(SomeBills.After(SomeBills.Observed with { Subject = null, Authors = null, Versions = null, History = null, RollCalls = null, Committees = null }));

        Assert.Equal("AB 9001", Text(page.Find("h1")));
        Assert.Equal("The Legislature has not told the subject yet.", Text(page.Find(".subject")));
        Assert.Equal(["positions", "hearings", "history", "versions"], page.FindAll("section:has(> p.empty)").Select(s => s.GetAttribute("aria-labelledby")));
    }

    [Fact]
    public void What_the_extract_says_is_shown_as_text_and_never_as_markup()
    {
        var page = Details(Bill with { Subject = "<img src=x onerror=alert(1)>", History = [SomeBills.Action(2025, 3, 1, 1, "<script>alert(1)</script>", null, null, null, null)] });

        Assert.Empty(page.FindAll("img, script"));
        Assert.Equal("<img src=x onerror=alert(1)>", Text(page.Find(".subject")));
    }

    private IEnumerable<string> Hearings(BillView bill, DateOnly today) =>
        Details(bill, today).Find("section[aria-labelledby=hearings]").QuerySelectorAll("tbody tr").Select(Text);

    private IRenderedComponent<BillDetails> Details(BillView bill, DateOnly? today = null) => Render<BillDetails>(p => p
        .Add(c => c.Bill, bill).Add(c => c.Today, today ?? new DateOnly(2025, 3, 11)).Add(c => c.Discussion, "<p id=\"talk\">talk</p>"));

    /// <summary>The words of an element, those of different elements apart.</summary>
    internal static string Text(IElement element) =>
        string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
