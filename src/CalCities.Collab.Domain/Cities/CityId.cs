using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

/// <summary>One of California's cities and towns by its name in kebab case without accents ("la-canada-flintridge"); their names are unique in the state.</summary>
[GenerateSerializer, Immutable, Alias("cities.id")]
public readonly record struct CityId(string Value) : IAggregateId<CityCommand, CityEvent>
{
    /// <summary>"rancho-santa-margarita" is 22 characters.</summary>
    public const int MaxLength = 40;

    public StreamId Stream => new("city", Value);

    /// <summary>The id of a city by its name: "La Cañada Flintridge" is "la-canada-flintridge".</summary>
    public static CityId OfName(string name) =>
        new(string.Join('-', string.Concat(name.Where(c => c is not ('.' or '\'' or '’')).Select(Plain)).Split('-', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>This id where a name doesn't tell it, as after a renaming; null where it does.</summary>
    public CityId? UnlessOf(string? name) => name is not null && OfName(name) == this ? null : this;

    // The hub runs without the system's Unicode tables, which would take letters apart; these are the accents of Californian names.
    private static char Plain(char c) => char.ToLowerInvariant(c) switch
    {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ñ' => 'n',
        'ó' => 'o',
        'ú' or 'ü' => 'u',
        var lower => char.IsAsciiLetterOrDigit(lower) ? lower : '-',
    };

    public override string ToString() => Value;
}
