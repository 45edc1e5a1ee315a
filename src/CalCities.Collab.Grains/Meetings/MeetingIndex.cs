using CalCities.Collab.Kernel;

namespace CalCities.Collab.Meetings;

/// <summary>Meetings and how far each is, and who is checked in where. Topics: <see cref="MeetingQueries"/>.</summary>
internal sealed class MeetingIndex : IIndex
{
    public string Name => "meetings";

    public int Version => 1;

    public IReadOnlyList<string> Tables => ["meetings_list", "meeting_present"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (recorded.Event is not MeetingEvent happened)
            return;
        var id = recorded.Stream.Key;
        switch (happened)
        {
            case MeetingEvent.Scheduled e:
                batch.Run(
                    """
                    insert into meetings_list (id, group_slug, group_name, title, special, starts, place, stage, revision, in_time)
                    values (@id, @group, @groupName, @title, @special, @starts, @place, @stage, 0, 0)
                    """,
                    new
                    {
                        id,
                        group = e.Group.Value,
                        groupName = e.GroupName,
                        title = e.Title,
                        special = e.IsSpecial ? 1 : 0,
                        starts = e.Starts.ToUnixTimeMilliseconds(),
                        place = WordsOf(e.Place),
                        stage = (int)MeetingStage.Planned,
                    });
                break;
            case MeetingEvent.Rearranged e:
                batch.Run("update meetings_list set title = @title, starts = @starts, place = @place where id = @id",
                    new { id, title = e.Title, starts = e.Starts.ToUnixTimeMilliseconds(), place = WordsOf(e.Place) });
                break;
            case MeetingEvent.AgendaPosted e:
                batch.Run("update meetings_list set revision = @revision, in_time = case when @inTime = 1 then 1 else in_time end where id = @id",
                    new { id, revision = e.Revision, inTime = e.InTime ? 1 : 0 });
                break;
            case MeetingEvent.RollOpened:
                Move(MeetingStage.RollOpen);
                break;
            case MeetingEvent.CalledToOrder or MeetingEvent.Resumed:
                Move(MeetingStage.InSession);
                break;
            case MeetingEvent.Recessed:
                Move(MeetingStage.InRecess);
                break;
            case MeetingEvent.Adjourned or MeetingEvent.Cancelled:
                Move(happened is MeetingEvent.Adjourned ? MeetingStage.Adjourned : MeetingStage.Cancelled);
                batch.Run("delete from meeting_present where meeting = @id", new { id });
                break;
            case MeetingEvent.CheckedIn e:
                batch.Run(
                    """
                    insert into meeting_present (meeting, seat, member) values (@id, @seat, @member)
                    on conflict (meeting, seat) do update set member = excluded.member
                    """, new { id, seat = e.Seat.Value, member = e.Occupant.Value });
                return;
            case MeetingEvent.Left e:
                batch.Run("delete from meeting_present where meeting = @id and seat = @seat", new { id, seat = e.Seat.Value });
                return;
            default:
                return;   // no list shows it
        }

        batch.Touch("all");
        batch.TouchFound("select 'group/' || group_slug from meetings_list where id = @key", id);

        void Move(MeetingStage stage) => batch.Run("update meetings_list set stage = @stage where id = @id", new { id, stage = (int)stage });
    }

    /// <summary>Where it is, in a line of a list.</summary>
    private static string WordsOf(Place place) => string.Join(", ", new[] { place.Room, place.Address, place.Video.Length > 0 ? "video" : "", place.Telephone.Length > 0 ? "telephone" : "" }.Where(part => part.Length > 0));
}
