using System.Collections.Immutable;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>The seats of one appointer as a roster shows them: holders, each followed by the alternates named for them, and how many seats are vacant.</summary>
internal sealed record RosterPart(Appointer? By, string Title, string? Kind, ImmutableArray<RosterRow> Rows, int Vacancies)
{
    /// <summary>A roster in parts: officers, divisions, departments, caucuses, the lists, and last who no appointer counts. One part without a title where nobody appoints.</summary>
    public static ImmutableArray<RosterPart> Of(ImmutableArray<RosterRow> rows, IReadOnlyDictionary<string, int> allotments, IReadOnlyDictionary<string, GroupRow> groups)
    {
        var appointers = allotments.Keys.Select(key => new Appointer(key)).Concat(rows.Select(row => row.By).OfType<Appointer>()).Distinct().ToArray();
        var parts = appointers
            .OrderBy(by => Order(by, groups)).ThenBy(by => GroupWords.Of(by, groups), StringComparer.Ordinal)
            .Select(by =>
            {
                var own = rows.Where(row => row.By == by).ToArray();
                return new RosterPart(by, GroupWords.Of(by, groups), by.IsList ? null : GroupWords.Of(groups.GetValueOrDefault(by.Value)?.Kind ?? GroupKind.Board),
                    UnderTheirHolders(own), Math.Max(0, allotments.GetValueOrDefault(by.Value) - own.Count(Counts)));
            })
            .ToImmutableArray();
        var others = rows.Where(row => row.By is null).ToArray();
        return others.Length == 0 ? parts : parts.Add(new RosterPart(null, parts.IsEmpty ? "" : "Beside the appointed seats", null, UnderTheirHolders(others), 0));
    }

    /// <summary>Whether it is one of the seats that vote; alternates, partners, guests and clerks sit beside them.</summary>
    public static bool Counts(RosterRow row) => row.Role is Role.Member or Role.Chair or Role.ViceChair or Role.Delegate;

    public static bool IsAlternate(RosterRow row) => row.Role is Role.Alternate or Role.SeatedAlternate;

    private static ImmutableArray<RosterRow> UnderTheirHolders(RosterRow[] rows)
    {
        var alternates = rows.Where(row => IsAlternate(row) && row.AlternateFor is { } holder && rows.Any(other => other.Member == holder && Counts(other))).ToLookup(row => row.AlternateFor!.Value);
        return [.. rows.Where(row => !IsAlternate(row) || row.AlternateFor is not { } holder || !alternates[holder].Contains(row)).SelectMany(row => alternates[row.Member].Prepend(row))];
    }

    private static int Order(Appointer by, IReadOnlyDictionary<string, GroupRow> groups) =>
        by == Appointer.Officers ? 0
        : by == Appointer.President ? 1
        : by == Appointer.AtLarge ? 7
        : by == Appointer.TenLargest ? 8
        : groups.GetValueOrDefault(by.Value)?.Kind switch
        {
            GroupKind.Division => 2,
            GroupKind.Department => 3,
            GroupKind.Caucus => 4,
            GroupKind.Region => 5,
            _ => 6,
        };
}
