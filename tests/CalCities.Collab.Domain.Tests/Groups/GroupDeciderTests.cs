using System.Globalization;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

public sealed class GroupDeciderTests
{
    private static readonly MemberId Mayor = new("eq-chair");
    private static readonly GroupEvent Founded = new GroupEvent.Founded("Environmental Quality", GroupKind.PolicyCommittee, "Air, water and waste.");

    private static FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> Group => new(new GroupId("eq").Stream);

    [Fact]
    public void A_group_is_founded_with_a_name_a_kind_and_what_it_deals_with() =>
        Group.When(new GroupCommand.Found("Environmental Quality", GroupKind.PolicyCommittee, "Air, water and waste."), By.TheHub)
            .ThenRecorded(Founded);

    [Fact]
    public void A_group_is_founded_only_once() =>
        Group.Given(Founded)
            .When(new GroupCommand.Found("Environmental Quality", GroupKind.PolicyCommittee, ""), By.TheHub)
            .ThenRefused(GroupRefusals.AlreadyFounded);

    [Fact]
    public void The_longest_name_is_taken_and_one_character_more_or_none_at_all_is_refused()
    {
        var longest = new string('n', GroupDecider.MaxNameLength);

        Group.When(new GroupCommand.Found(longest, GroupKind.Caucus, ""), By.TheHub).ThenRecorded(new GroupEvent.Founded(longest, GroupKind.Caucus, ""));
        Group.When(new GroupCommand.Found(longest + "n", GroupKind.Caucus, ""), By.TheHub).ThenRefused(GroupRefusals.NameMissing);
        Group.When(new GroupCommand.Found("", GroupKind.Caucus, ""), By.TheHub).ThenRefused(GroupRefusals.NameMissing);
    }

    [Fact]
    public void A_seat_is_filled_its_role_changed_and_filling_it_the_same_way_again_changes_nothing() =>
        Group.Given(Founded)
            .When(new GroupCommand.FillSeat(Mayor, Role.Member), By.TheHub).ThenRecorded(new GroupEvent.SeatFilled(Mayor, Role.Member))
            .When(new GroupCommand.FillSeat(Mayor, Role.Chair), By.TheHub).ThenRecorded(new GroupEvent.SeatFilled(Mayor, Role.Chair))
            .When(new GroupCommand.FillSeat(Mayor, Role.Chair), By.TheHub).ThenNothing();

    [Fact]
    public void A_seat_that_was_filled_can_be_vacated_once() =>
        Group.Given(Founded, new GroupEvent.SeatFilled(Mayor, Role.Chair))
            .When(new GroupCommand.VacateSeat(Mayor), By.TheHub).ThenRecorded(new GroupEvent.SeatVacated(Mayor))
            .When(new GroupCommand.VacateSeat(Mayor), By.TheHub).ThenRefused(GroupRefusals.SeatVacant);

    [Fact]
    public void Nobody_is_seated_in_a_group_that_was_never_founded()
    {
        Group.When(new GroupCommand.FillSeat(Mayor, Role.Member), By.TheHub).ThenRefused(GroupRefusals.NotFounded);
        Group.When(new GroupCommand.VacateSeat(Mayor), By.TheHub).ThenRefused(GroupRefusals.NotFounded);
    }

    [Fact]
    public void A_full_group_takes_nobody_new_but_still_changes_the_roles_of_those_seated()
    {
        var full = Group.Given(Founded).Given(Enumerable.Range(0, GroupDecider.MaxSeats).Select(i =>
            new GroupEvent.SeatFilled(new MemberId(string.Create(CultureInfo.InvariantCulture, $"member-{i}")), Role.Member)));

        full.When(new GroupCommand.FillSeat(Mayor, Role.Member), By.TheHub).ThenRefused(GroupRefusals.Full);
        full.When(new GroupCommand.FillSeat(new("member-0"), Role.Chair), By.TheHub).ThenRecorded(new GroupEvent.SeatFilled(new("member-0"), Role.Chair));
    }

    [Fact]
    public void No_person_founds_groups_or_gives_seats_not_even_the_chair() =>
        Group.Given(Founded)
            .When(new GroupCommand.FillSeat(Mayor, Role.Chair), By.Person("eq-chair", new Seat(new GroupId("eq"), Role.Chair)))
            .ThenRefused(GroupRefusals.OnlyTheHub);

    [Fact]
    public void A_group_tells_others_its_name_and_kind_once_it_is_founded()
    {
        Assert.Null(GroupDecider.Tell(Group.State));
        Assert.Equal(new GroupFact("Environmental Quality", GroupKind.PolicyCommittee), GroupDecider.Tell(Group.Given(Founded).State));
    }
}
