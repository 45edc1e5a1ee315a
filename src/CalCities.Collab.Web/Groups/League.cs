using System.Collections.Immutable;

namespace CalCities.Collab.Groups;

/// <summary>A body of the league as a new hub founds it.</summary>
internal sealed record LeagueGroup(GroupId Group, string Name, GroupKind Kind, string Scope);

/// <summary>The league's real structure (DOMAIN §1): facts, told in our own words.</summary>
internal static class League
{
    public static ImmutableArray<LeagueGroup> Groups { get; } =
    [
        Committee("cs", "Community Services", "Homelessness, child care, parks and libraries, emergency preparation, arts and human services."),
        Committee("eq", "Environmental Quality", "Air and water, solid waste and recycling, hazardous materials, the coast, utilities and wildfire."),
        Committee("gtlr", "Governance, Transparency, and Labor Relations", "Open government, elections, pensions, workers' compensation and other labor matters."),
        Committee("hced", "Housing, Community, and Economic Development", "General plans and zoning, housing, land use, development fees and economic development."),
        Committee("ps", "Public Safety", "Police, fire and life safety, emergency communications and medical services."),
        Committee("rt", "Revenue and Taxation", "City revenue, state and federal funds, taxes and finance."),
        Committee("tcpw", "Transportation, Communications, and Public Works", "Streets and transit, broadband and cable, public works and contracting."),
        .. Named(GroupKind.Division, "Cities of one region: they meet, speak to their legislators and appoint two members to each policy committee.",
            "Central Valley", "Channel Counties", "Desert-Mountain", "East Bay", "Imperial County", "Inland Empire", "Los Angeles County", "Monterey Bay",
            "North Bay", "Orange County", "Peninsula", "Redwood Empire", "Riverside County", "Sacramento Valley", "San Diego County", "South San Joaquin Valley"),
        // Nine departments stand in the league's own pages; the tenth is not found in a source and is to be verified (DOMAIN §1).
        .. Named(GroupKind.Department, "Officials of one profession in every city: they share practice and appoint a member to each policy committee.",
            "City Attorneys", "City Clerks", "City Managers", "Community Services Directors", "Fire Chiefs", "Fiscal Officers", "Mayors and Council Members",
            "Personnel and Employee Relations", "Planning and Community Development", "Public Works"),
        .. Named(GroupKind.Caucus, "Open to every member: it speaks for its members' communities and appoints a member to each policy committee.",
            "African American", "Asian Pacific Islander", "LGBTQ", "Latino", "Women's"),
        new(new("coastal-cities-group"), "Coastal Cities Group", GroupKind.Exchange, "Cities in the coastal zone work on the coast's own matters. It takes no positions of its own."),
        new(new("rural-city-information-exchange"), "Rural City Information Exchange", GroupKind.Exchange, "Small and rural cities learn from each other. It votes on nothing."),
        .. Named(GroupKind.Region, "Cities of one stretch of the coast: they appoint an elected official and a city manager to the Coastal Cities Group's leadership.",
            "North Coast", "North Central Coast", "Central Coast", "South Central Coast", "South Coast", "San Diego"),
        new(new("general-resolutions-committee"), "General Resolutions Committee", GroupKind.ResolutionsCommittee, "Looks at the resolutions that cities bring before the General Assembly votes on them."),
        new(new("general-assembly"), "General Assembly", GroupKind.GeneralAssembly, "Every member city's voting delegate. It votes on resolutions at the Annual Conference."),
        new(new("board"), "Board", GroupKind.Board, "Decides the league's positions, on the policy committees' recommendations."),
    ];

    /// <summary>How many seats of each body who appoints (DOMAIN §1: committees of 63 at most, a Board of 57, a General Resolutions Committee of 48 at most).</summary>
    public static ImmutableArray<(GroupId Group, Appointer By, int Seats)> Allotments { get; } =
    [
        .. from committee in Of(GroupKind.PolicyCommittee)
           from seats in Each(GroupKind.Division, 2).Concat(Each(GroupKind.Department, 1)).Concat(Each(GroupKind.Caucus, 1)).Append((By: Appointer.President, Seats: 16))
           select (committee, seats.By, seats.Seats),
        .. from seats in Each(GroupKind.Division, 1).Concat(Each(GroupKind.Department, 1)).Concat(Each(GroupKind.Caucus, 1))
               .Concat([(By: Appointer.Officers, Seats: 4), (By: Appointer.AtLarge, Seats: 12), (By: Appointer.TenLargest, Seats: 10)])
           select (new GroupId("board"), seats.By, seats.Seats),
        .. from seats in Each(GroupKind.Division, 1).Concat(Each(GroupKind.Department, 1)).Concat(Each(GroupKind.Caucus, 1)).Concat(Each(GroupKind.PolicyCommittee, 1)).Append((By: Appointer.President, Seats: 10))
           select (new GroupId("general-resolutions-committee"), seats.By, seats.Seats),
        .. from seats in Each(GroupKind.Region, 2)
           select (new GroupId("coastal-cities-group"), seats.By, seats.Seats),
    ];

    private static IEnumerable<GroupId> Of(GroupKind kind) => Groups.Where(group => group.Kind == kind).Select(group => group.Group);

    private static IEnumerable<(Appointer By, int Seats)> Each(GroupKind kind, int seats) => Of(kind).Select(group => (new Appointer(group.Value), seats));

    private static LeagueGroup Committee(string slug, string name, string scope) => new(new(slug), name, GroupKind.PolicyCommittee, scope);

    private static IEnumerable<LeagueGroup> Named(GroupKind kind, string scope, params string[] names) =>
        names.Select(name => new LeagueGroup(new(Slug(name)), name, kind, scope));

    /// <summary>The name in kebab case: "Women's" is "womens", "Los Angeles County" is "los-angeles-county".</summary>
    private static string Slug(string name) => name.Replace("'", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant();
}
