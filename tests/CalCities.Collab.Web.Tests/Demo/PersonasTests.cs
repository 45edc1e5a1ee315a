using System.Globalization;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Demo;

public sealed class PersonasTests
{
    private static readonly string[] Committees = ["cs", "eq", "gtlr", "hced", "ps", "rt", "tcpw"];

    [Fact]
    public void The_slugs_are_those_that_bookmarks_and_programs_rely_on()
    {
        string[] expected =
        [
            "staff", "clerk", "admin", "follower", "board-president",
            .. Numbered("board-member", 56),
            .. Committees.SelectMany(committee => (string[])[$"{committee}-chair", $"{committee}-vice-chair", .. Numbered($"{committee}-member", 40)]),
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Personas.All.Select(persona => persona.Slug).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_official_is_of_a_city_of_their_own()
    {
        var cities = Personas.All.Where(persona => persona.Duty is Duty.None or Duty.Follower).Select(persona => persona.City).ToArray();

        Assert.All(cities, city => Assert.False(string.IsNullOrWhiteSpace(city)));
        Assert.Equal(cities.Length, cities.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([null, null, null], Personas.All.Where(persona => persona.Duty is Duty.Staff or Duty.Clerk or Duty.Admin).Select(persona => persona.City), StringComparer.Ordinal);
    }

    [Fact]
    public void Elected_officials_hold_the_majority_of_every_committee() =>
        Assert.All(Committees, committee =>
        {
            var seated = Personas.All.Where(persona => persona.Seats.FirstOrDefault()?.Group == new GroupId(committee)).ToArray();
            Assert.Equal(42, seated.Length);
            Assert.InRange(seated.Count(persona => persona.Office is "Mayor" or "Vice Mayor" or "Mayor Pro Tem" or "Council Member"), 30, 42);
        });

    [Fact]
    public void Every_official_sits_in_the_division_of_the_city_and_in_the_department_of_the_office()
    {
        var divisions = CityList.ByDivision.SelectMany(division => division.Cities.Select(city => (city, division.Division))).ToDictionary(StringComparer.Ordinal);

        Assert.All(Personas.All.Where(persona => persona.Duty == Duty.None), persona =>
        {
            Assert.Equal(new Seat(new GroupId(divisions[persona.City!]), Role.Member), persona.Seats[1]);
            Assert.Equal(persona.Seats.Length, persona.Seats.Select(seat => seat.Group).Distinct().Count());
        });
        Assert.Equal(
            [new(new GroupId("eq"), Role.Chair), new(new GroupId("sacramento-valley"), Role.Member), new(new GroupId("mayors-and-council-members"), Role.Member)],
            Personas.Find("eq-chair")!.Seats);
    }

    [Fact]
    public void A_bodys_seats_are_appointed_within_its_allotments_and_nearly_all_of_a_committees_are()
    {
        var allotted = League.Allotments.ToDictionary(seats => (seats.Group, seats.By), seats => seats.Seats);

        Assert.All(Personas.Seats.Where(seat => seat.By is not null).GroupBy(seat => (seat.Seat.Group, seat.By!.Value)), seats => Assert.InRange(seats.Count(), 1, allotted[seats.Key]));
        Assert.Empty(Personas.Seats.Where(seat => Committees.Contains(seat.Seat.Group.Value, StringComparer.Ordinal) && seat.By is null));
    }

    [Fact]
    public void The_list_has_every_city_once_with_its_county_and_a_council()
    {
        Assert.Equal(483, CityList.All.Length);
        Assert.Equal(483, CityList.All.DistinctBy(city => city.City).Count());
        Assert.Equal(3, CityList.All.Count(city => !city.IsMember));
        Assert.Equal((11, "San Francisco"), CityList.All.Where(city => city.Name == "San Francisco").Select(city => (city.Council, city.County)).Single());
        if (Repository.Shared("data", "cities", "cities_clean.csv") is not { } file)
        {
            Assert.Skip("../shared/data/cities is not here.");
            return;
        }

        var official = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToDictionary(fields => fields[1], fields => fields[3], StringComparer.Ordinal);
        Assert.Equal([], CityList.All.Where(city => official.GetValueOrDefault(city.Name == "Industry" ? "City of Industry" : city.Name) != city.County).Select(city => $"{city.Name}: {city.County}"));
    }

    [Theory]
    [InlineData("board", 57)]
    [InlineData("general-resolutions-committee", 48)]
    [InlineData("eq", 63)]
    [InlineData("coastal-cities-group", 12)]
    public void Bodies_have_the_seats_that_the_league_gives_them(string group, int seats) =>
        Assert.Equal(seats, League.Allotments.Where(one => one.Group.Value == group).Sum(one => one.Seats));

    [Fact]
    public void Every_city_is_one_of_the_official_list()
    {
        if (Repository.Shared("data", "cities", "cities_clean.csv") is not { } file)
        {
            Assert.Skip("../shared/data/cities is not here.");
            return;
        }

        var official = File.ReadLines(file).Skip(1).Select(line => line.Split(',')[1]).ToHashSet(StringComparer.Ordinal);
        // The list writes out a prefix that nobody says.
        Assert.Equal(["Industry"], CityList.ByDivision.SelectMany(division => division.Cities).Where(city => !official.Contains(city)), StringComparer.Ordinal);
        Assert.Equal([], CityList.Towns.Union(CityList.Coastal).Union(CityList.Rural).Where(city => !official.Contains(city)), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("davis", "eq-chair delegate-107")]
    [InlineData("davis voting", "delegate-107")]
    [InlineData("delegate-476", "delegate-476")]
    [InlineData("DAVIS, mayor", "eq-chair")]
    [InlineData("chair public safety", "ps-chair ps-vice-chair")]
    [InlineData("board-member-07", "board-member-07")]
    [InlineData("no such city", "")]
    public void Personas_are_found_by_words_of_office_city_committee_or_slug(string search, string slugs) =>
        Assert.Equal(slugs, string.Join(' ', Personas.Matching(search).Select(persona => persona.Slug)));

    [Fact]
    public void Each_member_city_has_an_elector_who_is_found_by_search_alone()
    {
        Assert.Equal(Enumerable.Range(1, 476).Select(number => string.Create(CultureInfo.InvariantCulture, $"delegate-{number:000}")), Personas.Delegates.Select(persona => persona.Slug), StringComparer.Ordinal);
        Assert.Equal(476, Personas.Delegates.Select(persona => persona.City).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Personas.Delegates, persona => Assert.Equal([new Seat(new GroupId("general-assembly"), Role.Delegate)], persona.Seats));
        Assert.DoesNotContain(Personas.Matching(""), persona => persona.Seats.Any(seat => seat.Role == Role.Delegate));
        Assert.Equal(Personas.Delegates[475], Personas.Find("delegate-476"));
    }

    private static IEnumerable<string> Numbered(string slug, int count) =>
        Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{slug}-{number:00}"));
}
