using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>What pages show of an account; no standing before it has joined and while it is suspended (Kept is what it had).</summary>
public sealed record MemberView(MemberId Member, Standing? Standing, Standing? Kept) : IView<MemberView, MemberEvent>
{
    public static MemberView Blank(StreamId stream) => new(new MemberId(stream.Key), null, null);

    public static MemberView Fold(MemberView view, Recorded<MemberEvent> recorded) =>
        MemberDecider.Fold(
            view.Standing is { } standing ? new Member.Joined(view.Member, standing) : view.Kept is { } kept ? new Member.Suspended(view.Member, kept) : new Member.Absent(), recorded) switch
        {
            Member.Joined after => view with { Standing = after.Standing, Kept = null },
            Member.Suspended after => view with { Standing = null, Kept = after.Standing },
            var after => throw new UnreachableException($"{after.GetType().Name} can't follow {recorded.Event.GetType().Name}."),
        };
}

/// <summary>Every member may see every other's office, city and seats: the league's rosters are no secret among its members. Why someone was suspended, staff and admins read alone.</summary>
public sealed class MemberSight : ISight<MemberView, MemberEvent>
{
    public static string StreamType => "member";

    public static MemberView? For(Viewer viewer, MemberView view) => view;

    public static Recorded<MemberEvent>? For(Viewer viewer, MemberView view, Recorded<MemberEvent> recorded) =>
        recorded.Event is MemberEvent.Suspended && !MemberRights.MayKeep(viewer.Standing) ? null : recorded;
}
