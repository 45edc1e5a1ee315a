using System.Globalization;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using CalCities.Collab.SignIn;
using CsvHelper;

namespace CalCities.Collab.Meetings;

/// <summary>Meetings as files: every vote of one as CSV.</summary>
public static class MeetingFiles
{
    public static void MapMeetings(this WebApplication app) =>
        app.MapGet("/meetings/{id}/votes.csv", async (HttpContext http, LiveTopics topics, string id) =>
            await Look(topics, http, id) is { } view
                ? Results.File(VotesOf(view), "text/csv; charset=utf-8", $"votes-{view.Meeting}.csv")
                : Results.Text(MeetingRefusals.NoSuchMeeting.Sentence, statusCode: StatusCodes.Status404NotFound));

    /// <summary>A meeting as who asks may see it now; null when there is none that they may see.</summary>
    internal static async Task<MeetingView?> Look(LiveTopics topics, HttpContext http, string id)
    {
        if (!new MeetingId(id).IsAcceptable)
            return null;
        await using var watch = await topics.Watch<MeetingSight, MeetingView, MeetingEvent>(new MeetingId(id).Stream, http.User.Caller().Member, static _ => Task.CompletedTask, cancel: http.RequestAborted);
        return watch.View is { Book: not null } view ? view : null;
    }

    /// <summary>A row for each seat in each closed or voided vote.</summary>
    internal static byte[] VotesOf(MeetingView view)
    {
        using var bytes = new MemoryStream();
        bytes.Write("\uFEFF"u8);   // spreadsheets take a file without it for another encoding
        using (var writer = CsvWriter.Create(bytes, CsvWriterOptions.Default, leaveOpen: true))
        {
            Row(writer, ["vote", "result", "motion", "words", "seat", "name", "ballot", "entered_by_clerk", "receipt"]);
            foreach (var done in view.Session?.Results ?? [])
                foreach (var (seat, choice) in done.Vote.Ballots)
                {
                    var ballot = view.BallotOf(done.Vote.Vote, new MemberId(seat));
                    Row(writer,
                    [
                        done.Vote.Vote.ToString(CultureInfo.InvariantCulture), ResultWords.Of(done), MeetingWords.Of(done.Motion.Kind, view.Session!.Rules), MotionText.Of(done.Motion.Words),
                        seat, view.Session.Find(new MemberId(seat))?.Name?.DisplayName ?? "", MeetingWords.Of(choice), ballot?.IsEntered == true ? "yes" : "no", ballot?.Receipt ?? "",
                    ]);
                }
        }

        return bytes.ToArray();
    }

    private static void Row(CsvWriter writer, string[] fields) => writer.WriteRecord([.. fields.Select(Spreadsheet.Guarded)]);
}
