using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>When a city's council has designated its delegates, they sit in the General Assembly, and those before them don't any more.</summary>
public sealed class SeatDelegatesWhenDesignated : IPolicy<CityEvent, GroupCommand>
{
    private static readonly GroupId Assembly = new("general-assembly");

    public static string Name => "seat-delegates-when-designated";

    public static ImmutableArray<PolicyCommand<GroupCommand>> When(Recorded<CityEvent> recorded) =>
        recorded.Event is not CityEvent.Designated e ? []
        :
        [
            .. e.Former.Select(former => new PolicyCommand<GroupCommand>(Assembly.Stream, new GroupCommand.VacateSeat(former))),
            new(Assembly.Stream, new GroupCommand.FillSeat(e.Delegate, Role.Delegate)),
            .. e.Alternates.Select(alternate => new PolicyCommand<GroupCommand>(Assembly.Stream, new GroupCommand.FillSeat(alternate, Role.Alternate))),
        ];
}
