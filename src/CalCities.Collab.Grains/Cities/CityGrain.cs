using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

[Alias("cities.ICityGrain")]
public interface ICityGrain : IEventSourcedGrain<CityCommand, CityEvent>;

[GrainType("city")]
internal sealed class CityGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<CityDecider, City, CityCommand, CityEvent>(log, clock), ICityGrain;
