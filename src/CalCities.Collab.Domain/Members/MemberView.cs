using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>What pages show of an account; no standing before it has joined.</summary>
public sealed record MemberView(MemberId Member, Standing? Standing) : IView<MemberView, MemberEvent>
{
    public static MemberView Blank(StreamId stream) => new(new MemberId(stream.Key), null);

    public static MemberView Fold(MemberView view, Recorded<MemberEvent> recorded) =>
        view with
        {
            Standing = MemberDecider.Fold(view.Standing is { } standing ? new Member.Joined(standing) : new Member.Absent(), recorded) is Member.Joined after
                ? after.Standing
                : null,
        };
}

/// <summary>Every member may see every other's office, city and seats: the league's rosters are no secret among its members.</summary>
public sealed class MemberSight : ISight<MemberView, MemberEvent>
{
    public static string StreamType => "member";

    public static MemberView? For(Viewer viewer, MemberView view) => view;

    public static Recorded<MemberEvent>? For(Viewer viewer, MemberView view, Recorded<MemberEvent> recorded) => recorded;
}
