using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Demo;

/// <summary>
/// Someone to be on a demonstration hub: an office of a real city, never an invented person. The slug is the member's id; the first
/// seat is the one that the slug names, the others follow from the city and the office.
/// </summary>
public sealed record Persona(string Slug, string Office, string? City, Duty Duty, ImmutableArray<Seat> Seats)
{
    /// <summary>"Mayor, Davis".</summary>
    public string DisplayName => new Standing(Office, City, Duty, Seats).DisplayName;

    /// <summary>Where the persona stands on the sign-in page.</summary>
    public (string Id, string Name) Section => Duty == Duty.None ? (Seats[0].Group.Value, Personas.NameOf(Seats[0].Group)) : ("league", "The league");

    /// <summary>What the persona may be tried for, under the section's name: "Chair".</summary>
    public string Part => Duty switch
    {
        Duty.Staff => "Serves every group, votes in none",
        Duty.Clerk => "Keeps the record of meetings and threads",
        Duty.Admin => "Runs accounts, imports and health",
        Duty.Follower => "Reads what all members may read",
        _ when Seats[0].Group == Personas.Board => Seats[0].Role == Role.Chair ? "President of the Board" : "Director",
        _ => Seats[0].Role switch { Role.Chair => "Chair", Role.ViceChair => "Vice chair", Role.Delegate => "Delegate", _ => "Member" },
    };
}

/// <summary>A persona's seat, and by whose appointment they hold it.</summary>
internal sealed record PersonaSeat(Persona Persona, Seat Seat, Appointer? By);

/// <summary>The demonstration's personas, the same at every start.</summary>
public static class Personas
{
    /// <summary>Seats of a committee beside chair and vice chair; with them it is the size of the smaller real ones (about 50 to 60).</summary>
    public const int MembersPerCommittee = 40;

    /// <summary>Directors beside the president: 57 seats in all (DOMAIN §1, Board of Directors).</summary>
    public const int Directors = 56;

    public static readonly GroupId Board = new("board");

    /// <summary>The policy committees in the order in which they draw their cities, and the head of department whom each seats.</summary>
    private static readonly ImmutableArray<(GroupId Group, string Name, string Head)> Committees =
    [
        (new("eq"), "Environmental Quality", "Public Works Director"),
        (new("hced"), "Housing, Community, and Economic Development", "Community Development Director"),
        (new("rt"), "Revenue and Taxation", "Finance Director"),
        (new("ps"), "Public Safety", "Fire Chief"),
        (new("tcpw"), "Transportation, Communications, and Public Works", "City Engineer"),
        (new("cs"), "Community Services", "Community Services Director"),
        (new("gtlr"), "Governance, Transparency, and Labor Relations", "City Clerk"),
    ];

    /// <summary>The municipal department that an office belongs to.</summary>
    private static readonly ImmutableDictionary<string, GroupId> Departments = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        Of("Mayor", "mayors-and-council-members"), Of("Vice Mayor", "mayors-and-council-members"), Of("Mayor Pro Tem", "mayors-and-council-members"),
        Of("Council Member", "mayors-and-council-members"), Of("City Manager", "city-managers"), Of("Town Manager", "city-managers"),
        Of("City Attorney", "city-attorneys"), Of("City Clerk", "city-clerks"), Of("Town Clerk", "city-clerks"), Of("Fire Chief", "fire-chiefs"),
        Of("Community Services Director", "community-services-directors"), Of("Finance Director", "fiscal-officers"), Of("Human Resources Director", "personnel-and-employee-relations"),
        Of("Community Development Director", "planning-and-community-development"), Of("Public Works Director", "public-works"), Of("City Engineer", "public-works"),
    ]);

    /// <summary>The caucuses, open to every member: each seats one of a committee's council members, an office that several hold in every city.</summary>
    private static readonly ImmutableDictionary<int, GroupId> Caucuses = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create(30, new GroupId("african-american")), KeyValuePair.Create(32, new GroupId("asian-pacific-islander")),
        KeyValuePair.Create(33, new GroupId("lgbtq")), KeyValuePair.Create(36, new GroupId("latino")), KeyValuePair.Create(39, new GroupId("womens")),
    ]);

    /// <summary>All, in the order of the sign-in page; slugs are unique and so are the cities.</summary>
    public static readonly ImmutableArray<Persona> All = [.. Make()];

    /// <summary>Every seat with who appoints to it: where a body has allotments, the first of the persona's own bodies that has a seat left, else the president's list or none.</summary>
    internal static readonly ImmutableArray<PersonaSeat> Seats = [.. Appointed()];

    public static readonly GroupId Assembly = new("general-assembly");

    /// <summary>The General Assembly's electors, one for each of the 476 member cities (DOMAIN §1): found by search, for a list of so many is no choice.</summary>
    public const int Electors = 476;

    public static readonly ImmutableArray<Persona> Delegates =
    [
        .. CityList.All.Where(city => city.IsMember).OrderBy(city => city.Name, StringComparer.Ordinal).Take(Electors)
            .Select((city, index) => new Persona(string.Create(CultureInfo.InvariantCulture, $"delegate-{index + 1:000}"), "Voting Delegate", city.Name, Duty.None, [new Seat(Assembly, Role.Delegate)])),
    ];

    private static readonly ImmutableDictionary<string, Persona> BySlug = All.Concat(Delegates).ToImmutableDictionary(persona => persona.Slug, StringComparer.Ordinal);

    /// <summary>The persona of a slug, or null.</summary>
    public static Persona? Find(string? slug) => slug is null ? null : BySlug.GetValueOrDefault(slug);

    /// <summary>Those whose office, city, part or slug hold every word of the search; all but the delegates for an empty one.</summary>
    public static IEnumerable<Persona> Matching(string? search)
    {
        var words = (search ?? "").Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return All.Concat(words.Length == 0 ? [] : Delegates).Where(persona => words.All(word => $"{persona.DisplayName} {persona.Part} {persona.Section.Name} {persona.Slug}".Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Holds an elected office: sits on the council at home.</summary>
    internal static bool SitsOnCouncil(Persona persona) => persona is { City: not null, Duty: Duty.None, Office: "Mayor" or "Vice Mayor" or "Mayor Pro Tem" or "Council Member" };

    private static IEnumerable<PersonaSeat> Appointed()
    {
        var left = League.Allotments.ToDictionary(seats => (seats.Group, seats.By), seats => seats.Seats);
        foreach (var persona in All)
            foreach (var seat in persona.Seats)
                yield return new(persona, seat, AppointerOf(persona, seat, left));
    }

    private static Appointer? AppointerOf(Persona persona, Seat seat, Dictionary<(GroupId, Appointer), int> left)
    {
        // The Coastal Cities Group's regions appoint to its leadership alone; its cities' officials all belong to it.
        if (seat.Group.Value == "coastal-cities-group")
            return null;
        IEnumerable<Appointer> own = seat is { Role: Role.Chair or Role.ViceChair } && seat.Group == Board
            ? [Appointer.Officers]
            : [.. persona.Seats.Where(other => other.Group != seat.Group).Select(other => new Appointer(other.Group.Value)), Appointer.AtLarge, Appointer.TenLargest, Appointer.President];
        foreach (var by in own)
        {
            if (left.GetValueOrDefault((seat.Group, by)) is not > 0)
                continue;
            left[(seat.Group, by)]--;
            return by;
        }

        return null;
    }

    internal static string NameOf(GroupId group) =>
        group == Board ? "Board of Directors" : group == Assembly ? "General Assembly" : Committees.First(committee => committee.Group == group).Name;

    private static IEnumerable<Persona> Make()
    {
        yield return new("staff", "Legislative staff", null, Duty.Staff, []);
        yield return new("clerk", "Clerk", null, Duty.Clerk, []);
        yield return new("admin", "Hub administrator", null, Duty.Admin, []);

        var drawn = new Draw();
        var made = new List<Persona>();
        foreach (var (group, _, head) in Committees)
        {
            drawn.StartBody();
            made.Add(Seated($"{group}-chair", "Mayor", drawn.Next(), group, Role.Chair));
            made.Add(Seated($"{group}-vice-chair", "Council Member", drawn.Next(), group, Role.ViceChair));
            for (var member = 1; member <= MembersPerCommittee; member++)
                made.Add(AlsoInCaucus(member, Seated(Numbered($"{group}-member", member), Office(member, head), drawn.Next(), group, Role.Member)));
        }
        drawn.StartBody();
        made.Add(Seated("board-president", "Mayor", drawn.Next(), Board, Role.Chair));
        for (var member = 1; member <= Directors; member++)
            made.Add(Seated(Numbered("board-member", member), Office(member, "City Attorney"), drawn.Next(), Board, Role.Member));

        var (followed, _) = drawn.Next();
        yield return new("follower", "Council Member", followed, Duty.Follower, []);
        foreach (var persona in made)
            yield return persona;
    }

    // Elected officials hold the majority of every committee; of ten seats one is a city manager's and one a department head's.
    private static string Office(int member, string head) => (member % 10) switch
    {
        1 => "Mayor",
        4 => "Vice Mayor",
        5 => "City Manager",
        7 => member == 37 ? "Human Resources Director" : head,
        8 => "Mayor Pro Tem",
        _ => "Council Member",
    };

    private static Persona Seated(string slug, string office, (string City, string Division) from, GroupId group, Role role)
    {
        var said = CityList.Towns.Contains(from.City) ? office.Replace("City M", "Town M", StringComparison.Ordinal).Replace("City C", "Town C", StringComparison.Ordinal) : office;
        var seats = ImmutableArray.CreateBuilder<Seat>();
        seats.Add(new Seat(group, role));
        seats.Add(new Seat(new GroupId(from.Division), Role.Member));
        seats.Add(new Seat(Departments[said], Role.Member));
        if (CityList.Coastal.Contains(from.City))
            seats.Add(new Seat(new GroupId("coastal-cities-group"), Role.Member));
        if (CityList.Rural.Contains(from.City))
            seats.Add(new Seat(new GroupId("rural-city-information-exchange"), Role.Member));
        return new Persona(slug, said, from.City, Duty.None, seats.DrainToImmutable());
    }

    private static Persona AlsoInCaucus(int member, Persona persona) =>
        Caucuses.TryGetValue(member, out var caucus) ? persona with { Seats = persona.Seats.Add(new Seat(caucus, Role.Member)) } : persona;

    private static string Numbered(string slug, int number) => string.Create(CultureInfo.InvariantCulture, $"{slug}-{number:00}");

    private static KeyValuePair<string, GroupId> Of(string office, string department) => new(office, new GroupId(department));

    /// <summary>Draws a city never drawn before: for each body two from every division that has some left, then from the division with most left.</summary>
    private sealed class Draw
    {
        private readonly (string Division, Queue<string> Left)[] divisions =
            [.. CityList.ByDivision.Select(division => (division.Division, new Queue<string>(division.Cities)))];
        private readonly Queue<int> turns = new();

        public void StartBody()
        {
            turns.Clear();
            for (var turn = 0; turn < 2 * divisions.Length; turn++)
                turns.Enqueue(turn % divisions.Length);
        }

        public (string City, string Division) Next()
        {
            while (turns.TryDequeue(out var turn))
            {
                if (divisions[turn].Left.TryDequeue(out var city))
                    return (city, divisions[turn].Division);
            }
            var (division, left) = divisions.MaxBy(division => division.Left.Count);
            return (left.Dequeue(), division);
        }
    }
}
