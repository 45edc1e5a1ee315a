using System.Collections.Immutable;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

public sealed class RosterPartTests
{
    private static readonly Appointer Valley = new("sacramento-valley"), Latino = new("latino");

    private static readonly ImmutableDictionary<string, GroupRow> Groups = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new[]
    {
        new GroupRow(new("sacramento-valley"), "Sacramento Valley", GroupKind.Division, "", 0), new GroupRow(new("city-clerks"), "City Clerks", GroupKind.Department, "", 0),
        new GroupRow(new("latino"), "Latino", GroupKind.Caucus, "", 0),
    }.Select(row => KeyValuePair.Create(row.Group.Value, row)));

    [Fact]
    public void Seats_stand_by_who_appoints_alternates_under_their_holder_and_vacancies_counted() =>
        Assert.Equal(
            [
                "The President (): chair, vacant 1", "Sacramento Valley (division): davis, davis-alternate, colfax", "City Clerks (department): , vacant 1", "Latino (caucus): woodland",
                "Beside the appointed seats (): partner",
            ],
            Parts(
                [
                    Row("chair", Role.Chair, Appointer.President), Row("davis", Role.Member, Valley), Row("woodland", Role.Member, Latino), Row("colfax", Role.Member, Valley),
                    Row("partner", Role.Partner, null), Row("davis-alternate", Role.Alternate, Valley, "davis"),
                ],
                [("city-clerks", 1), ("latino", 1), ("president", 2), ("sacramento-valley", 2)]), StringComparer.Ordinal);

    [Fact]
    public void Where_nobody_appoints_it_is_one_list_without_a_title() =>
        Assert.Equal([" (): davis, colfax"], Parts([Row("davis", Role.Chair, null), Row("colfax", Role.Member, null)], []), StringComparer.Ordinal);

    [Fact]
    public void An_alternate_whose_holder_has_gone_or_became_an_alternate_stays_in_sight() =>
        Assert.Equal(["Sacramento Valley (division): left, first, second"],
            Parts([Row("left", Role.Alternate, Valley, "gone"), Row("first", Role.Alternate, Valley, "second"), Row("second", Role.Alternate, Valley, "first")], []), StringComparer.Ordinal);

    [Fact]
    public void An_appointer_without_a_group_here_is_called_by_its_id_and_more_seats_than_allotted_are_no_vacancy() =>
        Assert.Equal(["harbors (): a, b"], Parts([Row("a", Role.Member, new("harbors")), Row("b", Role.Member, new("harbors"))], [("harbors", 1)]), StringComparer.Ordinal);

    [Fact]
    public void An_alternate_fills_no_seat() =>
        Assert.Equal(["Sacramento Valley (division): davis, alternate, vacant 1"],
            Parts([Row("davis", Role.Member, Valley), Row("alternate", Role.SeatedAlternate, Valley, "davis")], [("sacramento-valley", 2)]), StringComparer.Ordinal);

    private static IEnumerable<string> Parts(ImmutableArray<RosterRow> rows, (string By, int Seats)[] allotments) =>
        RosterPart.Of(rows, allotments.ToDictionary(allotted => allotted.By, allotted => allotted.Seats, StringComparer.Ordinal), Groups)
            .Select(part => $"{part.Title} ({part.Kind}): {string.Join(", ", part.Rows.Select(row => row.Member.Value))}{(part.Vacancies > 0 ? $", vacant {part.Vacancies}" : "")}");

    private static RosterRow Row(string member, Role role, Appointer? by, string? holder = null) =>
        new(new(member), "Mayor", "Davis", role) { By = by, AlternateFor = holder is null ? null : new MemberId(holder) };
}
