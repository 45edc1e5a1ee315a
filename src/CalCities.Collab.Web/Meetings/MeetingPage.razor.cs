using System.Collections.Frozen;
using CalCities.Collab.Groups;
using CalCities.Collab.Live;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Meetings;

/// <summary>How the people of a group's roster are named; shared by all who look.</summary>
internal sealed record SeatNames(FrozenDictionary<string, string> ByMember)
{
    public static FrozenDictionary<string, string> None => FrozenDictionary<string, string>.Empty;

    public static SeatNames Of(IEnumerable<RosterRow> rows) => new(rows.ToFrozenDictionary(row => row.Member.Value, row => row.DisplayName, StringComparer.Ordinal));
}

/// <summary>The room of one meeting: before it the agenda, in it floor, vote, speakers and roll, after it the record.</summary>
public sealed partial class MeetingPage : LiveComponent
{
    private Watch<MeetingView>? watch;
    private IndexWatch<SeatNames>? roster;
    private Room? room;
    private bool looked;
    private string spoken = "";

    [Parameter, EditorRequired] public required string Id { get; set; }

    [Inject] private GroupQueries Groups { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    protected override async Task Follow()
    {
        var id = new MeetingId(Id);
        if (!id.IsAcceptable)
        {
            (watch, looked) = (null, true);
            return;
        }

        watch = await Watch<MeetingSight, MeetingView, MeetingEvent>(id.Stream, present: true);
        looked = true;
        if (watch.View?.Book is { } book)
            roster = await WatchIndex($"groups/{book.Group}", "roster", async _ => SeatNames.Of(await Groups.Roster(book.Group)), (_, found) => found);
        Look();
    }

    protected override bool ShouldRender()
    {
        Look();
        return true;
    }

    /// <summary>Takes one moment of what is watched: all parts of the page show that one.</summary>
    private void Look()
    {
        if (watch is not { View: { Book: not null } view, Viewer: { } viewer })
        {
            room = null;
            return;
        }

        var connected = watch.Passing.Select(passing => passing.Member.Value).ToHashSet(StringComparer.Ordinal);
        room = new Room(view, Me, viewer.Standing, Clock.GetUtcNow(), roster?.Result?.ByMember ?? SeatNames.None, connected, (command, act) => Execute(view.Meeting, command, act));
        spoken = Spoken.Of(room);
    }
}
