using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

[Alias("members.IMemberGrain")]
public interface IMemberGrain : IEventSourcedGrain<MemberCommand, MemberEvent>;

[GrainType("member")]
internal sealed class MemberGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<MemberDecider, Member, MemberCommand, MemberEvent>(log, clock), IMemberGrain;
