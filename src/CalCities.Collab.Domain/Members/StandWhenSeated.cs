using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>When a group fills or vacates a seat, the person's standing says so: rights are read from the member, the roster from the group.</summary>
public sealed class StandWhenSeated : IPolicy<GroupEvent, MemberCommand>
{
    public static string Name => "stand-when-seated";

    public static ImmutableArray<PolicyCommand<MemberCommand>> When(Recorded<GroupEvent> recorded)
    {
        var group = new GroupId(recorded.Stream.Key);
        return recorded.Event switch
        {
            GroupEvent.SeatFilled e => [new(e.Member.Stream, new MemberCommand.TakeSeat(group, e.Role))],
            GroupEvent.Appointed e => [new(e.Member.Stream, new MemberCommand.TakeSeat(group, e.Role))],
            GroupEvent.SeatVacated e => [new(e.Member.Stream, new MemberCommand.LeaveSeat(group))],
            _ => [],
        };
    }
}
