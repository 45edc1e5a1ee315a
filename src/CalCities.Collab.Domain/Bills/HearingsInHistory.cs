using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CalCities.Collab.Bills;

/// <summary>What became of a hearing, as far as the history says.</summary>
public enum HearingNews
{
    Set = 0,
    Postponed = 1,
    Canceled = 2,
    /// <summary>Heard, and put on the suspense file.</summary>
    OnSuspense = 3,
}

/// <summary>A hearing that a bill's history speaks of; the committee is null where it isn't told.</summary>
public sealed record HistoricHearing(DateOnly Date, string? Committee, HearingNews News);

/// <summary>
/// Hearings as the history's words tell them ("Set for hearing April 15.", LEGINFO §1.2). The Senate announces its hearings there;
/// the Assembly only reports afterwards. The words lack the year: it is the one nearest to the action.
/// </summary>
public static partial class HearingsInHistory
{
    /// <summary>The latest word on each date and committee, in the order of their dates.</summary>
    public static ImmutableArray<HistoricHearing> Of(BillView bill)
    {
        Dictionary<(DateOnly, string?), HistoricHearing> hearings = [];
        foreach (var action in bill.History)
        {
            if (Words().Match(action.Text) is not { Success: true } match || DateOf(match, action.Date) is not { } date)
                continue;
            var committee = match.Groups["committee"] is { Success: true } named ? named.Value
                : action is { Secondary: "Committee", Location: { } code } ? bill.NameOf(code)
                : null;
            var news = match.Groups["news"].Value switch
            {
                "hearing postponed" => HearingNews.Postponed,
                var words when words.EndsWith("canceled", StringComparison.Ordinal) => HearingNews.Canceled,
                var words when words.Contains("suspense", StringComparison.Ordinal) => HearingNews.OnSuspense,
                _ => HearingNews.Set,
            };
            // What is taken back is told of the day alone, whichever committee had it.
            if (news is not HearingNews.Set && hearings.Keys.FirstOrDefault(key => key.Item1 == date) is { Item1: var known } set && known == date)
                hearings[set] = hearings[set] with { News = news };
            else
                hearings[(date, committee)] = new HistoricHearing(date, committee, news);
        }

        return [.. hearings.Values.OrderBy(h => h.Date).ThenBy(h => h.Committee, StringComparer.Ordinal)];
    }

    private static DateOnly? DateOf(Match match, DateOnly told)
    {
        var dates = from year in Enumerable.Range(told.Year - 1, 3)
                    where DateOnly.TryParseExact($"{match.Groups["month"].Value} {match.Groups["day"].Value} {year}", "MMMM d yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                    let date = DateOnly.ParseExact($"{match.Groups["month"].Value} {match.Groups["day"].Value} {year}", "MMMM d yyyy", CultureInfo.InvariantCulture)
                    orderby Math.Abs(date.DayNumber - told.DayNumber)
                    select (DateOnly?)date;
        return dates.FirstOrDefault();
    }

    [GeneratedRegex(@"\A(?:Set for hearing (?<month>[A-Z][a-z]{2,8}) (?<day>[0-9]{1,2})(?: in (?<committee>.{1,60}?) pending receipt)?\.|(?<month>[A-Z][a-z]{2,8}) (?<day>[0-9]{1,2}) (?<news>hearing postponed|set for [a-z]{1,10} hearing canceled|hearing: Placed on APPR\. suspense|set for [a-z]{1,10} hearing\. Placed on APPR\. suspense))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
