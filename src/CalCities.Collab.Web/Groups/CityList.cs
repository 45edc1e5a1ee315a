using System.Collections.Immutable;
using CalCities.Collab.Cities;

namespace CalCities.Collab.Groups;

/// <summary>A city as a new hub is told of it. Council is its council's size; IsMember whether it is in the league.</summary>
internal sealed record ListedCity(CityId City, string Name, string County, GroupId Division, int Council, bool IsMember);

/// <summary>
/// California's 483 cities and towns with county and regional division, as a new hub begins with them: from general knowledge of which county each is in
/// and which counties a division has. Staff correct it in the hub. To be verified: the division of San Francisco and of Mountain House, councils of five
/// where no other size is given, and which cities are no members (DOMAIN §1 has three of the seven).
/// </summary>
internal static class CityList
{
    /// <summary>Division slug and its cities, in the order in which personas are drawn.</summary>
    public static readonly ImmutableArray<(string Division, ImmutableArray<string> Cities)> ByDivision =
    [
        ("sacramento-valley", Names(
            "Davis, Roseville, Chico, Woodland, Redding, Folsom, Elk Grove, Yuba City, West Sacramento, Rancho Cordova, Citrus Heights, Rocklin, Lincoln, Auburn, " +
            "Placerville, South Lake Tahoe, Truckee, Grass Valley, Nevada City, Sacramento, Galt, Winters, Oroville, Paradise, Gridley, Red Bluff, Corning, " +
            "Anderson, Shasta Lake, Marysville, Live Oak, Wheatland, Colusa, Williams, Willows, Orland, Susanville, Alturas, Yreka, Mount Shasta, Weed, " +
            "Dunsmuir, Portola, Loyalton, Jackson, Sutter Creek, Ione, Plymouth, Amador City, Biggs, Colfax, Loomis, Isleton, Tehama, Dorris, Etna, Fort Jones, Montague, Tulelake")),
        ("los-angeles-county", Names(
            "Santa Monica, Culver City, Pasadena, Long Beach, Burbank, Glendale, West Hollywood, Malibu, Manhattan Beach, Inglewood, Pomona, Whittier, Downey, " +
            "Norwalk, Compton, Carson, Hawthorne, Lakewood, Alhambra, Arcadia, Monrovia, Azusa, Claremont, Covina, West Covina, Diamond Bar, El Monte, El Segundo, " +
            "Gardena, Glendora, Hermosa Beach, Huntington Park, La Mirada, La Verne, Lancaster, Palmdale, Lawndale, Lomita, Lynwood, Montebello, Monterey Park, " +
            "Paramount, Pico Rivera, Rancho Palos Verdes, Rosemead, San Dimas, San Fernando, San Gabriel, San Marino, Santa Fe Springs, Sierra Madre, Signal Hill, " +
            "South El Monte, South Gate, South Pasadena, Temple City, Walnut, Agoura Hills, Artesia, Avalon, Baldwin Park, Bell, Bell Gardens, Bellflower, " +
            "Beverly Hills, Bradbury, Calabasas, Cerritos, Commerce, Cudahy, Duarte, Hawaiian Gardens, Hidden Hills, Industry, Irwindale, La Cañada Flintridge, " +
            "La Habra Heights, La Puente, Los Angeles, Maywood, Palos Verdes Estates, Rolling Hills, Rolling Hills Estates, Vernon, Westlake Village")),
        ("peninsula", Names(
            "Pacifica, Palo Alto, San Mateo, Mountain View, Half Moon Bay, Sunnyvale, Redwood City, Cupertino, Burlingame, Campbell, Daly City, Foster City, Gilroy, " +
            "Los Altos, Los Gatos, Menlo Park, Millbrae, Milpitas, Morgan Hill, Belmont, San Bruno, San Carlos, San Jose, Santa Clara, Saratoga, South San Francisco, " +
            "East Palo Alto, Brisbane, Atherton, Colma, Hillsborough, Los Altos Hills, Monte Sereno, Portola Valley, Woodside")),
        ("redwood-empire", Names(
            "Arcata, Ukiah, Fort Bragg, Eureka, Crescent City, Willits, Fortuna, Lakeport, Clearlake, Point Arena, Ferndale, Blue Lake, Rio Dell, Trinidad")),
        ("monterey-bay", Names(
            "Monterey, Santa Cruz, Salinas, Watsonville, Seaside, Capitola, Hollister, Marina, Pacific Grove, Scotts Valley, Soledad, King City, Greenfield, Gonzales, " +
            "Carmel-by-the-Sea, Del Rey Oaks, Sand City, San Juan Bautista")),
        ("channel-counties", Names(
            "Santa Barbara, Ventura, San Luis Obispo, Oxnard, Thousand Oaks, Morro Bay, Goleta, Santa Maria, Camarillo, Carpinteria, Simi Valley, Lompoc, Paso Robles, " +
            "Pismo Beach, Arroyo Grande, Atascadero, Buellton, Fillmore, Grover Beach, Guadalupe, Moorpark, Ojai, Port Hueneme, Santa Paula, Solvang")),
        ("san-diego-county", Names(
            "Encinitas, Chula Vista, Escondido, Oceanside, Carlsbad, San Diego, La Mesa, Imperial Beach, National City, Solana Beach, Vista, San Marcos, Poway, " +
            "Santee, El Cajon, Lemon Grove, Coronado, Del Mar")),
        ("orange-county", Names(
            "Laguna Beach, Irvine, Anaheim, Fullerton, Huntington Beach, Costa Mesa, Santa Ana, Dana Point, Garden Grove, Tustin, Newport Beach, Brea, Orange, " +
            "Buena Park, Mission Viejo, Lake Forest, San Clemente, Seal Beach, Westminster, Yorba Linda, Aliso Viejo, Cypress, Fountain Valley, La Habra, La Palma, " +
            "Laguna Hills, Laguna Niguel, Laguna Woods, Los Alamitos, Placentia, Rancho Santa Margarita, San Juan Capistrano, Stanton, Villa Park")),
        ("riverside-county", Names(
            "Riverside, Palm Springs, Corona, Temecula, Moreno Valley, Indio, Hemet, Murrieta, Palm Desert, Cathedral City, Coachella, Lake Elsinore, Menifee, Perris, " +
            "La Quinta, Banning, Beaumont, Blythe, Calimesa, Canyon Lake, Desert Hot Springs, Eastvale, Indian Wells, Jurupa Valley, Norco, Rancho Mirage, San Jacinto, Wildomar")),
        ("inland-empire", Names(
            "Redlands, Ontario, Rancho Cucamonga, Fontana, San Bernardino, Chino, Upland, Rialto, Chino Hills, Colton, Highland, Loma Linda, Montclair, Yucaipa, Grand Terrace")),
        ("desert-mountain", Names(
            "Bishop, Mammoth Lakes, Victorville, Ridgecrest, Barstow, Apple Valley, Big Bear Lake, Hesperia, California City, Tehachapi, Yucca Valley, Twentynine Palms, Adelanto, Needles")),
        ("imperial-county", Names("El Centro, Brawley, Calexico, Imperial, Holtville, Calipatria, Westmorland")),
        ("east-bay", Names(
            "Berkeley, Richmond, Fremont, Oakland, Walnut Creek, Hayward, Antioch, Alameda, Concord, San Leandro, Livermore, Pleasanton, Dublin, Martinez, Albany, " +
            "Emeryville, El Cerrito, Pittsburg, Brentwood, Danville, San Ramon, Lafayette, Orinda, Moraga, Newark, Union City, Piedmont, Pinole, Hercules, San Pablo, " +
            "Pleasant Hill, Oakley, Clayton")),
        ("north-bay", Names(
            "Petaluma, San Rafael, Vallejo, Napa, Santa Rosa, Novato, Fairfield, Sebastopol, Benicia, Mill Valley, Sonoma, Healdsburg, Windsor, Rohnert Park, Vacaville, " +
            "American Canyon, Sausalito, Larkspur, Corte Madera, San Anselmo, Fairfax, Tiburon, Belvedere, Ross, Cloverdale, Cotati, Calistoga, St. Helena, Yountville, " +
            "Dixon, Rio Vista, Suisun City")),
        ("central-valley", Names(
            "Modesto, Stockton, Merced, Turlock, Lodi, Tracy, Manteca, Sonora, Los Banos, Ceres, Atwater, Lathrop, Livingston, Oakdale, Patterson, Ripon, Riverbank, " +
            "Angels Camp, Dos Palos, Escalon, Gustine, Hughson, Newman, Waterford")),
        ("south-san-joaquin-valley", Names(
            "Fresno, Bakersfield, Visalia, Clovis, Hanford, Madera, Tulare, Porterville, Delano, Sanger, Reedley, Selma, Lemoore, Kerman, Kingsburg, Dinuba, Exeter, " +
            "Farmersville, Lindsay, Woodlake, Corcoran, Avenal, Coalinga, Firebaugh, Fowler, Huron, Mendota, Orange Cove, Parlier, San Joaquin, Chowchilla, Arvin, " +
            "Maricopa, McFarland, Shafter, Taft, Wasco")),
    ];

    /// <summary>Places that call themselves a town: their manager is a Town Manager.</summary>
    public static readonly ImmutableHashSet<string> Towns = ImmutableHashSet.Create(StringComparer.Ordinal,
        [.. Names("Apple Valley, Atherton, Colma, Corte Madera, Danville, Fairfax, Hillsborough, Loomis, Los Altos Hills, Los Gatos, Mammoth Lakes, Moraga, Paradise, " +
                  "Portola Valley, Ross, San Anselmo, Tiburon, Truckee, Windsor, Woodside, Yountville, Yucca Valley")]);

    /// <summary>Cities on the ocean, whose officials the demonstration seats in the Coastal Cities Group.</summary>
    public static readonly ImmutableHashSet<string> Coastal = ImmutableHashSet.Create(StringComparer.Ordinal,
        [.. Names("Arcata, Eureka, Crescent City, Fort Bragg, Point Arena, Trinidad, Pacifica, Half Moon Bay, Daly City, Santa Cruz, Capitola, Watsonville, Monterey, " +
                  "Seaside, Marina, Pacific Grove, Carmel-by-the-Sea, Sand City, Morro Bay, Pismo Beach, Grover Beach, Santa Barbara, Goleta, Carpinteria, Ventura, " +
                  "Oxnard, Port Hueneme, Malibu, Santa Monica, El Segundo, Manhattan Beach, Hermosa Beach, Rancho Palos Verdes, Long Beach, Avalon, Seal Beach, " +
                  "Huntington Beach, Newport Beach, Laguna Beach, Dana Point, San Clemente, Oceanside, Carlsbad, Encinitas, Solana Beach, Del Mar, San Diego, Coronado, Imperial Beach")]);

    /// <summary>Small places far from a large one, whose officials the demonstration seats in the Rural City Information Exchange.</summary>
    public static readonly ImmutableHashSet<string> Rural = ImmutableHashSet.Create(StringComparer.Ordinal,
        [.. Names("Bishop, Mammoth Lakes, Needles, Blythe, Alturas, Susanville, Yreka, Mount Shasta, Weed, Dunsmuir, Portola, Loyalton, Colusa, Williams, Willows, Orland, " +
                  "Corning, Red Bluff, Gridley, Jackson, Sutter Creek, Sonora, Angels Camp, Point Arena, Willits, Ukiah, Lakeport, Clearlake, Fortuna, Ferndale, Rio Dell, " +
                  "Crescent City, Brawley, Holtville, Calipatria, Coalinga, Firebaugh, Mendota, Huron, Avenal, Taft, Dos Palos, Gustine, King City, Gonzales")]);

    /// <summary>Cities that no persona of the demonstration is drawn from: those outside the league, and two that came later to this list.</summary>
    private static readonly ImmutableArray<(string Division, ImmutableArray<string> Cities)> Others =
    [
        ("los-angeles-county", Names("Redondo Beach, Santa Clarita, Torrance")), ("central-valley", Names("Mountain House")), ("peninsula", Names("San Francisco")),
    ];

    /// <summary>Not in the league (DOMAIN §1; Santa Clarita in one of two copies).</summary>
    private static readonly ImmutableArray<string> NoMembers = Names("Redondo Beach, Santa Clarita, Torrance");

    /// <summary>The county that most cities of a division are in.</summary>
    private static readonly ImmutableDictionary<string, string> MainCounty = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        Pair("sacramento-valley", "Siskiyou"), Pair("los-angeles-county", "Los Angeles"), Pair("peninsula", "San Mateo"), Pair("redwood-empire", "Humboldt"),
        Pair("monterey-bay", "Monterey"), Pair("channel-counties", "Santa Barbara"), Pair("san-diego-county", "San Diego"), Pair("orange-county", "Orange"),
        Pair("riverside-county", "Riverside"), Pair("inland-empire", "San Bernardino"), Pair("desert-mountain", "San Bernardino"), Pair("imperial-county", "Imperial"),
        Pair("east-bay", "Contra Costa"), Pair("north-bay", "Marin"), Pair("central-valley", "Stanislaus"), Pair("south-san-joaquin-valley", "Fresno"),
    ]);

    /// <summary>Cities in another county than most of their division.</summary>
    private static readonly ImmutableDictionary<string, string> OtherCounty = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        .. In("Yolo", "Davis, Woodland, West Sacramento, Winters"), .. In("Placer", "Roseville, Rocklin, Lincoln, Auburn, Colfax, Loomis"),
        .. In("Butte", "Chico, Oroville, Paradise, Gridley, Biggs"), .. In("Shasta", "Redding, Anderson, Shasta Lake"),
        .. In("Sacramento", "Folsom, Elk Grove, Rancho Cordova, Citrus Heights, Sacramento, Galt, Isleton"), .. In("Sutter", "Yuba City, Live Oak"),
        .. In("El Dorado", "Placerville, South Lake Tahoe"), .. In("Nevada", "Truckee, Grass Valley, Nevada City"), .. In("Tehama", "Red Bluff, Corning, Tehama"),
        .. In("Yuba", "Marysville, Wheatland"), .. In("Colusa", "Colusa, Williams"), .. In("Glenn", "Willows, Orland"), .. In("Lassen", "Susanville"), .. In("Modoc", "Alturas"),
        .. In("Plumas", "Portola"), .. In("Sierra", "Loyalton"), .. In("Amador", "Jackson, Sutter Creek, Ione, Plymouth, Amador City"),
        .. In("Santa Clara", "Palo Alto, Mountain View, Sunnyvale, Cupertino, Campbell, Gilroy, Los Altos, Los Gatos, Milpitas, Morgan Hill, San Jose, Santa Clara, Saratoga, Los Altos Hills, Monte Sereno"),
        .. In("San Francisco", "San Francisco"), .. In("Mendocino", "Ukiah, Fort Bragg, Willits, Point Arena"), .. In("Del Norte", "Crescent City"), .. In("Lake", "Lakeport, Clearlake"),
        .. In("Santa Cruz", "Santa Cruz, Watsonville, Capitola, Scotts Valley"), .. In("San Benito", "Hollister, San Juan Bautista"),
        .. In("San Luis Obispo", "San Luis Obispo, Morro Bay, Paso Robles, Pismo Beach, Arroyo Grande, Atascadero, Grover Beach"),
        .. In("Ventura", "Ventura, Oxnard, Thousand Oaks, Camarillo, Simi Valley, Fillmore, Moorpark, Ojai, Port Hueneme, Santa Paula"),
        .. In("Inyo", "Bishop"), .. In("Mono", "Mammoth Lakes"),
        .. In("Kern", "Ridgecrest, California City, Tehachapi, Bakersfield, Delano, Arvin, Maricopa, McFarland, Shafter, Taft, Wasco"),
        .. In("Alameda", "Berkeley, Fremont, Oakland, Hayward, Alameda, San Leandro, Livermore, Pleasanton, Dublin, Albany, Emeryville, Newark, Union City, Piedmont"),
        .. In("Sonoma", "Petaluma, Santa Rosa, Sebastopol, Sonoma, Healdsburg, Windsor, Rohnert Park, Cloverdale, Cotati"),
        .. In("Solano", "Vallejo, Fairfield, Benicia, Vacaville, Dixon, Rio Vista, Suisun City"), .. In("Napa", "Napa, American Canyon, Calistoga, St. Helena, Yountville"),
        .. In("San Joaquin", "Stockton, Lodi, Tracy, Manteca, Lathrop, Ripon, Escalon, Mountain House"), .. In("Merced", "Merced, Los Banos, Atwater, Livingston, Dos Palos, Gustine"),
        .. In("Tuolumne", "Sonora"), .. In("Calaveras", "Angels Camp"), .. In("Tulare", "Visalia, Tulare, Porterville, Dinuba, Exeter, Farmersville, Lindsay, Woodlake"),
        .. In("Kings", "Hanford, Lemoore, Corcoran, Avenal"), .. In("Madera", "Madera, Chowchilla"),
    ]);

    /// <summary>Most councils have five seats; these are known to have others. San Francisco's is its Board of Supervisors.</summary>
    private static readonly ImmutableDictionary<string, int> Councils = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        Pair("Los Angeles", 15), Pair("San Diego", 9), Pair("San Jose", 11), Pair("San Francisco", 11), Pair("Fresno", 7), Pair("Sacramento", 9), Pair("Long Beach", 9),
        Pair("Oakland", 8), Pair("Berkeley", 9),
    ]);

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<ListedCity> All =
    [
        .. from division in ByDivision.Concat(Others)
           from name in division.Cities
           select new ListedCity(CityId.OfName(name), name, OtherCounty.GetValueOrDefault(name) ?? MainCounty[division.Division], new GroupId(division.Division),
               Councils.GetValueOrDefault(name, 5), !NoMembers.Contains(name, StringComparer.Ordinal)),
    ];

    private static KeyValuePair<string, T> Pair<T>(string name, T value) => new(name, value);

    private static IEnumerable<KeyValuePair<string, string>> In(string county, string cities) => Names(cities).Select(city => Pair(city, county));

    private static ImmutableArray<string> Names(string list) => [.. list.Split(", ")];
}
