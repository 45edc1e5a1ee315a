using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Rosters;

public sealed class RosterDeciderTests
{
    private static readonly string File = new('a', 64), Plan = new('b', 64);
    private static readonly RosterEvent Begun = new RosterEvent.Begun(File, Plan, 3, 5);
    private static readonly Actor Staff = By.Person("staff", Duty.Staff);

    private static FakeAggregate<RosterDecider, Roster, RosterCommand, RosterEvent> Import => new(new RosterId("r1").Stream);

    [Fact]
    public void Staff_begin_an_import_the_hub_finishes_it_and_staff_take_it_back_once()
    {
        var finished = Import.When(new RosterCommand.Begin(File, Plan, 3, 5), Staff).ThenRecorded(Begun)
            .When(new RosterCommand.Finish(), By.TheHub).ThenRecorded(new RosterEvent.Finished());

        finished.When(new RosterCommand.Finish(), By.TheHub).ThenNothing();
        var undoing = finished.When(new RosterCommand.Undo(), Staff).ThenRecorded(new RosterEvent.UndoBegun());
        undoing.When(new RosterCommand.Undo(), Staff).ThenNothing();
        var undone = undoing.When(new RosterCommand.FinishUndo(), By.TheHub).ThenRecorded(new RosterEvent.Undone());
        undone.When(new RosterCommand.FinishUndo(), By.TheHub).ThenNothing();
        undone.When(new RosterCommand.Undo(), Staff).ThenNothing();
    }

    [Fact]
    public void An_import_that_is_refused_something_is_given_up_with_the_reason()
    {
        var given = Import.Given(Begun).When(new RosterCommand.GiveUp("Line 3: no."), By.TheHub).ThenRecorded(new RosterEvent.GivenUp("Line 3: no."));

        given.When(new RosterCommand.Finish(), By.TheHub).ThenNothing();
    }

    [Fact]
    public void An_import_is_begun_once_with_two_hashes_and_undone_only_when_it_is_finished()
    {
        Import.When(new RosterCommand.Begin("file", Plan, 3, 5), Staff).ThenRefused(RosterRefusals.BadText);
        Import.Given(Begun).When(new RosterCommand.Begin(File, Plan, 3, 5), Staff).ThenRefused(RosterRefusals.AlreadyBegun);
        Import.Given(Begun).When(new RosterCommand.Undo(), Staff).ThenRefused(RosterRefusals.NotFinished);
        Import.When(new RosterCommand.Undo(), Staff).ThenRefused(RosterRefusals.NotBegun);
    }

    public static TheoryData<Duty, RosterCommand, Refusal?> People => new()
    {
        { Duty.Staff, new RosterCommand.Begin(File, Plan, 1, 1), null },
        { Duty.Admin, new RosterCommand.Begin(File, Plan, 1, 1), null },
        { Duty.Clerk, new RosterCommand.Begin(File, Plan, 1, 1), RosterRefusals.OnlyStaff },
        { Duty.CityClerk, new RosterCommand.Begin(File, Plan, 1, 1), RosterRefusals.OnlyStaff },
        { Duty.None, new RosterCommand.Undo(), RosterRefusals.OnlyStaff },
        { Duty.Admin, new RosterCommand.Finish(), RosterRefusals.OnlyTheImport },
        { Duty.Staff, new RosterCommand.GiveUp("No."), RosterRefusals.OnlyTheImport },
        { Duty.Admin, new RosterCommand.FinishUndo(), RosterRefusals.OnlyTheImport },
    };

    [Theory, MemberData(nameof(People))]
    public void Staff_and_admins_bring_rosters_in_and_only_the_hub_says_how_far_they_are(Duty duty, RosterCommand command, Refusal? due) =>
        Assert.Equal(due, Import.When(command, By.Person("someone", duty)).Decision.Refusal);

    [Theory]
    [InlineData(Duty.Staff, true)]
    [InlineData(Duty.Admin, true)]
    [InlineData(Duty.Clerk, false)]
    [InlineData(Duty.None, false)]
    public void Staff_and_admins_see_imports_and_nobody_else_does(Duty duty, bool sees)
    {
        var viewer = new Viewer(new("someone"), new Standing("An office", null, duty, []));
        var view = Import.Given(Begun).Log.Aggregate(RosterView.Blank(new RosterId("r1").Stream), RosterView.Fold);

        Assert.Equal(sees, RosterSight.For(viewer, view) is not null);
        Assert.Equal(sees, RosterSight.For(viewer, view, Import.Given(Begun).Log[0]) is not null);
        Assert.IsType<Roster.UnderWay>(view.State);
    }
}
