using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>What pages show of an account: the standing is the present one, so there is none before it has joined or while it is suspended; Known is who the person is.</summary>
public sealed record MemberView(MemberId Member, Member Account) : IView<MemberView, MemberEvent>
{
    public Standing? Standing => (Account as Member.Joined)?.Standing;

    public Standing? Known => Account.Known;

    public static MemberView Blank(StreamId stream) => new(new MemberId(stream.Key), MemberDecider.Initial);

    public static MemberView Fold(MemberView view, Recorded<MemberEvent> recorded) => view with { Account = MemberDecider.Fold(view.Account, recorded) };
}

/// <summary>Every member may see every other's office, city and seats: the league's rosters are no secret among its members. Why someone is suspended, staff and admins see alone.</summary>
public sealed class MemberSight : ISight<MemberView, MemberEvent>
{
    public static string StreamType => "member";

    public static MemberView? For(Viewer viewer, MemberView view) =>
        view.Account is Member.Suspended suspended && !MemberRights.MayKeep(viewer.Standing)
            ? view with { Account = suspended with { Reason = "" } }
            : view;

    public static Recorded<MemberEvent>? For(Viewer viewer, MemberView view, Recorded<MemberEvent> recorded) =>
        recorded.Event is MemberEvent.Suspended && !MemberRights.MayKeep(viewer.Standing) ? null : recorded;
}
