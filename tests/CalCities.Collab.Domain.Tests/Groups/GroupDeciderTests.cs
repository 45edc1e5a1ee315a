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
    public void A_group_tells_others_its_name_kind_guard_and_powers_once_it_is_founded_and_until_it_ends()
    {
        Assert.Null(GroupDecider.Tell(Group.State));
        Assert.Equal(new GroupFact("Environmental Quality", GroupKind.PolicyCommittee) { Power = GroupPower.Recommends, Votes = true }, GroupDecider.Tell(Group.Given(Founded).State));
        Assert.Equal(
            new GroupFact("The environment", GroupKind.PolicyCommittee) { Guard = GuardMode.Warn },
            GroupDecider.Tell(Group.Given(Founded, new GroupEvent.Renamed("The environment"), new GroupEvent.GuardSet(GuardMode.Warn), new GroupEvent.Empowered(GroupPower.None, false)).State));
        Assert.Null(GroupDecider.Tell(Group.Given(Founded, new GroupEvent.Retired()).State));
    }

    public static TheoryData<GroupKind, GroupPower, bool> Powers => new()
    {
        { GroupKind.PolicyCommittee, GroupPower.Recommends, true },
        { GroupKind.ResolutionsCommittee, GroupPower.Recommends, true },
        { GroupKind.Board, GroupPower.Decides, true },
        { GroupKind.GeneralAssembly, GroupPower.Decides, true },
        { GroupKind.Exchange, GroupPower.None, false },
        { GroupKind.Division, GroupPower.None, true },
        { GroupKind.Department, GroupPower.None, true },
        { GroupKind.Caucus, GroupPower.None, true },
        { GroupKind.Region, GroupPower.None, true },
    };

    [Theory, MemberData(nameof(Powers))]
    public void What_a_group_does_about_positions_follows_from_its_kind_until_it_is_said_otherwise(GroupKind kind, GroupPower power, bool votes) =>
        Assert.Equal((power, votes), GroupDecider.PowersOf(kind));

    [Fact]
    public void A_group_is_renamed_empowered_and_its_guard_set_and_the_same_again_changes_nothing() =>
        Group.Given(Founded)
            .When(new GroupCommand.Rename("The environment"), By.TheHub).ThenRecorded(new GroupEvent.Renamed("The environment"))
            .When(new GroupCommand.Empower(GroupPower.Decides, true), By.TheHub).ThenRecorded(new GroupEvent.Empowered(GroupPower.Decides, true))
            .When(new GroupCommand.SetGuard(GuardMode.Off), By.TheHub).ThenRecorded(new GroupEvent.GuardSet(GuardMode.Off))
            .When(new GroupCommand.SetGuard(GuardMode.Off), By.TheHub).ThenNothing();

    [Fact]
    public void A_rename_to_the_same_name_and_the_powers_it_has_change_nothing_and_no_name_is_refused()
    {
        Group.Given(Founded).When(new GroupCommand.Rename("Environmental Quality"), By.TheHub).ThenNothing();
        Group.Given(Founded).When(new GroupCommand.Empower(GroupPower.Recommends, true), By.TheHub).ThenNothing();
        Group.Given(Founded).When(new GroupCommand.Rename(""), By.TheHub).ThenRefused(GroupRefusals.NameMissing);
    }

    [Fact]
    public void A_group_that_is_merged_or_retired_ends_its_seats_and_takes_no_changes()
    {
        var seated = Group.Given(Founded, new GroupEvent.SeatFilled(Mayor, Role.Chair));

        seated.When(new GroupCommand.Merge(new("cs")), By.TheHub).ThenRefused(GroupRefusals.MergedIntoNothing);
        seated.Knowing(new GroupId("cs").Stream, new GroupFact("Community Services", GroupKind.PolicyCommittee))
            .When(new GroupCommand.Merge(new("cs")), By.TheHub).ThenRecorded(new GroupEvent.SeatVacated(Mayor), new GroupEvent.Merged(new("cs")))
            .When(new GroupCommand.FillSeat(Mayor, Role.Member), By.TheHub).ThenRefused(GroupRefusals.NoLongerThere);
        seated.When(new GroupCommand.Retire(), By.TheHub).ThenRecorded(new GroupEvent.SeatVacated(Mayor), new GroupEvent.Retired())
            .When(new GroupCommand.Found("Environmental Quality", GroupKind.PolicyCommittee, ""), By.TheHub).ThenRefused(GroupRefusals.AlreadyFounded);
    }

    [Fact]
    public void The_view_of_a_group_that_went_tells_its_history_and_where_it_went()
    {
        var view = Group.Given(Founded, new GroupEvent.Renamed("The environment"), new GroupEvent.Merged(new("cs"))).Log.Aggregate(GroupView.Blank(new GroupId("eq").Stream), GroupView.Fold);

        Assert.True(view.HasEnded);
        Assert.Equal(
            [
                new(By.Start, "Founded in this hub"), new(By.Start.AddSeconds(1), "Renamed from Environmental Quality"),
                new GroupMoment(By.Start.AddSeconds(2), "Merged into", new GroupId("cs")),
            ],
            view.History);
    }

    private static readonly Appointer EastBay = new("east-bay");
    private static readonly MemberId First = new("m-1"), Second = new("m-2"), Third = new("m-3");
    private static readonly GroupEvent Allotted = new GroupEvent.Allotted([new(EastBay, 2), new(Appointer.President, 1)]);
    private static readonly MemberFact Official = new(new Standing("Mayor", "Berkeley", Duty.None, []));

    private static FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> Eq =>
        Group.Given(Founded, Allotted).Knowing(First.Stream, Official).Knowing(Second.Stream, Official).Knowing(Third.Stream, Official);

    private static Actor Presiding(string over) => By.Person("presiding", new Seat(new GroupId(over), Role.Chair));

    [Fact]
    public void An_appointer_fills_as_many_seats_as_are_allotted_and_no_more() =>
        Eq.When(new GroupCommand.FillSeat(First, Role.Member, EastBay), Presiding("east-bay")).ThenRecorded(new GroupEvent.Appointed(First, Role.Member, EastBay, null))
            .When(new GroupCommand.FillSeat(First, Role.Member, EastBay), Presiding("east-bay")).ThenNothing();

    [Fact]
    public void A_full_allotment_takes_nobody_more_but_an_alternate_and_the_change_of_a_role()
    {
        var full = Eq.Given(new GroupEvent.Appointed(First, Role.Member, EastBay, null), new GroupEvent.Appointed(Second, Role.Member, EastBay, null));

        full.When(new GroupCommand.FillSeat(Third, Role.Member, EastBay), Presiding("east-bay")).ThenRefused(GroupRefusals.AllotmentFull);
        full.When(new GroupCommand.FillSeat(Third, Role.Member, EastBay), By.TheHub).ThenRefused(GroupRefusals.AllotmentFull);
        full.When(new GroupCommand.FillSeat(First, Role.Chair, EastBay), By.TheHub).ThenRecorded(new GroupEvent.Appointed(First, Role.Chair, EastBay, null));
        full.When(new GroupCommand.FillSeat(Third, Role.Alternate, EastBay, First), Presiding("east-bay")).ThenRecorded(new GroupEvent.Appointed(Third, Role.Alternate, EastBay, First));
        full.When(new GroupCommand.FillSeat(Third, Role.Partner), By.TheHub).ThenRecorded(new GroupEvent.SeatFilled(Third, Role.Partner));
    }

    [Fact]
    public void An_alternate_is_named_for_someone_else_who_holds_a_seat_and_goes_with_them()
    {
        var seated = Eq.Given(new GroupEvent.Appointed(First, Role.Member, EastBay, null));

        seated.When(new GroupCommand.FillSeat(Second, Role.Alternate, EastBay, Third), By.TheHub).ThenRefused(GroupRefusals.NoHolder);
        seated.When(new GroupCommand.FillSeat(First, Role.Alternate, EastBay, First), By.TheHub).ThenRefused(GroupRefusals.NoHolder);
        seated.When(new GroupCommand.FillSeat(Second, Role.Member, EastBay, First), By.TheHub).ThenRefused(GroupRefusals.NoHolder);
        seated.Given(new GroupEvent.Appointed(Second, Role.Alternate, EastBay, First))
            .When(new GroupCommand.VacateSeat(First), Presiding("east-bay")).ThenRecorded(new GroupEvent.SeatVacated(First), new GroupEvent.SeatVacated(Second));
    }

    public static TheoryData<string, GroupCommand, Refusal?> Appointing => new()
    {
        { "east-bay", new GroupCommand.FillSeat(Second, Role.Member, EastBay), null },
        { "peninsula", new GroupCommand.FillSeat(Second, Role.Member, EastBay), GroupRefusals.OnlyTheAppointer },
        { "eq", new GroupCommand.FillSeat(Second, Role.Member, EastBay), GroupRefusals.OnlyTheAppointer },
        { "east-bay", new GroupCommand.FillSeat(Second, Role.Member), GroupRefusals.OnlyTheAppointer },
        { "peninsula", new GroupCommand.FillSeat(Second, Role.Member, new Appointer("peninsula")), GroupRefusals.NoAllotment },
        { "board", new GroupCommand.FillSeat(Second, Role.Member, Appointer.President), null },
        { "board", new GroupCommand.FillSeat(Second, Role.Chair, Appointer.President), null },
        { "board", new GroupCommand.FillSeat(Second, Role.Member, EastBay), GroupRefusals.OnlyTheAppointer },
        { "president", new GroupCommand.FillSeat(Second, Role.Member, Appointer.President), GroupRefusals.OnlyTheAppointer },
        { "east-bay", new GroupCommand.FillSeat(Second, Role.Chair, EastBay), GroupRefusals.OnlyThePresident },
        { "east-bay", new GroupCommand.FillSeat(Second, Role.Clerk, EastBay), GroupRefusals.OnlyThePresident },
        { "east-bay", new GroupCommand.FillSeat(new("m-nobody"), Role.Member, EastBay), GroupRefusals.NoSuchMember },
        { "board", new GroupCommand.FillSeat(First, Role.Member, Appointer.President), GroupRefusals.SeatOfAnother },
        { "east-bay", new GroupCommand.VacateSeat(First), null },
        { "board", new GroupCommand.VacateSeat(First), GroupRefusals.OnlyTheAppointer },
        { "east-bay", new GroupCommand.VacateSeat(Third), GroupRefusals.OnlyTheAppointer },
        { "east-bay", new GroupCommand.Allot([new(EastBay, 50)]), GroupRefusals.OnlyTheHub },
        { "eq", new GroupCommand.Retire(), GroupRefusals.OnlyTheHub },
        { "board", new GroupCommand.PlanTerm("2026–27", By.Start.AddDays(90)), GroupRefusals.OnlyTheHub },
        { "board", new GroupCommand.BeginTerm("2026–27"), GroupRefusals.OnlyTheHub },
    };

    [Theory, MemberData(nameof(Appointing))]
    public void Who_presides_over_a_body_fills_and_vacates_its_own_seats_and_no_others(string over, GroupCommand command, Refusal? due) =>
        Assert.Equal(due, Eq.Given(new GroupEvent.Appointed(First, Role.Member, EastBay, null), new GroupEvent.SeatFilled(Third, Role.Member)).When(command, Presiding(over)).Decision.Refusal);

    [Fact]
    public void A_division_does_not_take_the_chair_from_one_of_its_own() =>
        Eq.Given(new GroupEvent.Appointed(First, Role.Chair, EastBay, null))
            .When(new GroupCommand.FillSeat(First, Role.Member, EastBay), Presiding("east-bay")).ThenRefused(GroupRefusals.OnlyThePresident);

    [Fact]
    public void Staff_fill_and_vacate_any_seat_and_members_none()
    {
        Eq.When(new GroupCommand.FillSeat(First, Role.Chair), By.Person("staff", Duty.Staff)).ThenRecorded(new GroupEvent.SeatFilled(First, Role.Chair))
            .When(new GroupCommand.VacateSeat(First), By.Person("staff", Duty.Staff)).ThenRecorded(new GroupEvent.SeatVacated(First));
        Eq.When(new GroupCommand.FillSeat(First, Role.Chair), By.Person("eq-chair", new Seat(new GroupId("eq"), Role.Chair))).ThenRefused(GroupRefusals.OnlyTheAppointer);
        Eq.When(new GroupCommand.FillSeat(First, Role.Member, EastBay), By.Person("east", new Seat(new GroupId("east-bay"), Role.Member))).ThenRefused(GroupRefusals.OnlyTheAppointer);
    }

    [Fact]
    public void Nobody_fills_seats_of_a_body_that_appoints_nobody_even_where_nothing_is_allotted() =>
        Group.Given(Founded).Knowing(First.Stream, Official)
            .When(new GroupCommand.FillSeat(First, Role.Member, EastBay), Presiding("east-bay")).ThenRefused(GroupRefusals.NoAllotment);

    [Fact]
    public void Allotments_are_said_changed_and_taken_away_and_the_view_counts_vacancies()
    {
        var group = Group.Given(Founded)
            .When(new GroupCommand.Allot([new(EastBay, 2), new(Appointer.President, 16)]), By.TheHub)
            .ThenRecorded(new GroupEvent.Allotted([new(EastBay, 2), new(Appointer.President, 16)]))
            .When(new GroupCommand.Allot([new(EastBay, 2), new(Appointer.President, 0)]), By.TheHub).ThenRecorded(new GroupEvent.Allotted([new(Appointer.President, 0)]));

        group.When(new GroupCommand.Allot([new(EastBay, 2)]), By.TheHub).ThenNothing();
        Assert.Equal(1, group.Given(new GroupEvent.Appointed(First, Role.Member, EastBay, null)).Log.Aggregate(GroupView.Blank(new GroupId("eq").Stream), GroupView.Fold).Vacancies);
    }

    [Fact]
    public void An_allotment_of_the_wrong_number_twice_the_same_or_one_too_many_is_refused()
    {
        Group.Given(Founded).When(new GroupCommand.Allot([new(EastBay, -1)]), By.TheHub).ThenRefused(GroupRefusals.BadAllotment);
        Group.Given(Founded).When(new GroupCommand.Allot([new(EastBay, 1), new(EastBay, 2)]), By.TheHub).ThenRefused(GroupRefusals.BadAllotment);
        Group.Given(Founded).When(new GroupCommand.Allot(Many(GroupDecider.MaxAppointers + 1)), By.TheHub).ThenRefused(GroupRefusals.BadAllotment);
        Assert.Null(Group.Given(Founded).When(new GroupCommand.Allot(Many(GroupDecider.MaxAppointers)), By.TheHub).Decision.Refusal);

        static System.Collections.Immutable.ImmutableArray<Allotment> Many(int count) =>
            [.. Enumerable.Range(0, count).Select(i => new Allotment(new Appointer(string.Create(CultureInfo.InvariantCulture, $"body-{i}")), 1))];
    }

    private static readonly DateTimeOffset Close = By.Start.AddDays(90);
    private static readonly GroupEvent Planned = new GroupEvent.TermPlanned("2026–27", Close);

    [Fact]
    public void A_term_is_planned_for_a_time_to_come_and_its_roster_prepared_while_the_present_one_sits()
    {
        var planned = Eq.Given(new GroupEvent.Appointed(First, Role.Chair, EastBay, null));

        planned.When(new GroupCommand.PlanTerm("2026–27", By.Start), By.TheHub).ThenRefused(GroupRefusals.TermInPast);
        planned.When(new GroupCommand.PlanTerm("", Close), By.TheHub).ThenRefused(GroupRefusals.NameMissing);
        planned.When(new GroupCommand.FillSeat(Second, Role.Member, EastBay, null, "2026–27"), By.TheHub).ThenRefused(GroupRefusals.NoTerm);
        planned.When(new GroupCommand.VacateSeat(Second, "2026–27"), By.TheHub).ThenRefused(GroupRefusals.NoTerm);
        planned.When(new GroupCommand.PlanTerm("2026–27", Close), By.TheHub).ThenRecorded(Planned)
            .When(new GroupCommand.FillSeat(Second, Role.Member, EastBay, null, "2026–27"), Presiding("east-bay")).ThenRecorded(new GroupEvent.SeatPrepared(Second, Role.Member, EastBay, null))
            .When(new GroupCommand.PlanTerm("2026–27", Close), By.TheHub).ThenNothing();
        planned.Given(Planned, new GroupEvent.SeatPrepared(Second, Role.Member, EastBay, null))
            .When(new GroupCommand.VacateSeat(Second, "2026–27"), Presiding("east-bay")).ThenRecorded(new GroupEvent.SeatUnprepared(Second))
            .When(new GroupCommand.VacateSeat(Second, "2026–27"), By.TheHub).ThenRefused(GroupRefusals.SeatVacant);
    }

    [Fact]
    public void When_the_term_begins_the_prepared_roster_takes_over_in_one_decision_and_the_clerk_stays() =>
        Eq.Given(
                new GroupEvent.Appointed(First, Role.Chair, EastBay, null), new GroupEvent.Appointed(Second, Role.Member, EastBay, null),
                new GroupEvent.SeatFilled(Third, Role.Clerk), new GroupEvent.SeatFilled(Mayor, Role.Partner), Planned,
                new GroupEvent.SeatPrepared(Second, Role.Member, EastBay, null), new GroupEvent.SeatPrepared(new("m-4"), Role.Chair, Appointer.President, null))
            .At(Close).When(new GroupCommand.BeginTerm("2026–27"), By.Rule)
            .ThenRecorded(
                new GroupEvent.SeatVacated(Mayor), new GroupEvent.SeatVacated(First),
                new GroupEvent.Appointed(new("m-4"), Role.Chair, Appointer.President, null), new GroupEvent.TermBegun("2026–27"));

    [Fact]
    public void A_term_for_which_nothing_was_prepared_leaves_the_present_holders_until_a_roster_is_there()
    {
        var overdue = Eq.Given(new GroupEvent.Appointed(First, Role.Chair, EastBay, null), Planned).At(Close.AddDays(1));

        overdue.When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
        overdue.When(new GroupCommand.BeginTerm("2026–27"), By.Person("staff", Duty.Staff)).ThenRefused(GroupRefusals.NothingPrepared);
        overdue.Given(new GroupEvent.SeatPrepared(Second, Role.Chair, EastBay, null)).When(new GroupCommand.BeginTerm("2026–27"), By.Person("staff", Duty.Staff))
            .ThenRecorded(new GroupEvent.SeatVacated(First), new GroupEvent.Appointed(Second, Role.Chair, EastBay, null), new GroupEvent.TermBegun("2026–27"));
    }

    [Fact]
    public void A_term_begins_neither_early_nor_twice_nor_under_another_name()
    {
        var prepared = Eq.Given(Planned, new GroupEvent.SeatPrepared(Second, Role.Chair, EastBay, null));

        prepared.At(Close.AddSeconds(-1)).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
        prepared.At(Close.AddSeconds(-1)).When(new GroupCommand.BeginTerm("2026–27"), By.TheHub).ThenRefused(GroupRefusals.TermNotDue);
        prepared.At(Close).When(new GroupCommand.BeginTerm("2027–28"), By.TheHub).ThenRefused(GroupRefusals.NoTerm);
        prepared.At(Close).Given(new GroupEvent.TermBegun("2026–27")).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
    }

    [Fact]
    public void A_planned_term_sets_its_beginning_for_the_time_and_what_ends_the_plan_takes_it_back()
    {
        Assert.Equal([new("eq", Close, new(new("group", "eq"), new GroupCommand.BeginTerm("2026–27")))], When(Planned));
        Assert.Equal([Deadline<GroupCommand>.TakenBack("eq")], When(new GroupEvent.TermBegun("2026–27")));
        Assert.Equal([Deadline<GroupCommand>.TakenBack("eq")], When(new GroupEvent.Retired()));
        Assert.Empty(When(Founded));

        static System.Collections.Immutable.ImmutableArray<Deadline<GroupCommand>> When(GroupEvent happened) =>
            BeginTermWhenPlanned.When(new Recorded<GroupEvent>(new GroupId("eq").Stream, 1, 1, new("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
    }
}
