using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

/// <summary>
/// What a viewer may see of a thread: all of it or nothing by its readers; the words of a hidden or withdrawn post (every revision of it)
/// only its author and the clerk, who keeps the record.
/// </summary>
public sealed class ThreadSight : ISight<ThreadView, ThreadEvent>
{
    public static string StreamType => "thread";

    public static ThreadView? For(Viewer viewer, ThreadView view) =>
        !MayRead(viewer, view) ? null
        : ThreadRights.KeepsRecord(viewer.Standing, view.Head!.Group) ? view
        : view.CutFor(viewer.Member);

    /// <summary>Judged by any view that has folded the event: what was hidden since then travels empty as well.</summary>
    public static Recorded<ThreadEvent>? For(Viewer viewer, ThreadView view, Recorded<ThreadEvent> recorded) =>
        !MayRead(viewer, view) ? null
        : WordsOf(recorded.Event) is { } id && view.Find(id) is not { State: PostState.Standing } && !MayReadRemoved(viewer, view, id) ? null
        : recorded;

    private static bool MayRead(Viewer viewer, ThreadView view) =>
        view.Head is { } head && ThreadRights.MayRead(viewer.Standing, head.Group, head.Readers);

    private static bool MayReadRemoved(Viewer viewer, ThreadView view, PostId id) =>
        (view.Head is { } head && ThreadRights.KeepsRecord(viewer.Standing, head.Group)) || view.Find(id)?.Author == viewer.Member;

    /// <summary>The post whose words an event carries, if it carries any.</summary>
    private static PostId? WordsOf(ThreadEvent happened) => happened switch
    {
        ThreadEvent.Posted e => e.Post,
        ThreadEvent.Edited e => e.Post,
        _ => null,
    };
}
