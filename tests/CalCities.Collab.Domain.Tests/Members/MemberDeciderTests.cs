using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

public sealed class MemberDeciderTests
{
    private static readonly GroupId Committee = new("eq");
    private static readonly MemberEvent Joined = new MemberEvent.Joined("Mayor", "Davis", Duty.None);

    private static FakeAggregate<MemberDecider, Member, MemberCommand, MemberEvent> Account => new(new MemberId("eq-chair").Stream);

    [Fact]
    public void An_official_joins_with_their_office_and_city() =>
        Account.When(new MemberCommand.Join("Mayor", "Davis", Duty.None), By.TheHub).ThenRecorded(Joined);

    [Fact]
    public void Nobody_joins_twice() =>
        Account.Given(Joined).When(new MemberCommand.Join("Mayor", "Davis", Duty.None), By.TheHub).ThenRefused(MemberRefusals.AlreadyJoined);

    [Fact]
    public void The_longest_office_is_taken_and_one_character_more_or_none_at_all_is_refused()
    {
        var longest = new string('o', MemberDecider.MaxNameLength);

        Account.When(new MemberCommand.Join(longest, null, Duty.Staff), By.TheHub).ThenRecorded(new MemberEvent.Joined(longest, null, Duty.Staff));
        Account.When(new MemberCommand.Join(longest + "o", null, Duty.Staff), By.TheHub).ThenRefused(MemberRefusals.OfficeMissing);
        Account.When(new MemberCommand.Join("", "Davis", Duty.None), By.TheHub).ThenRefused(MemberRefusals.OfficeMissing);
    }

    [Fact]
    public void A_seat_is_noted_its_role_changed_and_noting_it_again_changes_nothing() =>
        Account.Given(Joined)
            .When(new MemberCommand.TakeSeat(Committee, Role.Member), By.Rule).ThenRecorded(new MemberEvent.Seated(Committee, Role.Member))
            .When(new MemberCommand.TakeSeat(Committee, Role.Chair), By.Rule).ThenRecorded(new MemberEvent.Seated(Committee, Role.Chair))
            .When(new MemberCommand.TakeSeat(Committee, Role.Chair), By.Rule).ThenNothing();

    [Fact]
    public void A_seat_that_was_left_is_gone_and_leaving_it_again_changes_nothing() =>
        Account.Given(Joined, new MemberEvent.Seated(Committee, Role.Member))
            .When(new MemberCommand.LeaveSeat(Committee), By.Rule).ThenRecorded(new MemberEvent.Unseated(Committee))
            .When(new MemberCommand.LeaveSeat(Committee), By.Rule).ThenNothing();

    [Fact]
    public void Nobody_takes_or_leaves_a_seat_without_an_account()
    {
        Account.When(new MemberCommand.TakeSeat(Committee, Role.Member), By.Rule).ThenRefused(MemberRefusals.NotJoined);
        Account.When(new MemberCommand.LeaveSeat(Committee), By.Rule).ThenRefused(MemberRefusals.NotJoined);
    }

    [Fact]
    public void No_person_gives_themselves_an_account_or_a_seat()
    {
        Account.When(new MemberCommand.Join("Mayor", "Davis", Duty.Admin), By.Person("eq-chair")).ThenRefused(MemberRefusals.OnlyTheHub);
        Account.Given(Joined).When(new MemberCommand.TakeSeat(Committee, Role.Chair), By.Person("eq-chair")).ThenRefused(MemberRefusals.OnlyTheHub);
    }

    [Fact]
    public void An_account_tells_others_its_standing_with_one_seat_a_group()
    {
        var seated = Account.Given(Joined, new MemberEvent.Seated(Committee, Role.Member), new MemberEvent.Seated(Committee, Role.Chair));

        Assert.Null(MemberDecider.Tell(Account.State));
        var standing = Assert.IsType<MemberFact>(MemberDecider.Tell(seated.State)).Standing;
        Assert.Equal(("Mayor", "Davis", Duty.None), (standing.Office, standing.City, standing.Duty));
        Assert.Equal([new Seat(Committee, Role.Chair)], standing.Seats);
        Assert.Equal("Mayor, Davis", standing.DisplayName);
    }

    [Fact]
    public void When_a_group_fills_or_vacates_a_seat_the_members_account_is_told_and_nothing_else_tells_it()
    {
        var founded = new GroupEvent.Founded("Environmental Quality", GroupKind.PolicyCommittee, "");

        Assert.Equal([new(new("member", "eq-chair"), new MemberCommand.TakeSeat(Committee, Role.Chair))], When(new GroupEvent.SeatFilled(new("eq-chair"), Role.Chair)));
        Assert.Equal([new(new("member", "eq-chair"), new MemberCommand.LeaveSeat(Committee))], When(new GroupEvent.SeatVacated(new("eq-chair"))));
        Assert.Empty(When(founded));
    }

    [Fact]
    public void When_an_appointer_fills_a_seat_the_members_account_is_told_the_same() =>
        Assert.Equal([new(new("member", "eq-chair"), new MemberCommand.TakeSeat(Committee, Role.Alternate))],
            When(new GroupEvent.Appointed(new("eq-chair"), Role.Alternate, new Appointer("east-bay"), new MemberId("eq-member-01"))));

    [Fact]
    public void A_person_is_described_anew_and_the_same_again_changes_nothing() =>
        Account.Given(Joined)
            .When(new MemberCommand.Describe("A name", "Vice Mayor", "Davis", Duty.CityClerk), By.TheHub)
            .ThenRecorded(new MemberEvent.Described("A name", "Vice Mayor", "Davis", Duty.CityClerk))
            .When(new MemberCommand.Describe("A name", "Vice Mayor", "Davis", Duty.CityClerk), By.TheHub).ThenNothing();

    [Fact]
    public void A_real_person_is_named_by_name_office_and_city() =>
        Assert.Equal("A name, Vice Mayor, Davis",
            Account.Given(Joined, new MemberEvent.Described("A name", "Vice Mayor", "Davis", Duty.None)).State.Known!.DisplayName);

    [Fact]
    public void A_name_or_city_that_is_empty_or_too_long_is_refused()
    {
        var longest = new string('n', MemberDecider.MaxNameLength);
        var account = Account.Given(Joined);

        account.When(new MemberCommand.Describe(longest, "Mayor", longest, Duty.None), By.TheHub).ThenRecorded(new MemberEvent.Described(longest, "Mayor", longest, Duty.None));
        account.When(new MemberCommand.Describe(longest + "n", "Mayor", "Davis", Duty.None), By.TheHub).ThenRefused(MemberRefusals.NameTooLong);
        account.When(new MemberCommand.Describe("", "Mayor", "Davis", Duty.None), By.TheHub).ThenRefused(MemberRefusals.NameTooLong);
        account.When(new MemberCommand.Describe(null, "Mayor", "", Duty.None), By.TheHub).ThenRefused(MemberRefusals.NameTooLong);
        account.When(new MemberCommand.Describe(null, "", "Davis", Duty.None), By.TheHub).ThenRefused(MemberRefusals.OfficeMissing);
    }

    [Fact]
    public void A_suspended_member_tells_no_standing_until_reinstated_and_keeps_the_seats()
    {
        var suspended = Account.Given(Joined, new MemberEvent.Seated(Committee, Role.Member))
            .When(new MemberCommand.Suspend("Left office."), By.TheHub).ThenRecorded(new MemberEvent.Suspended("Left office."));

        Assert.Null(MemberDecider.Tell(suspended.State));
        suspended.When(new MemberCommand.Suspend("Again."), By.TheHub).ThenNothing();
        suspended.When(new MemberCommand.TakeSeat(new("cs"), Role.Member), By.Rule).ThenRecorded(new MemberEvent.Seated(new("cs"), Role.Member));
        var back = suspended.When(new MemberCommand.Reinstate(), By.TheHub).ThenRecorded(new MemberEvent.Reinstated());
        Assert.Equal([new Seat(Committee, Role.Member)], Assert.IsType<MemberFact>(MemberDecider.Tell(back.State)).Standing.Seats);
        back.When(new MemberCommand.Reinstate(), By.TheHub).ThenNothing();
    }

    [Fact]
    public void A_suspension_has_a_reason_that_is_not_too_long()
    {
        var longest = new string('r', MemberDecider.MaxReasonLength);

        Account.Given(Joined).When(new MemberCommand.Suspend(longest), By.TheHub).ThenRecorded(new MemberEvent.Suspended(longest));
        Account.Given(Joined).When(new MemberCommand.Suspend(longest + "r"), By.TheHub).ThenRefused(MemberRefusals.ReasonMissing);
        Account.Given(Joined).When(new MemberCommand.Suspend(""), By.TheHub).ThenRefused(MemberRefusals.ReasonMissing);
    }

    [Fact]
    public void Why_someone_is_suspended_is_shown_to_staff_and_admins_alone()
    {
        var view = Account.Given(Joined, new MemberEvent.Suspended("Left office.")).Log.Aggregate(MemberView.Blank(new("member", "eq-chair")), MemberView.Fold);
        var official = new Viewer(new("other"), new Standing("Mayor", "Chico", Duty.None, []));
        var staff = new Viewer(new("staff"), new Standing("Staff", null, Duty.Staff, []));

        Assert.Null(view.Standing);
        Assert.Equal("Mayor", view.Known!.Office);
        Assert.Equal("", Assert.IsType<Member.Suspended>(MemberSight.For(official, view)!.Account).Reason);
        Assert.Equal("Left office.", Assert.IsType<Member.Suspended>(MemberSight.For(staff, view)!.Account).Reason);
        var recorded = Account.Given(Joined, new MemberEvent.Suspended("Left office.")).Log;
        Assert.Null(MemberSight.For(official, view, recorded[1]));
        Assert.NotNull(MemberSight.For(staff, view, recorded[1]));
        Assert.NotNull(MemberSight.For(official, view, recorded[0]));
    }

    [Fact]
    public void A_person_sits_on_a_body_that_their_city_has_and_stands_up_again()
    {
        var davis = new CityId("davis");
        var known = Account.Given(Joined).Knowing(davis.Stream, new CityFact("Davis", ImmutableSortedDictionary<string, int>.Empty.Add(LocalBody.Council, 5)));

        known.When(new MemberCommand.Sit(davis, "planning-commission"), By.TheHub).ThenRefused(MemberRefusals.NoSuchBody);
        Account.Given(Joined).When(new MemberCommand.Sit(davis, LocalBody.Council), By.TheHub).ThenRefused(MemberRefusals.NoSuchBody);
        var sits = known.When(new MemberCommand.Sit(davis, LocalBody.Council), By.TheHub).ThenRecorded(new MemberEvent.Sat(davis, LocalBody.Council));
        Assert.Equal(new LocalBody(davis, LocalBody.Council), sits.State.Known!.Body);
        sits.When(new MemberCommand.Sit(davis, LocalBody.Council), By.TheHub).ThenNothing();
        sits.When(new MemberCommand.Stand(), By.TheHub).ThenRecorded(new MemberEvent.Stood()).When(new MemberCommand.Stand(), By.TheHub).ThenNothing();
    }

    private static Actor As(string slug, Duty duty) => By.Person(slug, duty);

    public static TheoryData<string, Duty, string, Duty, MemberCommand, Refusal?> Keepers => new()
    {
        { "staff", Duty.Staff, "eq-chair", Duty.None, new MemberCommand.Suspend("Why"), null },
        { "admin", Duty.Admin, "eq-chair", Duty.None, new MemberCommand.Suspend("Why"), null },
        { "clerk", Duty.Clerk, "eq-chair", Duty.None, new MemberCommand.Suspend("Why"), MemberRefusals.OnlyTheHub },
        { "city", Duty.CityClerk, "eq-chair", Duty.None, new MemberCommand.Reinstate(), MemberRefusals.OnlyTheHub },
        { "other", Duty.None, "eq-chair", Duty.None, new MemberCommand.Stand(), MemberRefusals.OnlyTheHub },
        { "eq-chair", Duty.None, "eq-chair", Duty.None, new MemberCommand.Describe(null, "Mayor", "Davis", Duty.Admin), MemberRefusals.OnlyTheHub },
        { "staff", Duty.Staff, "staff", Duty.Staff, new MemberCommand.Suspend("Why"), MemberRefusals.OwnAccount },
        { "admin", Duty.Admin, "admin", Duty.Admin, new MemberCommand.Suspend("Why"), MemberRefusals.OwnAccount },
        { "staff", Duty.Staff, "staff", Duty.Staff, new MemberCommand.Describe(null, "Staff", null, Duty.Clerk), MemberRefusals.OwnAccount },
        { "staff", Duty.Staff, "staff", Duty.Staff, new MemberCommand.Describe("A name", "Staff", null, Duty.Staff), null },
        { "staff", Duty.Staff, "staff", Duty.Staff, new MemberCommand.Describe(null, "Staff", null, Duty.Admin), MemberRefusals.OnlyAnAdmin },
        { "staff", Duty.Staff, "eq-chair", Duty.None, new MemberCommand.Describe(null, "Mayor", "Davis", Duty.Admin), MemberRefusals.OnlyAnAdmin },
        { "staff", Duty.Staff, "eq-chair", Duty.Admin, new MemberCommand.Suspend("Why"), MemberRefusals.OnlyAnAdmin },
        { "staff", Duty.Staff, "eq-chair", Duty.Admin, new MemberCommand.Describe(null, "Mayor", "Davis", Duty.None), MemberRefusals.OnlyAnAdmin },
        { "admin", Duty.Admin, "eq-chair", Duty.Admin, new MemberCommand.Describe(null, "Mayor", "Davis", Duty.None), null },
        { "admin", Duty.Admin, "eq-chair", Duty.None, new MemberCommand.Describe(null, "Mayor", "Davis", Duty.Admin), null },
        { "admin", Duty.Admin, "eq-chair", Duty.None, new MemberCommand.TakeSeat(Committee, Role.Chair), MemberRefusals.OnlyTheHub },
    };

    [Theory, MemberData(nameof(Keepers))]
    public void Staff_and_admins_keep_accounts_only_an_admin_an_admins_and_nobody_their_own_duty(
        string slug, Duty duty, string whose, Duty has, MemberCommand command, Refusal? due) =>
        Assert.Equal(due, new FakeAggregate<MemberDecider, Member, MemberCommand, MemberEvent>(new MemberId(whose).Stream)
            .Given(new MemberEvent.Joined("Mayor", "Davis", has)).When(command, As(slug, duty)).Decision.Refusal);

    [Fact]
    public void Only_an_admin_makes_an_admin_of_someone_new()
    {
        Account.When(new MemberCommand.Join("Administrator", null, Duty.Admin), As("staff", Duty.Staff)).ThenRefused(MemberRefusals.OnlyAnAdmin);
        Account.When(new MemberCommand.Join("Administrator", null, Duty.Admin), As("admin", Duty.Admin)).ThenRecorded(new MemberEvent.Joined("Administrator", null, Duty.Admin));
        Account.When(new MemberCommand.Join("Mayor", "Davis", Duty.None), As("staff", Duty.Staff)).ThenRecorded(Joined);
    }

    [Fact]
    public void An_address_gives_the_same_id_however_it_is_written_and_none_that_tells_it()
    {
        Assert.Equal(MemberId.OfEmail("mayor@davis.example"), MemberId.OfEmail(" Mayor@Davis.Example "));
        Assert.Matches(@"\Am-[0-9a-f]{20}\z", MemberId.OfEmail("mayor@davis.example").Value);
        Assert.NotEqual(MemberId.OfEmail("mayor@davis.example"), MemberId.OfEmail("mayor@chico.example"));
    }

    private static ImmutableArray<PolicyCommand<MemberCommand>> When(GroupEvent happened) =>
        StandWhenSeated.When(new Recorded<GroupEvent>(Committee.Stream, 1, 1, new CommandId("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
}
