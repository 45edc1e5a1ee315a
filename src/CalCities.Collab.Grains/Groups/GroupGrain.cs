using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

[Alias("groups.IGroupGrain")]
public interface IGroupGrain : IEventSourcedGrain<GroupCommand, GroupEvent>;

[GrainType("group")]
internal sealed class GroupGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<GroupDecider, Body, GroupCommand, GroupEvent>(log, clock), IGroupGrain;
