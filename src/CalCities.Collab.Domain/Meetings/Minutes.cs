using System.Diagnostics;
using System.Globalization;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>The record of a meeting, written from its log: a line in words for each thing that happened in it.</summary>
internal static class Minutes
{
    public static IEnumerable<RecordLine> Of(MeetingView view, Session? before, Recorded<MeetingEvent> recorded)
    {
        var (session, book) = (view.Session, view.Book!);
        var entered = recorded.Actor.Member is { } actor && session?.Of(actor) is null ? " (entered by the clerk)" : "";
        return recorded.Event switch
        {
            MeetingEvent.Scheduled e => Line($"Scheduled by {e.By.DisplayName}"),
            MeetingEvent.Rearranged e => Line($"Time, place or title changed by {e.By.DisplayName}"),
            MeetingEvent.Cancelled e => Line($"Cancelled by {e.By.DisplayName}: {e.Reason}"),
            MeetingEvent.ItemAdded or MeetingEvent.ItemChanged or MeetingEvent.ItemMoved or MeetingEvent.ItemRemoved => [],
            MeetingEvent.AgendaPosted e => Line($"{(e.Revision == 1 ? "Agenda" : $"Agenda, revision {e.Revision},")} posted by {e.By.DisplayName}{(e.InTime ? "" : ", later than the notice hours")}"),
            MeetingEvent.ItemPulled e => Line($"“{Item(e.Item)}” pulled from the consent calendar by {Name(e.Seat)}"),
            MeetingEvent.RollOpened e => Line($"Roll opened by {e.By.DisplayName}: {e.Seats.Length} seats filled, {e.Vacancies} vacant"),
            MeetingEvent.CalledToOrder e => Line($"Called to order by {e.By.DisplayName}; present {session!.Attending}, quorum {session.QuorumNeeded}"),
            MeetingEvent.Recessed => Line("Recess"),
            MeetingEvent.Resumed => Line("Resumed"),
            MeetingEvent.Adjourned => Line("Adjourned"),
            MeetingEvent.ChairTaken e => Line($"{e.By.DisplayName} took the chair"),
            MeetingEvent.ItemCalled e => Line($"Item {Place(e.Item)} called: {Item(e.Item)}"),
            MeetingEvent.StageOpened or MeetingEvent.TakenOffList or MeetingEvent.AskedToSpeak or MeetingEvent.TimeExtended or MeetingEvent.SpeechEnded => [],
            MeetingEvent.ItemFinished e => Line($"Item {Place(e.Item)} finished"),
            MeetingEvent.CheckedIn e => Line($"{e.Name.DisplayName} checked in, {(e.IsRemote ? "remote" : "in the room")}{Entered(e.Occupant)}"),
            MeetingEvent.SteppedOut e => Line($"{Name(e.Seat)} stepped out"),
            MeetingEvent.Returned e => Line($"{Name(e.Seat)} returned"),
            MeetingEvent.Left e => Line($"{Name(e.Seat)} left"),
            MeetingEvent.Recused e => Line($"{Name(e.Seat)} recused from item {Place(e.Item)}{(e.IsLate ? ", declared late" : "")}: {e.Interest}"),
            MeetingEvent.Recognised e => Line($"{before!.Speakers.First(speaker => speaker.Speaker == e.Speaker).Name} spoke"),
            MeetingEvent.ListClosed => Line("The list of speakers was closed"),
            MeetingEvent.ListOpened => Line("The list of speakers was opened"),
            MeetingEvent.Moved e => Line($"Moved by {Name(e.Seat)}{entered}, {Kind(e.Kind)}: “{MotionText.Of(e.Words)}”"),
            MeetingEvent.Seconded e => Line($"Seconded by {Name(e.Seat)}{entered}"),
            MeetingEvent.TakenUpWithoutSecond => Line("The chair took the motion up without a second"),
            MeetingEvent.DiedForWantOfSecond => Line("The motion had no second"),
            MeetingEvent.RuledInOrder e => Line($"The chair ruled {Kind(e.Kind)} in order: {e.Reason}"),
            MeetingEvent.MotionWithdrawn => Line("The motion was withdrawn"),
            MeetingEvent.AmendedByConsent e => Line($"By consent of mover and seconder the motion reads “{MotionText.Of(e.Words)}”"),
            MeetingEvent.PointRaised e => Line($"Point of order by {Name(e.Seat)}: {e.Words}"),
            MeetingEvent.PointRuledOn e => Line($"The chair ruled the point {(e.IsWellTaken ? "well taken" : "not well taken")}: {e.Reason}"),
            MeetingEvent.VoteOpened e => Line($"Vote {e.Vote} opened, {Method(e.Method)}: “{MotionText.Of(session!.Top!.Words)}”", e.Vote),
            MeetingEvent.Voted e => Line($"{Name(e.Seat)}: {Word(e.Choice)}{(MeetingView.IsEntered(session, e.Seat, recorded) ? " (entered by the clerk)" : "")}", e.Vote, tally: true),
            MeetingEvent.Objected e => Line($"{Name(e.Seat)} objected: the roll is called", e.Vote),
            MeetingEvent.MarkedSilent e => Line($"{Name(e.Seat)}: {(e.Silence == Silence.Unreachable ? "could not be reached" : "present, called twice, did not vote")}", e.Vote, tally: true),
            MeetingEvent.HandsEntered e => Line(string.Create(CultureInfo.InvariantCulture, $"Hands counted: {e.Yes} yes, {e.No} no, {e.Abstain} abstaining"), e.Vote, tally: true),
            MeetingEvent.VoteClosed e => Line($"Vote {e.Vote} closed. {string.Join(" ", e.Why.Sentences.Take(2))}", e.Vote),
            MeetingEvent.VoteVoided e => Line($"Vote {e.Vote} voided by {e.By.DisplayName}: {e.Reason}", e.Vote),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} is written nowhere."),
        };

        RecordLine[] Line(string text, int? vote = null, bool tally = false) => [new RecordLine(recorded.Version, recorded.Time, session?.Item ?? before?.Item, vote, tally, text)];
        string Name(MemberId seat) => (session ?? before)?.Find(seat)?.Name?.DisplayName ?? seat.Value;
        string Item(int item) => book.Find(item)?.Text.Title ?? "";
        string Place(int item) => (book.Items.ToList().FindIndex(known => known.Item == item) + 1).ToString(CultureInfo.InvariantCulture);
        string Entered(MemberId occupant) => recorded.Actor.Member == occupant ? "" : " (entered by the clerk)";
    }

    private static string Kind(MotionKind kind) => RuleSet.Rosenberg[kind].Name;

    private static string Method(VoteMethod method) => method switch
    {
        VoteMethod.RollCall => "roll call",
        VoteMethod.UnanimousConsent => "unanimous consent",
        _ => "show of hands",
    };

    private static string Word(Choice choice) => choice switch
    {
        Choice.Yes => "Yes",
        Choice.No => "No",
        _ => "Abstain",
    };
}
