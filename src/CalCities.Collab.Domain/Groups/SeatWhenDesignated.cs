using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>When a city's council has named its delegates, they are seated in the General Assembly; those whom they replace leave it.</summary>
public sealed class SeatWhenDesignated : IPolicy<CityEvent, GroupCommand>
{
    private static readonly GroupId Assembly = new("general-assembly");

    public static string Name => "seat-when-designated";

    public static ImmutableArray<PolicyCommand<GroupCommand>> When(Recorded<CityEvent> recorded)
    {
        if (recorded.Event is not CityEvent.Designated e)
            return [];
        var by = new Appointer(recorded.Stream.Key);
        return
        [
            .. e.Released.Select(member => To(new GroupCommand.VacateSeat(member))),
            To(new GroupCommand.FillSeat(e.Delegate, Role.Delegate, by)),
            .. e.Alternates.Select(member => To(new GroupCommand.FillSeat(member, Role.Alternate, by, e.Delegate))),
        ];
    }

    private static PolicyCommand<GroupCommand> To(GroupCommand command) => new(Assembly.Stream, command);
}
