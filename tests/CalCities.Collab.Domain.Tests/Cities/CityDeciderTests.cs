using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

public sealed class CityDeciderTests
{
    private static readonly GroupId Valley = new("sacramento-valley");
    private static readonly CityEvent Registered = new CityEvent.Registered("Davis", "Yolo", Valley);
    private static readonly DateOnly Day = new(2025, 3, 1);
    private static readonly MemberId Mayor = new("mayor"), Vice = new("vice"), Member = new("member"), Stranger = new("stranger");
    private static readonly Actor Staff = By.Person("staff", Duty.Staff);

    private static FakeAggregate<CityDecider, City, CityCommand, CityEvent> Davis => new FakeAggregate<CityDecider, City, CityCommand, CityEvent>(new CityId("davis").Stream)
        .Knowing(Mayor.Stream, Of("Davis")).Knowing(Vice.Stream, Of("Davis")).Knowing(Member.Stream, Of("Davis")).Knowing(Stranger.Stream, Of("Ojai"));

    private static FakeAggregate<CityDecider, City, CityCommand, CityEvent> Joined => Davis.Given(Registered, new CityEvent.Admitted(Day));

    [Fact]
    public void A_city_is_registered_once_renamed_and_moved_and_tells_what_it_is()
    {
        var davis = Davis.When(new CityCommand.Register("Davis", "Yolo", Valley), Staff).ThenRecorded(Registered);
        davis.When(new CityCommand.Register("Davis", "Yolo", Valley), Staff).ThenRefused(CityRefusals.AlreadyRegistered);
        davis.When(new CityCommand.Rename("Davisville"), Staff).ThenRecorded(new CityEvent.Renamed("Davisville")).When(new CityCommand.Rename("Davisville"), Staff).ThenNothing();
        davis.When(new CityCommand.Move(new("north-bay")), Staff).ThenRecorded(new CityEvent.Moved(new("north-bay"))).When(new CityCommand.Move(new("north-bay")), Staff).ThenNothing();
        Davis.When(new CityCommand.Rename("x"), Staff).ThenRefused(CityRefusals.NotRegistered);
        foreach (var name in new[] { "", new string('n', CityDecider.MaxNameLength + 1), "Da\nvis" })
        {
            Davis.When(new CityCommand.Register(name, "Yolo", Valley), Staff).ThenRefused(CityRefusals.BadName);
            davis.When(new CityCommand.Rename(name), Staff).ThenRefused(CityRefusals.BadName);
        }

        Assert.Null(CityDecider.Tell(Davis.State));
        var told = Assert.IsType<CityFact>(CityDecider.Tell(Joined.State));
        Assert.Equal(("Davis", Valley, true), (told.Name, told.Division, told.IsMember));
    }

    [Fact]
    public void Membership_is_dated_and_its_times_follow_each_other()
    {
        var left = Joined.When(new CityCommand.Withdraw(Day.AddDays(30)), Staff).ThenRecorded(new CityEvent.Withdrawn(Day.AddDays(30)));
        Joined.When(new CityCommand.Admit(Day), Staff).ThenNothing();
        Joined.When(new CityCommand.Withdraw(Day.AddDays(-1)), Staff).ThenRefused(CityRefusals.BadDate);
        left.When(new CityCommand.Withdraw(Day.AddDays(40)), Staff).ThenNothing();
        left.When(new CityCommand.Admit(Day.AddDays(29)), Staff).ThenRefused(CityRefusals.BadDate);
        var back = left.When(new CityCommand.Admit(Day.AddDays(60)), Staff).ThenRecorded(new CityEvent.Admitted(Day.AddDays(60)));

        Assert.Equal([new Membership(Day.AddDays(60), null), new Membership(Day, Day.AddDays(30))], View(back).Memberships);
        Assert.Equal((true, false), (View(back).IsMember, View(left).IsMember));
    }

    [Theory]
    [InlineData("council", CityDecider.MinSize, true)]
    [InlineData("planning-commission", CityDecider.MaxSize, true)]
    [InlineData("council", CityDecider.MinSize - 1, false)]
    [InlineData("council", CityDecider.MaxSize + 1, false)]
    [InlineData("The Council", 5, false)]
    [InlineData("", 5, false)]
    public void A_council_or_commission_has_a_size(string body, int size, bool taken)
    {
        var sized = Joined.When(new CityCommand.SizeBody(body, size), Staff);
        if (!taken)
            sized.ThenRefused(CityRefusals.BadSize);
        else
            sized.ThenRecorded(new CityEvent.BodySized(body, size)).When(new CityCommand.SizeBody(body, size), Staff).ThenNothing();
    }

    [Fact]
    public void A_city_lists_a_bounded_number_of_bodies()
    {
        var many = Joined.Given(Enumerable.Range(0, CityDecider.MaxBodies).Select(i => new CityEvent.BodySized($"c{i}", 5)));
        many.When(new CityCommand.SizeBody("one-more", 5), Staff).ThenRefused(CityRefusals.TooManyBodies);
        many.When(new CityCommand.SizeBody("c0", 7), Staff).ThenRecorded(new CityEvent.BodySized("c0", 7));
    }

    [Fact]
    public void A_council_names_a_delegate_and_two_alternates_and_the_next_action_replaces_them()
    {
        var named = Joined.When(new CityCommand.Designate(Mayor, [Vice, Member], Day), Clerk("Davis")).ThenRecorded(new CityEvent.Designated(Mayor, [Vice, Member], Day, []));
        named.When(new CityCommand.Designate(Mayor, [Vice, Member], Day), Staff).ThenNothing();
        named.When(new CityCommand.Designate(Vice, [Mayor], Day.AddDays(1)), Staff).ThenRecorded(new CityEvent.Designated(Vice, [Mayor], Day.AddDays(1), [Member]));
        Assert.Equal(new Delegation(Mayor, [Vice, Member], Day).All, View(named).Delegation!.All);
    }

    [Fact]
    public void Delegates_are_of_the_city_others_than_their_alternates_and_named_after_the_council_acted()
    {
        Joined.When(new CityCommand.Designate(Stranger, [], Day), Staff).ThenRefused(CityRefusals.NotOfTheCity);
        Joined.When(new CityCommand.Designate(new("nobody"), [], Day), Staff).ThenRefused(CityRefusals.NotOfTheCity);
        Joined.When(new CityCommand.Designate(Mayor, [Mayor], Day), Staff).ThenRefused(CityRefusals.TooManyAlternates);
        Joined.When(new CityCommand.Designate(Mayor, [Vice, Member, Stranger], Day), Staff).ThenRefused(CityRefusals.TooManyAlternates);
        Joined.When(new CityCommand.Designate(Mayor, [], DateOnly.FromDateTime(By.Start.UtcDateTime).AddDays(1)), Staff).ThenRefused(CityRefusals.CouncilActsFirst);
        Davis.Given(Registered).When(new CityCommand.Designate(Mayor, [], Day), Staff).ThenRefused(CityRefusals.NotAMember);
    }

    [Fact]
    public void Only_a_citys_own_clerk_and_staff_name_delegates_and_only_staff_keep_cities()
    {
        foreach (var actor in new[] { Clerk("Ojai"), By.Person("mayor"), By.Person("a", Duty.Admin), By.Person("c", Duty.Clerk), By.Person("f", Duty.Follower) })
            Joined.When(new CityCommand.Designate(Mayor, [], Day), actor).ThenRefused(CityRefusals.OnlyItsClerk);
        foreach (var actor in new[] { Clerk("Davis"), By.Person("mayor"), By.Person("c", Duty.Clerk), By.Rule })
            Joined.When(new CityCommand.SizeBody("council", 7), actor).ThenRefused(CityRefusals.OnlyStaff);
    }

    [Fact]
    public void A_renamed_citys_people_are_its_own_under_both_names_and_those_of_another_that_took_its_name_are_not()
    {
        MemberId described = new("described"), ofLater = new("of-later"), unknown = new("unknown");
        var renamed = Joined.Given(new CityEvent.Renamed("Putah Creek"))
            .Knowing(described.Stream, Of("Putah Creek", new("davis"))).Knowing(ofLater.Stream, Of("Davis", new("davis-again"))).Knowing(unknown.Stream, Of("Putah Creek"));
        foreach (var clerk in new[] { Clerk("Davis"), Clerk("Putah Creek", new("davis")) })
            renamed.When(new CityCommand.Designate(described, [Mayor], Day), clerk).ThenRecorded(new CityEvent.Designated(described, [Mayor], Day, []));
        foreach (var clerk in new[] { Clerk("Davis", new("davis-again")), Clerk("Putah Creek") })
            renamed.When(new CityCommand.Designate(described, [Mayor], Day), clerk).ThenRefused(CityRefusals.OnlyItsClerk);
        foreach (var stranger in new[] { ofLater, unknown })
            renamed.When(new CityCommand.Designate(stranger, [], Day), Staff).ThenRefused(CityRefusals.NotOfTheCity);
    }

    [Fact]
    public void Delegates_sit_in_the_General_Assembly_when_they_are_named_and_those_before_them_do_not()
    {
        var assembly = new GroupId("general-assembly").Stream;
        Assert.Equal(
            [
                new(assembly, new GroupCommand.VacateSeat(Member)), new(assembly, new GroupCommand.FillSeat(Vice, Role.Delegate)),
                new(assembly, new GroupCommand.FillSeat(Mayor, Role.Alternate)),
            ],
            SeatDelegatesWhenDesignated.When(Happened(new CityEvent.Designated(Vice, [Mayor], Day, [Member]))));
        Assert.Empty(SeatDelegatesWhenDesignated.When(Happened(Registered)));
    }

    private static Recorded<CityEvent> Happened(CityEvent happened) =>
        new(new CityId("davis").Stream, 1, 1, new CommandId("x"), 0, By.TheHub.NameInLog, By.Start, happened);

    private static MemberFact Of(string city, CityId? home = null) => new(new Standing("Council Member", city, Duty.None, []) { HomeId = home });

    private static Actor.Person Clerk(string city, CityId? home = null) => new(new MemberId("clerk"), new Standing("City Clerk", city, Duty.CityClerk, []) { HomeId = home });

    private static CityView View(FakeAggregate<CityDecider, City, CityCommand, CityEvent> city) => city.Log.Aggregate(CityView.Blank(city.Stream), CityView.Fold);
}
