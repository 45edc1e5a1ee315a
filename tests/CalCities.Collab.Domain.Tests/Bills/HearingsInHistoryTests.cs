using static CalCities.Collab.Bills.SomeBills;

namespace CalCities.Collab.Bills;

public sealed class HearingsInHistoryTests
{
    /// <summary>The words of actions, each a month after the last from March 2025 on, and the hearings that they tell.</summary>
    public static TheoryData<string[], HistoricHearing[]> Histories => new()
    {
        { ["Referred to Com. on L. GOV."], [] },
        { ["Set for hearing March 12."], [new(new DateOnly(2025, 3, 12), "Local Government", HearingNews.Set)] },
        { ["Set for hearing April 21 in HOUSING pending receipt."], [new(new DateOnly(2025, 4, 21), "HOUSING", HearingNews.Set)] },
        {
            ["Set for hearing April 9.", "April 9 hearing postponed by committee.", "Set for hearing May 7."],
            [new(new DateOnly(2025, 4, 9), "Local Government", HearingNews.Postponed), new(new DateOnly(2025, 5, 7), "Local Government", HearingNews.Set)]
        },
        {
            ["Set for hearing June 16.", "June 16 set for first hearing canceled at the request of author."],
            [new(new DateOnly(2025, 6, 16), "Local Government", HearingNews.Canceled)]
        },
        { ["May 11 hearing: Placed on APPR. suspense file."], [new(new DateOnly(2025, 5, 11), "Local Government", HearingNews.OnSuspense)] },
        { ["Set for hearing January 14."], [new(new DateOnly(2025, 1, 14), "Local Government", HearingNews.Set)] },
        { ["Set for hearing February 30.", "Set for hearing Smarch 3.", "Set for hearing soon."], [] },
    };

    [Theory, MemberData(nameof(Histories))]
    public void Hearings_are_told_by_the_words_of_the_history(string[] words, HistoricHearing[] hearings) =>
        Assert.Equal(hearings, HearingsInHistory.Of(After(Observed with
        {
            History = [.. words.Select((text, i) => Action(2025, 3 + i, 3, i + 1, text, "Assembly", "Committee", "CX15", "In Committee Process"))],
        })));

    [Fact]
    public void A_hearing_announced_in_December_for_January_is_in_the_next_year() =>
        Assert.Equal([new HistoricHearing(new DateOnly(2026, 1, 14), "Local Government", HearingNews.Set)], HearingsInHistory.Of(After(Observed with
        {
            History = [Action(2025, 12, 20, 1, "Set for hearing January 14.", "Assembly", "Committee", "CX15", "In Committee Process")],
        })));
}
