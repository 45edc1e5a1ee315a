using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>What a viewer may see of a meeting: all that has happened, but how an open roll call stands only as the body's rule has it; one's own seat's ballot always.</summary>
public sealed class MeetingSight : ISight<MeetingView, MeetingEvent>
{
    public static string StreamType => "meeting";

    public static MeetingView? For(Viewer viewer, MeetingView view) =>
        view.Book is not { } book || MeetingRights.See.Against(viewer.Standing.To(book.Group)) is not null ? null
        : MaySeeTally(viewer, view) ? view
        : view.CutFor(view.Session!.Of(viewer.Member)?.Seat.Holder, MeetingRights.MayKeepRoll(viewer.Standing, book.Group));

    public static Recorded<MeetingEvent>? For(Viewer viewer, MeetingView view, Recorded<MeetingEvent> recorded) =>
        view.Book is not { } book || MeetingRights.See.Against(viewer.Standing.To(book.Group)) is not null ? null
        : VoteOf(recorded.Event) is { } told && view.Session?.Vote?.Vote == told.Vote && !MaySeeTally(viewer, view) && view.Session.Of(viewer.Member)?.Seat.Holder != told.Seat ? null
        : recorded;

    /// <summary>The chair and the clerk see who is still to be called, but no more than others of how it stands.</summary>
    private static bool MaySeeTally(Viewer viewer, MeetingView view) => view.Session is not { Vote: { } vote } session || session.Rules.Tally switch
    {
        TallyPolicy.Live => true,
        TallyPolicy.AfterOwnVote => session.Of(viewer.Member) is { } seat && vote.Ballots.ContainsKey(seat.Seat.Holder.Value),
        _ => false,
    };

    /// <summary>The vote whose state an event tells, and of which seat.</summary>
    private static (int Vote, MemberId? Seat)? VoteOf(MeetingEvent happened) => happened switch
    {
        MeetingEvent.Voted e => (e.Vote, e.Seat),
        MeetingEvent.MarkedSilent e => (e.Vote, e.Seat),
        MeetingEvent.HandsEntered e => (e.Vote, null),
        _ => null,
    };
}
