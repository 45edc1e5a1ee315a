using System.Collections.Immutable;
using System.Globalization;
using Bunit;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

public sealed class GroupComponentsTests : BunitContext
{
    private static readonly GroupRow Eq = new(new("eq"), "Environmental Quality", GroupKind.PolicyCommittee, "Air and water.", 42);
    private static readonly GroupRow Ps = new(new("ps"), "Public Safety", GroupKind.PolicyCommittee, "Fire and police.", 1);
    private static readonly GroupRow Bay = new(new("east-bay"), "East Bay", GroupKind.Division, "Cities of one region.", 0);
    private static readonly GroupRow Coast = new(new("peninsula"), "Peninsula", GroupKind.Division, "Cities of one region.", 7);

    [Fact]
    public void Groups_stand_by_kind_with_what_they_deal_with_and_ones_own_are_marked()
    {
        var directory = Render<GroupDirectory>(p => p.Add(d => d.Groups, [Eq, Ps, Bay, Coast]).Add(d => d.Seats, [new Seat(Eq.Group, Role.Chair)]));

        Assert.Equal(["Policy committees 2", "Regional divisions 2"], directory.FindAll("h2").Select(heading => heading.TextContent), StringComparer.Ordinal);
        Assert.Equal(
            [
                "/groups/eq: Environmental Quality | Air and water. | 42 members | You chair it",
                "/groups/ps: Public Safety | Fire and police. | 1 member",
                "/groups/east-bay: East Bay | no members yet",
                "/groups/peninsula: Peninsula | 7 members",
            ],
            directory.FindAll("a").Select(tile => $"{tile.GetAttribute("href")}: {string.Join(" | ", tile.Children.Select(part => part.TextContent))}"), StringComparer.Ordinal);
        Assert.Equal("Cities of one region.", directory.Find("section + section p").TextContent);
    }

    [Fact]
    public void A_hub_without_groups_says_who_founds_them() =>
        Assert.Equal("No group has been founded yet. The league’s staff found them with their rosters.",
            Render<GroupDirectory>(p => p.Add(d => d.Groups, []).Add(d => d.Seats, [])).Find("p").TextContent);

    [Fact]
    public void The_roster_is_a_table_of_cities_and_offices_with_oneself_marked()
    {
        var roster = Render<RosterTable>(p => p
            .Add(r => r.Rows, [new RosterRow(new("eq-chair"), "Mayor", "Davis", Role.Chair), new RosterRow(new("staff"), "Legislative staff", null, Role.Member)])
            .Add(r => r.Me, new MemberId("eq-chair")));

        Assert.Equal("roster", roster.Find("table").GetAttribute("aria-labelledby"));
        Assert.Equal(["City|Office", "Davis|Mayor Chair You", "The league|Legislative staff"],
            roster.FindAll("tr").Select(row => string.Join('|', row.Children.Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))),
            StringComparer.Ordinal);
    }

    [Fact]
    public void A_long_roster_shows_a_committee_at_first_and_the_rest_on_demand()
    {
        var rows = Enumerable.Range(0, RosterTable.AtFirst + 1).Select(i => new RosterRow(new($"m{i}"), "Mayor", i.ToString(CultureInfo.InvariantCulture), Role.Member)).ToImmutableArray();
        var roster = Render<RosterTable>(p => p.Add(r => r.Rows, rows).Add(r => r.Me, new MemberId("m0")));
        Assert.Equal(RosterTable.AtFirst, roster.FindAll("tbody tr").Count);

        roster.Find("button").Click();

        Assert.Equal((RosterTable.AtFirst + 1, 0), (roster.FindAll("tbody tr").Count, roster.FindAll("button").Count));
    }

    [Fact]
    public void A_roster_of_just_a_committee_needs_no_button()
    {
        var rows = Enumerable.Range(0, RosterTable.AtFirst).Select(i => new RosterRow(new($"m{i}"), "Mayor", i.ToString(CultureInfo.InvariantCulture), Role.Member)).ToImmutableArray();

        Assert.Empty(Render<RosterTable>(p => p.Add(r => r.Rows, rows).Add(r => r.Me, new MemberId("m0"))).FindAll("button"));
    }
}
