namespace CalCities.Collab.Cities;

/// <summary>One of California's cities and towns by its name in kebab case without accents ("la-canada-flintridge"); their names are unique in the state.</summary>
[GenerateSerializer, Immutable, Alias("cities.id")]
public readonly record struct CityId(string Value)
{
    public override string ToString() => Value;
}
