using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

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
        Assert.Equal(new GroupFact("Environmental Quality", GroupKind.PolicyCommittee) { Power = GroupPower.Recommends, Seats = ImmutableSortedDictionary<string, Held>.Empty }, Told(Group.Given(Founded)) with { Seats = ImmutableSortedDictionary<string, Held>.Empty });
    }

    [Fact]
    public void A_group_tells_who_sits_in_it_how_many_seats_are_vacant_and_by_which_rules_it_meets()
    {
        var told = Told(Group.Given(Founded, new GroupEvent.Allotted(Appointer.President, 3), new GroupEvent.Appointed(Mayor, Role.Member, Appointer.President, null)));
        Assert.Equal([Mayor.Value], told.Seats.Keys);
        Assert.Equal((2, BodyRules.OfTheLeague), (told.Vacancies, told.Rules));
    }

    public static TheoryData<BodyRules, bool> Rules => new()
    {
        { BodyRules.OfTheLeague, true },
        { BodyRules.OfTheLeague with { Quorum = QuorumRule.Fixed(7) }, true },
        { BodyRules.OfTheLeague with { Main = Threshold.TwoThirds }, true },
        { BodyRules.OfTheLeague with { ObjectionSeconds = BodyRules.MaxObjectionSeconds }, true },
        { BodyRules.OfTheLeague with { ObjectionSeconds = BodyRules.MaxObjectionSeconds + 1 }, false },
        { BodyRules.OfTheLeague with { NoticeHours = -1 }, false },
        { BodyRules.OfTheLeague with { SpecialNoticeHours = BodyRules.MaxNoticeHours + 1 }, false },
        { BodyRules.OfTheLeague with { Main = new Threshold(VoteBase.Cast, Fraction.All, Exceed: true, Abstentions.Ignored) }, false },
        { BodyRules.OfTheLeague with { Quorum = new QuorumRule(new Fraction(1, 0), Exceed: false, QuorumOf.Seats) }, false },
        { BodyRules.OfTheLeague with { Quorum = new QuorumRule(Fraction.All, Exceed: true, QuorumOf.Seats) }, false },
        { BodyRules.OfTheLeague with { Order = (RulesOfOrder)9 }, false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_body_meets_by_rules_that_can_be_met(BodyRules rules, bool isAcceptable)
    {
        var decided = Group.Given(Founded).When(new GroupCommand.SetRules(rules), Staff);
        if (!isAcceptable)
            decided.ThenRefused(GroupRefusals.BadRules);
        else if (rules == BodyRules.OfTheLeague)
            decided.ThenNothing();
        else
            Assert.Equal(rules, Told(decided.ThenRecorded(new GroupEvent.RulesSet(rules))).Rules);
    }

    private static GroupFact Told(FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> group) => Assert.IsType<GroupFact>(GroupDecider.Tell(group.State));

    // Appointers (DOMAIN §1)

    private static readonly Appointer Valley = new("sacramento-valley");
    private static readonly MemberId Second = new("m2"), Third = new("m3"), Fourth = new("m4");
    private static readonly Actor Staff = By.Person("staff", Duty.Staff);
    private static readonly Actor ValleyPresident = By.Person("president", new Seat(new GroupId("sacramento-valley"), Role.Chair));

    private static FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> Allotted =>
        Group.Given(Founded, new GroupEvent.Allotted(Valley, 2), new GroupEvent.Allotted(Appointer.President, 16));

    [Fact]
    public void A_division_fills_its_two_seats_and_no_third()
    {
        var full = Allotted.When(Appoint(Mayor), ValleyPresident).ThenRecorded(new GroupEvent.Appointed(Mayor, Role.Member, Valley, null))
            .When(Appoint(Second, Role.Chair), Staff).ThenRecorded(new GroupEvent.Appointed(Second, Role.Chair, Valley, null));

        full.When(Appoint(Third), ValleyPresident).ThenRefused(GroupRefusals.AllotmentFull);
        full.When(Appoint(Mayor, Role.ViceChair), Staff).ThenRecorded(new GroupEvent.Appointed(Mayor, Role.ViceChair, Valley, null));
        full.When(Appoint(Mayor), Staff).ThenNothing();
        full.When(Appoint(Third, Role.Alternate, holder: Mayor), Staff).ThenRecorded(new GroupEvent.Appointed(Third, Role.Alternate, Valley, Mayor));
        full.When(Appoint(Third, Role.Partner), Staff).ThenRecorded(new GroupEvent.Appointed(Third, Role.Partner, Valley, null));
        Assert.Equal(0, View(full).VacanciesOf(Valley));
        Assert.Equal((2, 16), (View(Allotted).VacanciesOf(Valley), View(Allotted).VacanciesOf(Appointer.President)));
    }

    [Fact]
    public void An_alternate_is_named_for_someone_who_sits_for_that_appointer()
    {
        Allotted.When(Appoint(Third, Role.Alternate, holder: Mayor), Staff).ThenRefused(GroupRefusals.AlternateForNobody);
        Allotted.When(Appoint(Third, Role.Alternate), Staff).ThenRefused(GroupRefusals.AlternateForNobody);
        Allotted.Given(new GroupEvent.Appointed(Mayor, Role.Member, Appointer.President, null)).When(Appoint(Third, Role.Alternate, holder: Mayor), Staff)
            .ThenRefused(GroupRefusals.AlternateForNobody);
        Allotted.Given(new GroupEvent.Appointed(Mayor, Role.Member, Valley, null)).When(Appoint(Third, Role.Member, holder: Mayor), Staff).ThenRefused(GroupRefusals.AlternateForNobody);
    }

    [Fact]
    public void Appointing_officers_fill_and_vacate_their_own_seats_and_nobody_elses()
    {
        var elsewhere = By.Person("other", new Seat(new GroupId("north-bay"), Role.Chair), new Seat(new GroupId("sacramento-valley"), Role.ViceChair), new Seat(new GroupId("eq"), Role.Chair));
        var leaguePresident = By.Person("league", new Seat(new GroupId("board"), Role.Chair));
        var seated = Allotted.Given(new GroupEvent.Appointed(Mayor, Role.Member, Valley, null), new GroupEvent.SeatFilled(Second, Role.Partner));

        Allotted.When(Appoint(Mayor), elsewhere).ThenRefused(GroupRefusals.OnlyItsAppointer);
        Allotted.When(Appoint(Mayor), leaguePresident).ThenRefused(GroupRefusals.OnlyItsAppointer);
        Allotted.When(Appoint(Mayor, by: Appointer.President), ValleyPresident).ThenRefused(GroupRefusals.OnlyItsAppointer);
        Allotted.When(Appoint(Mayor, by: Appointer.President), leaguePresident).ThenRecorded(new GroupEvent.Appointed(Mayor, Role.Member, Appointer.President, null));
        seated.When(new GroupCommand.VacateSeat(Mayor), elsewhere).ThenRefused(GroupRefusals.OnlyItsAppointer);
        seated.When(new GroupCommand.VacateSeat(Second), ValleyPresident).ThenRefused(GroupRefusals.OnlyItsAppointer);
        seated.When(new GroupCommand.VacateSeat(Mayor), ValleyPresident).ThenRecorded(new GroupEvent.SeatVacated(Mayor));
        Allotted.When(new GroupCommand.FillSeat(Mayor, Role.Member), ValleyPresident).ThenRefused(GroupRefusals.OnlyTheHub);
        Allotted.When(new GroupCommand.Allot(Valley, 3), ValleyPresident).ThenRefused(GroupRefusals.OnlyTheHub);
    }

    [Fact]
    public void Allotments_are_made_changed_and_taken_away_by_the_leagues_staff()
    {
        Allotted.When(new GroupCommand.Allot(Valley, 2), Staff).ThenNothing();
        Allotted.When(new GroupCommand.Allot(Valley, 0), Staff).ThenRecorded(new GroupEvent.Allotted(Valley, 0)).When(Appoint(Mayor), Staff).ThenRefused(GroupRefusals.NoAllotment);
        Allotted.When(new GroupCommand.Allot(Valley, GroupDecider.MaxAllotment), Staff).ThenRecorded(new GroupEvent.Allotted(Valley, GroupDecider.MaxAllotment));
        Allotted.When(new GroupCommand.Allot(Valley, GroupDecider.MaxAllotment + 1), Staff).ThenRefused(GroupRefusals.BadAllotment);
        Allotted.When(new GroupCommand.Allot(Valley, -1), Staff).ThenRefused(GroupRefusals.BadAllotment);
        Allotted.When(new GroupCommand.Allot(new Appointer("Not/A Slug"), 1), Staff).ThenRefused(GroupRefusals.BadAppointer);
        Allotted.When(Appoint(Mayor, by: new Appointer("")), Staff).ThenRefused(GroupRefusals.BadAppointer);
    }

    // Terms

    private static readonly DateTimeOffset Conference = By.Start.AddDays(200);

    private static FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> Planned =>
        Allotted.Given(new GroupEvent.Appointed(Mayor, Role.Chair, Valley, null), new GroupEvent.Appointed(Second, Role.Member, Valley, null),
            new GroupEvent.SeatFilled(Fourth, Role.Partner), new GroupEvent.TermPlanned("2026–27", Conference));

    [Fact]
    public void The_prepared_roster_takes_over_when_its_time_has_come_and_not_before()
    {
        var prepared = Planned.When(Appoint(Second, Role.Chair, next: true), Staff).ThenRecorded(new GroupEvent.NextAppointed(Second, Role.Chair, Valley, null))
            .When(Appoint(Third, next: true), Staff).ThenRecorded(new GroupEvent.NextAppointed(Third, Role.Member, Valley, null));
        prepared.When(Appoint(Mayor, next: true), Staff).ThenRefused(GroupRefusals.AllotmentFull);

        prepared.When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
        var begun = prepared.At(Conference).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenRecorded(
            new GroupEvent.TermBegun("2026–27", false), new GroupEvent.SeatVacated(Mayor),
            new GroupEvent.Appointed(Second, Role.Chair, Valley, null), new GroupEvent.Appointed(Third, Role.Member, Valley, null));

        Assert.Equal([("m2", Role.Chair), ("m3", Role.Member), ("m4", Role.Partner)], View(begun).Seats.Select(seat => (seat.Key, seat.Value.Role)));
        Assert.Equal(("2026–27", null), (View(begun).Term, View(begun).Next));
        begun.At(Conference).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
    }

    [Fact]
    public void Where_nobody_was_prepared_those_who_sit_go_on_and_where_some_were_the_rest_is_vacant()
    {
        Planned.At(Conference).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenRecorded(new GroupEvent.TermBegun("2026–27", true));
        var begun = Planned.Given(new GroupEvent.NextAppointed(Second, Role.Member, Valley, null)).At(Conference).When(new GroupCommand.BeginTerm("2026–27"), By.Rule)
            .ThenRecorded(new GroupEvent.TermBegun("2026–27", false), new GroupEvent.SeatVacated(Mayor));
        Assert.Equal(1, View(begun).VacanciesOf(Valley));
    }

    [Fact]
    public void A_term_is_planned_moved_and_begun_by_its_own_deadline()
    {
        Planned.When(new GroupCommand.PlanTerm("2026–27", Conference), Staff).ThenNothing();
        var moved = Planned.When(new GroupCommand.PlanTerm("2026–27", Conference.AddDays(1)), Staff).ThenRecorded(new GroupEvent.TermPlanned("2026–27", Conference.AddDays(1)));
        moved.At(Conference).When(new GroupCommand.BeginTerm("2026–27"), By.Rule).ThenNothing();
        Allotted.When(new GroupCommand.PlanTerm("2026–27", By.Start), Staff).ThenRefused(GroupRefusals.BadTerm);
        Allotted.When(new GroupCommand.PlanTerm("", Conference), Staff).ThenRefused(GroupRefusals.BadTerm);
        Allotted.When(Appoint(Mayor, next: true), Staff).ThenRefused(GroupRefusals.NoTermPlanned);
        Allotted.When(new GroupCommand.VacateNext(Mayor), Staff).ThenRefused(GroupRefusals.NoTermPlanned);
        Planned.When(new GroupCommand.VacateNext(Mayor), Staff).ThenRefused(GroupRefusals.SeatVacant);
        Planned.Given(new GroupEvent.NextAppointed(Mayor, Role.Member, Valley, null)).When(new GroupCommand.VacateNext(Mayor), ValleyPresident).ThenRecorded(new GroupEvent.NextVacated(Mayor));
        Planned.At(Conference).When(new GroupCommand.BeginTerm("2026–27"), Staff).ThenRefused(GroupRefusals.OnlyTheHub);

        var stream = new GroupId("eq").Stream;
        Assert.Equal([new("eq", Conference, new(stream, new GroupCommand.BeginTerm("2026–27")))], Due(new GroupEvent.TermPlanned("2026–27", Conference)));
        Assert.Equal([Deadline<GroupCommand>.TakenBack("eq")], Due(new GroupEvent.Retired("Done")));
        Assert.Equal([Deadline<GroupCommand>.TakenBack("eq")], Due(new GroupEvent.Merged(new("cs"))));
        Assert.Empty(Due(Founded));
    }

    // Names, powers, ends

    [Fact]
    public void A_group_is_renamed_and_its_history_stays()
    {
        var renamed = Group.Given(Founded).When(new GroupCommand.Rename("Environment", "Air."), Staff).ThenRecorded(new GroupEvent.Renamed("Environment", "Air."));

        Assert.Equal(("Environment", "Air."), (View(renamed).Name, View(renamed).Scope));
        Assert.Equal(["Renamed from Environmental Quality", "Founded"], View(renamed).History.Select(past => past.What));
        Group.Given(Founded).When(new GroupCommand.Rename("", ""), Staff).ThenRefused(GroupRefusals.NameMissing);
        var longest = new string('s', GroupDecider.MaxScopeLength);
        Group.Given(Founded).When(new GroupCommand.Rename("A", longest), Staff).ThenRecorded(new GroupEvent.Renamed("A", longest));
        Group.Given(Founded).When(new GroupCommand.Rename("A", longest + "s"), Staff).ThenRefused(GroupRefusals.ScopeTooLong);
        Group.When(new GroupCommand.Found("A", GroupKind.Caucus, longest + "s"), Staff).ThenRefused(GroupRefusals.ScopeTooLong);
    }

    [Fact]
    public void Merging_and_retiring_end_all_seats_and_nothing_follows()
    {
        var seated = Group.Knowing(new GroupId("cs").Stream, new GroupFact("Community Services", GroupKind.PolicyCommittee))
            .Knowing(new GroupId("old").Stream, new GroupFact("Old", GroupKind.PolicyCommittee) { HasEnded = true }).Given(Founded, new GroupEvent.SeatFilled(Mayor, Role.Chair));
        seated.When(new GroupCommand.Merge(new("old")), Staff).ThenRefused(GroupRefusals.NotFounded);
        seated.When(new GroupCommand.Merge(new("none")), Staff).ThenRefused(GroupRefusals.NotFounded);
        var merged = seated.When(new GroupCommand.Merge(new("cs")), Staff).ThenRecorded(new GroupEvent.SeatVacated(Mayor), new GroupEvent.Merged(new("cs")));
        var retired = seated.When(new GroupCommand.Retire("Its work is done"), Staff).ThenRecorded(new GroupEvent.SeatVacated(Mayor), new GroupEvent.Retired("Its work is done"));

        Assert.Equal(new GroupEnd(new("cs"), null), View(merged).End);
        Assert.Equal(new GroupFact("Environmental Quality", GroupKind.PolicyCommittee) { HasEnded = true, Seats = ImmutableSortedDictionary<string, Held>.Empty }, Told(retired) with { Seats = ImmutableSortedDictionary<string, Held>.Empty });
        merged.When(new GroupCommand.FillSeat(Mayor, Role.Member), Staff).ThenRefused(GroupRefusals.Ended);
        seated.When(new GroupCommand.Merge(new("eq")), Staff).ThenRefused(GroupRefusals.IntoItself);
        seated.When(new GroupCommand.Retire(""), Staff).ThenRefused(GroupRefusals.ReasonMissing);
    }

    [Theory]
    [InlineData(GroupKind.PolicyCommittee, GroupPower.Recommends)]
    [InlineData(GroupKind.ResolutionsCommittee, GroupPower.Recommends)]
    [InlineData(GroupKind.Board, GroupPower.Decides)]
    [InlineData(GroupKind.GeneralAssembly, GroupPower.Decides)]
    [InlineData(GroupKind.Exchange, GroupPower.Discusses)]
    [InlineData(GroupKind.Division, GroupPower.Discusses)]
    public void What_a_body_does_with_positions_follows_from_its_kind_until_staff_say_otherwise(GroupKind kind, GroupPower power)
    {
        var founded = Group.Given(new GroupEvent.Founded("A", kind, ""));
        Assert.Equal(power, View(founded).Power);
        founded.When(new GroupCommand.Empower(GroupPower.Shares), Staff).ThenRecorded(new GroupEvent.Empowered(GroupPower.Shares)).When(new GroupCommand.Empower(GroupPower.Shares), Staff).ThenNothing();
        founded.When(new GroupCommand.SetGuard(GuardMode.Warn), Staff).ThenRecorded(new GroupEvent.GuardSet(GuardMode.Warn)).When(new GroupCommand.SetGuard(GuardMode.Warn), Staff).ThenNothing();
        founded.When(new GroupCommand.SetGuard(GuardMode.Off), By.Person("eq-chair", new Seat(new GroupId("eq"), Role.Chair))).ThenRefused(GroupRefusals.OnlyTheHub);
    }

    private static GroupCommand.Appoint Appoint(MemberId member, Role role = Role.Member, Appointer? by = null, MemberId? holder = null, bool next = false) =>
        new(member, role, by ?? Valley, holder, next);

    private static GroupView View(FakeAggregate<GroupDecider, Body, GroupCommand, GroupEvent> group) =>
        group.Log.Aggregate(GroupView.Blank(group.Stream), GroupView.Fold);

    private static System.Collections.Immutable.ImmutableArray<Deadline<GroupCommand>> Due(GroupEvent happened) =>
        BeginTermWhenPlanned.When(new Recorded<GroupEvent>(new GroupId("eq").Stream, 1, 1, new CommandId("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
}
