using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

/// <summary>What pages show of an import: how far it is.</summary>
public sealed record RosterView(RosterId Id, Roster State) : IView<RosterView, RosterEvent>
{
    public static RosterView Blank(StreamId stream) => new(new(stream.Key), RosterDecider.Initial);

    public static RosterView Fold(RosterView view, Recorded<RosterEvent> recorded) => view with { State = RosterDecider.Fold(view.State, recorded) };
}

/// <summary>Staff and admins see imports, and nobody else does.</summary>
public sealed class RosterSight : ISight<RosterView, RosterEvent>
{
    public static string StreamType => "roster";

    public static RosterView? For(Viewer viewer, RosterView view) => MaySee(viewer) ? view : null;

    public static Recorded<RosterEvent>? For(Viewer viewer, RosterView view, Recorded<RosterEvent> recorded) => MaySee(viewer) ? recorded : null;

    private static bool MaySee(Viewer viewer) => RosterRights.See.Allows(Relations.Of(viewer.Standing));
}
