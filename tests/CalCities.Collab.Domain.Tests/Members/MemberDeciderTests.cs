using System.Collections.Immutable;
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

    private static ImmutableArray<PolicyCommand<MemberCommand>> When(GroupEvent happened) =>
        StandWhenSeated.When(new Recorded<GroupEvent>(Committee.Stream, 1, 1, new CommandId("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
}
