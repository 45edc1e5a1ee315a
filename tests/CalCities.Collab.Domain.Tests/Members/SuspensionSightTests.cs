using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

public sealed class SuspensionSightTests
{
    public static TheoryData<Duty, bool> Viewers => new()
    {
        { Duty.None, false }, { Duty.Follower, false }, { Duty.Clerk, false }, { Duty.CityClerk, false }, { Duty.Staff, true }, { Duty.Admin, true },
    };

    [Theory, MemberData(nameof(Viewers))]
    public void Why_someone_was_suspended_is_read_by_staff_and_admins_alone(Duty duty, bool reads)
    {
        var log = new FakeAggregate<MemberDecider, Member, MemberCommand, MemberEvent>(new MemberId("m-1").Stream)
            .Given(new MemberEvent.Joined("Mayor", "Davis", Duty.None), new MemberEvent.Suspended("Left office.")).Log;
        var view = log.Aggregate(MemberView.Blank(new("member", "m-1")), MemberView.Fold);
        var viewer = new Viewer(new("someone"), new Standing("An office", "Chico", duty, []));

        Assert.Equal([true, reads], log.Select(recorded => MemberSight.For(viewer, view, recorded) is not null));
        Assert.Null(view.Standing);
    }
}
