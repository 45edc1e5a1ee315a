using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

[Alias("rosters.IRosterGrain")]
public interface IRosterGrain : IEventSourcedGrain<RosterCommand, RosterEvent>;

[GrainType("roster")]
internal sealed class RosterGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<RosterDecider, Roster, RosterCommand, RosterEvent>(log, clock), IRosterGrain;
