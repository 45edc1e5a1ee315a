using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

public sealed class CityDeciderTests
{
    private static readonly GroupId Valley = new("sacramento-valley");
    private static readonly MemberId Mayor = new("m-1"), Vice = new("m-2"), Member = new("m-3"), Stranger = new("m-9");
    private static readonly DateOnly Decided = new(2025, 3, 4);

    private static readonly ImmutableArray<CityEvent> Davis =
        [new CityEvent.Registered("Davis", "Yolo", Valley), new CityEvent.BodySized(LocalBody.Council, 5), new CityEvent.Admitted(null)];

    private static FakeAggregate<CityDecider, City, CityCommand, CityEvent> City => new(new CityId("davis").Stream);

    private static FakeAggregate<CityDecider, City, CityCommand, CityEvent> Known => new[] { Mayor, Vice, Member }.Aggregate(
        City.Given(Davis), (city, member) => city.Knowing(member.Stream, new MemberFact(new Standing("Council Member", "Davis", Duty.None, []))))
        .Knowing(Stranger.Stream, new MemberFact(new Standing("Mayor", "Chico", Duty.None, [])));

    [Fact]
    public void A_city_is_registered_once_with_its_council_and_as_a_member_or_not()
    {
        City.When(new CityCommand.Register("Davis", "Yolo", Valley, 5, true), By.TheHub).ThenRecorded(Davis)
            .When(new CityCommand.Register("Davis", "Yolo", Valley, 5, true), By.TheHub).ThenRefused(CityRefusals.AlreadyRegistered);
        City.When(new CityCommand.Register("Davis", "Yolo", Valley, 5, false), By.TheHub).ThenRecorded(Davis.Take(2));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_council_or_commission_has_from_three_to_thirty_seats(int seats, bool taken)
    {
        var due = taken ? null : CityRefusals.BadSize;
        Assert.Equal(due, City.When(new CityCommand.Register("Davis", "Yolo", Valley, seats, true), By.TheHub).Decision.Refusal);
        Assert.Equal(due, City.Given(Davis).When(new CityCommand.SizeBody("planning-commission", seats), By.TheHub).Decision.Refusal);
    }

    [Fact]
    public void Names_that_are_missing_too_long_or_no_bodys_are_refused()
    {
        City.When(new CityCommand.Register("", "Yolo", Valley, 5, true), By.TheHub).ThenRefused(CityRefusals.NameMissing);
        City.When(new CityCommand.Register(new string('n', CityDecider.MaxNameLength + 1), "Yolo", Valley, 5, true), By.TheHub).ThenRefused(CityRefusals.NameMissing);
        City.Given(Davis).When(new CityCommand.Rename(""), By.TheHub).ThenRefused(CityRefusals.NameMissing);
        City.Given(Davis).When(new CityCommand.SizeBody("Planning Commission", 7), By.TheHub).ThenRefused(CityRefusals.BadSize);
        City.Given(Davis).When(new CityCommand.SizeBody("", 7), By.TheHub).ThenRefused(CityRefusals.BadSize);
    }

    [Fact]
    public void What_was_never_registered_takes_no_change() =>
        City.When(new CityCommand.Rename("Davis"), By.TheHub).ThenRefused(CityRefusals.NotRegistered);

    [Fact]
    public void A_city_leaves_and_joins_the_league_by_turns_and_by_date()
    {
        var left = City.Given(Davis).When(new CityCommand.Depart(new(2025, 1, 1)), By.TheHub).ThenRecorded(new CityEvent.Departed(new(2025, 1, 1)));

        left.When(new CityCommand.Depart(new(2025, 2, 1)), By.TheHub).ThenNothing();
        left.When(new CityCommand.Admit(new(2024, 12, 31)), By.TheHub).ThenRefused(CityRefusals.NotInOrder);
        left.When(new CityCommand.Admit(new(2025, 2, 1)), By.TheHub).ThenRecorded(new CityEvent.Admitted(new(2025, 2, 1)))
            .When(new CityCommand.Depart(new(2025, 1, 31)), By.TheHub).ThenRefused(CityRefusals.NotInOrder);
        City.Given(Davis).When(new CityCommand.Admit(new(2025, 2, 1)), By.TheHub).ThenNothing();
    }

    [Fact]
    public void A_city_is_renamed_moves_to_another_division_and_its_council_grows()
    {
        var city = City.Given(Davis).Knowing(new GroupId("north-bay").Stream, new GroupFact("North Bay", GroupKind.Division)).Knowing(new GroupId("eq").Stream, new GroupFact("EQ", GroupKind.PolicyCommittee));

        city.When(new CityCommand.Move(new("eq")), By.TheHub).ThenRefused(CityRefusals.NoSuchDivision);
        city.When(new CityCommand.Move(new("nowhere")), By.TheHub).ThenRefused(CityRefusals.NoSuchDivision);
        city.When(new CityCommand.Move(Valley), By.TheHub).ThenNothing();
        var changed = city.When(new CityCommand.Move(new("north-bay")), By.TheHub).ThenRecorded(new CityEvent.Moved(new("north-bay")))
            .When(new CityCommand.Rename("New Davis"), By.TheHub).ThenRecorded(new CityEvent.Renamed("New Davis"))
            .When(new CityCommand.SizeBody(LocalBody.Council, 7), By.TheHub).ThenRecorded(new CityEvent.BodySized(LocalBody.Council, 7));
        changed.When(new CityCommand.Rename("New Davis"), By.TheHub).ThenNothing();
        changed.When(new CityCommand.SizeBody(LocalBody.Council, 7), By.TheHub).ThenNothing();
        var fact = Assert.IsType<CityFact>(CityDecider.Tell(changed.State));
        Assert.Equal(("New Davis", new GroupId("north-bay"), true, 7), (fact.Name, fact.Division, fact.IsMember, fact.Bodies[LocalBody.Council]));
        Assert.Null(CityDecider.Tell(City.State));

        var view = changed.Log.Aggregate(CityView.Blank(new CityId("davis").Stream), CityView.Fold);
        Assert.Equal(("New Davis", "Yolo", true), (view.Name, view.County, view.IsMember));
        Assert.Equal(["Davis"], view.FormerNames, StringComparer.Ordinal);
        Assert.Equal([new Membership(true, null)], view.Memberships);
    }

    [Fact]
    public void One_body_too_many_is_refused_and_those_that_are_known_can_still_change()
    {
        var full = City.Given(Davis).Given(Enumerable.Range(1, CityDecider.MaxBodies - 1).Select(i => new CityEvent.BodySized($"commission-{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}", 5)));

        full.When(new CityCommand.SizeBody("one-more", 5), By.TheHub).ThenRefused(CityRefusals.TooManyBodies);
        full.When(new CityCommand.SizeBody(LocalBody.Council, 7), By.TheHub).ThenRecorded(new CityEvent.BodySized(LocalBody.Council, 7));
    }

    [Fact]
    public void A_delegate_and_two_alternates_are_named_and_a_later_action_takes_the_place_of_an_earlier()
    {
        var named = Known.When(new CityCommand.Designate(Mayor, [Vice, Member], Decided), By.TheHub).ThenRecorded(new CityEvent.Designated(Mayor, [Vice, Member], Decided, []));

        named.When(new CityCommand.Designate(Vice, [], Decided), By.TheHub).ThenRecorded(new CityEvent.Designated(Vice, [], Decided, [Mayor, Member]));
        var view = named.Log.Aggregate(CityView.Blank(new CityId("davis").Stream), CityView.Fold);
        Assert.Equal((Mayor, Decided), (view.Delegation!.Delegate, view.Delegation.DecidedOn));
    }

    public static TheoryData<MemberId, MemberId[], int, Refusal?> Designations => new()
    {
        { Mayor, [Vice, Member], 4, null },
        { Mayor, [], 11, null },
        { Mayor, [], 12, CityRefusals.DateToCome },
        { Mayor, [Vice, Member, new("m-4")], 4, CityRefusals.TooManyAlternates },
        { Mayor, [Mayor], 4, CityRefusals.NamedTwice },
        { Mayor, [Stranger], 4, CityRefusals.NotOfThisCity },
        { new("m-nobody"), [], 4, CityRefusals.NotOfThisCity },
    };

    [Theory, MemberData(nameof(Designations))]
    public void Delegates_are_officials_of_the_city_each_named_once_by_an_action_in_the_past(MemberId voting, MemberId[] alternates, int day, Refusal? due) =>
        Assert.Equal(due, Known.When(new CityCommand.Designate(voting, [.. alternates], new(2025, 3, day)), By.TheHub).Decision.Refusal);

    [Fact]
    public void A_city_that_is_no_member_of_the_league_names_no_delegates() =>
        Known.Given(new CityEvent.Departed(new(2025, 1, 1))).When(new CityCommand.Designate(Mayor, [], Decided), By.TheHub).ThenRefused(CityRefusals.NotAMember);

    public static TheoryData<string?, Duty, CityCommand, Refusal?> People => new()
    {
        { "Davis", Duty.CityClerk, new CityCommand.Designate(Mayor, [], Decided), null },
        { "Chico", Duty.CityClerk, new CityCommand.Designate(Mayor, [], Decided), CityRefusals.OnlyItsClerk },
        { "Davis", Duty.None, new CityCommand.Designate(Mayor, [], Decided), CityRefusals.OnlyItsClerk },
        { null, Duty.Staff, new CityCommand.Designate(Mayor, [], Decided), null },
        { null, Duty.Admin, new CityCommand.Designate(Mayor, [], Decided), CityRefusals.OnlyItsClerk },
        { null, Duty.Clerk, new CityCommand.Designate(Mayor, [], Decided), CityRefusals.OnlyItsClerk },
        { null, Duty.Staff, new CityCommand.SizeBody(LocalBody.Council, 7), null },
        { null, Duty.Admin, new CityCommand.Depart(Decided), null },
        { "Davis", Duty.CityClerk, new CityCommand.SizeBody(LocalBody.Council, 7), CityRefusals.OnlyStaff },
        { "Davis", Duty.None, new CityCommand.Rename("New Davis"), CityRefusals.OnlyStaff },
    };

    [Theory, MemberData(nameof(People))]
    public void Staff_keep_the_list_of_cities_and_a_citys_own_clerk_names_its_delegates(string? city, Duty duty, CityCommand command, Refusal? due) =>
        Assert.Equal(due, Known.When(command, new Actor.Person(new("actor"), new Standing("An office", city, duty, []))).Decision.Refusal);

    [Fact]
    public void Who_is_named_is_seated_in_the_General_Assembly_and_who_is_released_leaves_it()
    {
        var by = new Appointer("davis");
        Assert.Equal(
            [
                new(new("group", "general-assembly"), new GroupCommand.VacateSeat(Stranger)),
                new(new("group", "general-assembly"), new GroupCommand.FillSeat(Mayor, Role.Delegate, by)),
                new PolicyCommand<GroupCommand>(new("group", "general-assembly"), new GroupCommand.FillSeat(Vice, Role.Alternate, by, Mayor)),
            ],
            When(new CityEvent.Designated(Mayor, [Vice], Decided, [Stranger])));
        Assert.Empty(When(Davis[0]));

        static ImmutableArray<PolicyCommand<GroupCommand>> When(CityEvent happened) =>
            SeatWhenDesignated.When(new Recorded<CityEvent>(new CityId("davis").Stream, 1, 1, new("demo:1"), 0, By.TheHub.NameInLog, By.Start, happened));
    }

    [Theory]
    [InlineData("Davis", "davis")]
    [InlineData("La Cañada Flintridge", "la-canada-flintridge")]
    [InlineData("St. Helena", "st-helena")]
    [InlineData("Carmel-by-the-Sea", "carmel-by-the-sea")]
    public void A_citys_address_is_its_name_in_plain_letters(string name, string slug) => Assert.Equal(new CityId(slug), CityId.OfName(name));
}
