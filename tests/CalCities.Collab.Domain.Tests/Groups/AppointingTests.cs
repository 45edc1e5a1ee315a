using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>What a body that appoints may do to a committee's seats, against someone who sends commands by hand.</summary>
public sealed class AppointingTests
{
    private static readonly Appointer EastBay = new("east-bay");
    private static readonly MemberId First = new("m-1"), Second = new("m-2"), Third = new("m-3"), Leader = new("m-4");

    private static FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> Eq => new FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent>(new GroupId("eq").Stream).Given(
        new GroupEvent.Founded("Environmental Quality", GroupKind.PolicyCommittee, ""), new GroupEvent.Allotted(EastBay, 2), new GroupEvent.Allotted(Appointer.President, 2),
        new GroupEvent.Appointed(First, Role.Member, EastBay, null), new GroupEvent.SeatFilled(Third, Role.Member),
        new GroupEvent.Appointed(Leader, Role.Chair, Appointer.President, null));

    public static TheoryData<string, GroupCommand, Refusal?> Tries => new()
    {
        { "east-bay", new GroupCommand.Appoint(Second, Role.Member, EastBay, null, false), null },
        { "east-bay", new GroupCommand.Appoint(Second, Role.Alternate, EastBay, First, false), null },
        { "east-bay", new GroupCommand.VacateSeat(First), null },
        { "board", new GroupCommand.Appoint(Second, Role.ViceChair, Appointer.President, null, false), null },
        { "board", new GroupCommand.Appoint(Second, Role.Clerk, Appointer.President, null, false), GroupRefusals.OnlyThePresident },
        { "peninsula", new GroupCommand.Appoint(Second, Role.Member, EastBay, null, false), GroupRefusals.OnlyItsAppointer },
        { "peninsula", new GroupCommand.Appoint(Second, Role.Member, new Appointer("peninsula"), null, false), GroupRefusals.NoAllotment },
        { "board", new GroupCommand.Appoint(Second, Role.Member, EastBay, null, false), GroupRefusals.OnlyItsAppointer },
        { "eq", new GroupCommand.Appoint(Second, Role.Member, EastBay, null, false), GroupRefusals.OnlyItsAppointer },
        { "east-bay", new GroupCommand.Appoint(Second, Role.Chair, EastBay, null, false), GroupRefusals.OnlyThePresident },
        { "east-bay", new GroupCommand.Appoint(Second, Role.Clerk, EastBay, null, false), GroupRefusals.OnlyThePresident },
        { "east-bay", new GroupCommand.Appoint(Leader, Role.Member, EastBay, null, false), GroupRefusals.SeatOfAnother },
        { "east-bay", new GroupCommand.Appoint(Third, Role.Member, EastBay, null, false), GroupRefusals.SeatOfAnother },
        { "board", new GroupCommand.Appoint(First, Role.Member, Appointer.President, null, false), GroupRefusals.SeatOfAnother },
        { "east-bay", new GroupCommand.VacateSeat(Leader), GroupRefusals.OnlyItsAppointer },
        { "board", new GroupCommand.VacateSeat(First), GroupRefusals.OnlyItsAppointer },
        { "east-bay", new GroupCommand.FillSeat(Second, Role.Chair), GroupRefusals.OnlyTheHub },
        { "east-bay", new GroupCommand.Allot(EastBay, 50), GroupRefusals.OnlyTheHub },
    };

    [Theory, MemberData(nameof(Tries))]
    public void Who_presides_over_a_body_fills_and_vacates_its_own_seats_with_members_and_alternates_alone(string over, GroupCommand command, Refusal? due) =>
        Assert.Equal(due, Eq.When(command, By.Person("presiding", new Seat(new GroupId(over), Role.Chair))).Decision.Refusal);

    [Fact]
    public void A_division_does_not_take_the_chair_from_one_of_its_own_and_staff_may() =>
        Eq.Given(new GroupEvent.Appointed(Second, Role.Chair, EastBay, null))
            .When(new GroupCommand.Appoint(Second, Role.Member, EastBay, null, false), By.Person("presiding", new Seat(new GroupId("east-bay"), Role.Chair)))
            .ThenRefused(GroupRefusals.OnlyThePresident);

    [Fact]
    public void Staff_give_any_role_and_take_over_any_seat() =>
        Eq.When(new GroupCommand.Appoint(Leader, Role.Chair, EastBay, null, false), By.Person("staff", Duty.Staff)).ThenRecorded(new GroupEvent.Appointed(Leader, Role.Chair, EastBay, null));
}
