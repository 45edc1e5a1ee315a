using CalCities.Collab.Kernel;

namespace CalCities.Collab.Meetings;

[Alias("meetings.IMeetingGrain")]
public interface IMeetingGrain : IEventSourcedGrain<MeetingCommand, MeetingEvent>;

[GrainType("meeting")]
internal sealed class MeetingGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>(log, clock), IMeetingGrain;
