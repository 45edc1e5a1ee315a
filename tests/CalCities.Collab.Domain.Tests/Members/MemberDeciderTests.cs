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
        Assert.Equal([new(new("member", "eq-chair"), new MemberCommand.TakeSeat(Committee, Role.Alternate))],
            When(new GroupEvent.Appointed(new("eq-chair"), Role.Alternate, Appointer.President, new("m2"))));
        Assert.Equal([new(new("member", "eq-chair"), new MemberCommand.LeaveSeat(Committee))], When(new GroupEvent.SeatVacated(new("eq-chair"))));
        Assert.Empty(When(founded));
    }

    // Kept by the league's staff

    private static readonly Actor Staff = By.Person("staff", Duty.Staff);
    private static readonly Actor Admin = By.Person("admin", Duty.Admin);
    private static readonly LocalBody Council = new(new("davis"), LocalBody.Council);

    [Fact]
    public void A_city_that_was_renamed_is_named_with_its_id_and_stays_the_persons_own()
    {
        CityId davis = new("davis");
        var described = new MemberEvent.Described(null, "Mayor", "Putah Creek", Duty.None) { HomeId = davis };
        Account.When(new MemberCommand.Join("Mayor", "Putah Creek", Duty.None) { HomeId = davis }, Staff).ThenRecorded(new MemberEvent.Joined("Mayor", "Putah Creek", Duty.None) { HomeId = davis });
        var renamed = Account.Given(Joined).When(new MemberCommand.Describe(null, "Mayor", "Putah Creek", Duty.None) { HomeId = davis }, Staff).ThenRecorded(described);
        renamed.When(new MemberCommand.Describe(null, "Mayor", "Putah Creek", Duty.None) { HomeId = davis }, Staff).ThenNothing();
        var moved = renamed.When(new MemberCommand.Describe(null, "Mayor", "Putah Creek", Duty.None), Staff).ThenRecorded(new MemberEvent.Described(null, "Mayor", "Putah Creek", Duty.None));

        Assert.Equal((davis, davis, new CityId("putah-creek")), (HomeOf(Account.Given(Joined)), HomeOf(renamed), HomeOf(moved)));
        Assert.Null(new Standing("Staff", null, Duty.Staff, []).Home);
        Assert.Equal((null, null, davis), (davis.UnlessOf("Davis"), davis.UnlessOf("DAVIS"), davis.UnlessOf("Putah Creek")));
        Assert.Equal("""{"name":null,"office":"Mayor","city":"Putah Creek","duty":"None","homeId":"davis"}""", Kinds.Write(described));
        Assert.Equal(described, Kinds.OfTheHub.Read<object>("members.described.v1", Kinds.Write(described)));

        static CityId? HomeOf(FakeAggregate<MemberDecider, Member, MemberCommand, MemberEvent> account) => Assert.IsType<MemberFact>(MemberDecider.Tell(account.State)).Standing.Home;
    }

    [Theory]
    [InlineData(null, "davis")]
    [InlineData("Davis", "Davis")]
    [InlineData("Davis", "")]
    public void A_citys_id_is_a_short_word_beside_a_name(string? city, string home)
    {
        Account.When(new MemberCommand.Join("Mayor", city, Duty.None) { HomeId = new(home) }, Staff).ThenRefused(MemberRefusals.BadHome);
        Account.Given(Joined).When(new MemberCommand.Describe(null, "Mayor", city, Duty.None) { HomeId = new(home) }, Staff).ThenRefused(MemberRefusals.BadHome);
    }

    [Fact]
    public void Staff_describe_an_account_and_the_same_again_changes_nothing()
    {
        var described = Account.Given(Joined).When(new MemberCommand.Describe("A. Name", "Council Member", "Ojai", Duty.CityClerk), Staff)
            .ThenRecorded(new MemberEvent.Described("A. Name", "Council Member", "Ojai", Duty.CityClerk));
        described.When(new MemberCommand.Describe("A. Name", "Council Member", "Ojai", Duty.CityClerk), Staff).ThenNothing();

        Assert.Equal("A. Name, Council Member, Ojai", Assert.IsType<MemberFact>(MemberDecider.Tell(described.State)).Standing.DisplayName);
        var longest = new string('n', MemberDecider.MaxNameLength);
        Account.Given(Joined).When(new MemberCommand.Describe(longest, longest, longest, Duty.None), Staff).ThenRecorded(new MemberEvent.Described(longest, longest, longest, Duty.None));
        Account.Given(Joined).When(new MemberCommand.Describe(longest + "n", "Mayor", null, Duty.None), Staff).ThenRefused(MemberRefusals.NameTooLong);
        Account.Given(Joined).When(new MemberCommand.Describe("", "Mayor", null, Duty.None), Staff).ThenRefused(MemberRefusals.NameTooLong);
        Account.Given(Joined).When(new MemberCommand.Describe(null, "", null, Duty.None), Staff).ThenRefused(MemberRefusals.OfficeMissing);
        Account.When(new MemberCommand.Describe(null, "Mayor", null, Duty.None), Staff).ThenRefused(MemberRefusals.NotJoined);
    }

    [Fact]
    public void Who_sits_on_a_council_at_home_has_it_in_their_standing_until_they_rise()
    {
        var sits = Account.Given(Joined).When(new MemberCommand.Sit(Council), Staff).ThenRecorded(new MemberEvent.Sits(Council));

        sits.When(new MemberCommand.Sit(Council), Staff).ThenNothing();
        Assert.Equal(Council, Assert.IsType<MemberFact>(MemberDecider.Tell(sits.State)).Standing.Body);
        sits.When(new MemberCommand.Rise(), Staff).ThenRecorded(new MemberEvent.Rose()).When(new MemberCommand.Rise(), Staff).ThenNothing();
        foreach (var (city, name) in new[] { ("davis", ""), ("davis", "Council"), ("", "council"), ("davis", "a.b"), ("davis", new string('c', LocalBody.MaxNameLength + 1)), ("dav/is", "council") })
            Account.Given(Joined).When(new MemberCommand.Sit(new(new(city), name)), Staff).ThenRefused(MemberRefusals.BadBody);
    }

    [Fact]
    public void A_suspended_account_tells_no_standing_keeps_its_seats_in_mind_and_has_them_again()
    {
        var suspended = Account.Given(Joined, new MemberEvent.Seated(Committee, Role.Member)).When(new MemberCommand.Suspend("Left office"), Staff).ThenRecorded(new MemberEvent.Suspended("Left office"));

        Assert.Null(MemberDecider.Tell(suspended.State));
        suspended.When(new MemberCommand.Suspend("Again"), Staff).ThenNothing();
        suspended.When(new MemberCommand.Describe(null, "Mayor", "Davis", Duty.None), Staff).ThenRefused(MemberRefusals.IsSuspended);
        suspended.When(new MemberCommand.Sit(Council), Staff).ThenRefused(MemberRefusals.IsSuspended);
        var moved = suspended.When(new MemberCommand.LeaveSeat(Committee), By.Rule).ThenRecorded(new MemberEvent.Unseated(Committee))
            .When(new MemberCommand.TakeSeat(new("cs"), Role.Chair), By.Rule).ThenRecorded(new MemberEvent.Seated(new("cs"), Role.Chair));
        var back = moved.When(new MemberCommand.Reinstate(), Staff).ThenRecorded(new MemberEvent.Reinstated());
        back.When(new MemberCommand.Reinstate(), Staff).ThenNothing();
        Assert.Equal([new Seat(new("cs"), Role.Chair)], Assert.IsType<MemberFact>(MemberDecider.Tell(back.State)).Standing.Seats);
        Account.Given(Joined).When(new MemberCommand.Suspend(""), Staff).ThenRefused(MemberRefusals.ReasonMissing);

        var view = suspended.Log.Aggregate(MemberView.Blank(suspended.Stream), MemberView.Fold);
        Assert.Null(view.Standing);
        Assert.Equal([new Seat(Committee, Role.Member)], view.Kept!.Seats);
    }

    [Fact]
    public void Only_an_admin_makes_unmakes_or_suspends_an_admin_and_nobody_raises_or_suspends_themselves()
    {
        var admin = Account.Given(new MemberEvent.Joined("Administrator", null, Duty.Admin));
        var self = By.Person("eq-chair", Duty.Admin);
        var staffSelf = By.Person("eq-chair", Duty.Staff);
        var staff = Account.Given(new MemberEvent.Joined("Staff", null, Duty.Staff));

        Account.When(new MemberCommand.Join("Administrator", null, Duty.Admin), Staff).ThenRefused(MemberRefusals.OnlyAnAdmin);
        Account.When(new MemberCommand.Join("Administrator", null, Duty.Admin), Admin).ThenRecorded(new MemberEvent.Joined("Administrator", null, Duty.Admin));
        admin.When(new MemberCommand.Suspend("x"), Staff).ThenRefused(MemberRefusals.OnlyAnAdmin);
        admin.When(new MemberCommand.Describe(null, "Clerk", null, Duty.None), Staff).ThenRefused(MemberRefusals.OnlyAnAdmin);
        staff.When(new MemberCommand.Describe(null, "Staff", null, Duty.Admin), Staff).ThenRefused(MemberRefusals.OnlyAnAdmin);
        admin.When(new MemberCommand.Suspend("x"), self).ThenRefused(MemberRefusals.NotOneself);
        admin.When(new MemberCommand.Describe(null, "Administrator", null, Duty.None), self).ThenRefused(MemberRefusals.NotOneself);
        staff.When(new MemberCommand.Describe(null, "Staff", null, Duty.Clerk), staffSelf).ThenRefused(MemberRefusals.NotOneself);
        admin.When(new MemberCommand.Describe("A. Name", "Administrator", null, Duty.Admin), self).ThenRecorded(new MemberEvent.Described("A. Name", "Administrator", null, Duty.Admin));
        admin.When(new MemberCommand.Suspend("x"), Admin).ThenRecorded(new MemberEvent.Suspended("x"));
    }

    [Theory]
    [InlineData("Mayor@Example.gov ")]
    [InlineData("mayor@example.gov")]
    public void An_address_gives_the_same_id_however_it_is_written(string email) =>
        Assert.Equal(MemberId.OfEmail("MAYOR@EXAMPLE.GOV"), MemberId.OfEmail(email));

    private static ImmutableArray<PolicyCommand<MemberCommand>> When(GroupEvent happened) =>
        StandWhenSeated.When(new Recorded<GroupEvent>(Committee.Stream, 1, 1, new CommandId("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
}
