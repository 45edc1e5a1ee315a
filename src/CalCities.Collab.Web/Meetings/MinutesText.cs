using CalCities.Collab.Members;
using CalCities.Collab.Shell;

namespace CalCities.Collab.Meetings;

/// <summary>A paragraph of a meeting's minutes; Level 0 is the title, 1 a heading, 2 the text.</summary>
internal sealed record MinutesLine(int Level, string Text);

/// <summary>The minutes of a meeting as paragraphs, for every kind of file: attendance, each vote with its roll, and what happened in order.</summary>
internal static class MinutesText
{
    /// <summary>Names: how people of the group's roster are called who never checked in.</summary>
    public static IEnumerable<MinutesLine> Of(MeetingView view, IReadOnlyDictionary<string, string> names)
    {
        var book = view.Book!;
        yield return new(0, book.Title);
        yield return new(2, $"{book.GroupName}, {(book.IsSpecial ? "special" : "regular")} meeting, {Pacific.DateAndTime(book.Starts)}");
        if (view.Session is { } session)
        {
            yield return new(1, "Attendance");
            foreach (var (title, seats) in new[]
                     {
                         ("In the room", session.Seats.Values.Where(seat => seat is { Name: not null, IsRemote: false })),
                         ("Remote", session.Seats.Values.Where(seat => seat is { Name: not null, IsRemote: true })),
                         ("Absent", session.Seats.Values.Where(seat => seat.Name is null)),
                     })
            {
                var listed = seats.Select(seat => seat.Name?.DisplayName ?? names.GetValueOrDefault(seat.Seat.Holder.Value, seat.Seat.Holder.Value)).Order(StringComparer.CurrentCulture).ToList();
                if (listed.Count > 0)
                    yield return new(2, $"{title} ({listed.Count}): {string.Join("; ", listed)}");
            }

            yield return new(2, $"Vacant seats: {session.Vacancies}. Quorum: {session.QuorumNeeded}.");
            foreach (var done in session.Results)
                foreach (var line in VoteOf(view, session, done))
                    yield return line;
        }

        yield return new(1, "In order");
        foreach (var line in view.Record)
            yield return new(2, $"{Pacific.Time(line.At)}  {line.Text}");
    }

    private static IEnumerable<MinutesLine> VoteOf(MeetingView view, Session session, VoteDone done)
    {
        yield return new(1, $"Vote {done.Vote.Vote}: {ResultWords.Of(done)}");
        yield return new(2, $"{MeetingWords.Of(done.Motion.Kind, session.Rules)} by {Name(done.Motion.Mover)}{(done.Motion.Second is { } second ? $", seconded by {Name(second)}" : "")}: “{MotionText.Of(done.Motion.Words)}”");
        if (done.Voided is { } reason)
            yield return new(2, $"Voided: {reason}");
        foreach (var sentence in done.Why?.Sentences ?? [])
            yield return new(2, sentence);
        foreach (var ballots in done.Vote.Ballots.GroupBy(ballot => ballot.Value).OrderBy(ballots => ballots.Key))
            yield return new(2, $"{MeetingWords.Of(ballots.Key)}: {string.Join("; ", ballots.Select(ballot => Entry(new MemberId(ballot.Key))))}");

        string Name(MemberId seat) => session.Find(seat)?.Name?.DisplayName ?? seat.Value;
        string Entry(MemberId seat) => view.BallotOf(done.Vote.Vote, seat) is { } ballot ? $"{Name(seat)} ({ballot.Receipt}{(ballot.IsEntered ? ", entered by the clerk" : "")})" : Name(seat);
    }
}
