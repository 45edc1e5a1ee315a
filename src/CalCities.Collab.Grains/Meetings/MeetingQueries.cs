using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Meetings;

/// <summary>How far a meeting is, as lists show it; kept by number.</summary>
public enum MeetingStage
{
    Planned = 0,
    RollOpen = 1,
    InSession = 2,
    InRecess = 3,
    Adjourned = 4,
    Cancelled = 5,
}

/// <summary>A meeting in a list. Revision 0: its agenda is not posted; InTime: it was, before the notice hours.</summary>
public sealed record MeetingRow(
    MeetingId Meeting, GroupId Group, string GroupName, string Title, bool IsSpecial, DateTimeOffset Starts, string Place, MeetingStage Stage, int Revision, bool InTime)
{
    public bool IsLive => Stage is MeetingStage.RollOpen or MeetingStage.InSession or MeetingStage.InRecess;
}

/// <summary>Some meetings: those under way first, then those to come by their start, then the past ones, the last first.</summary>
public sealed record MeetingList(ImmutableArray<MeetingRow> Rows);

/// <summary>Lists of meetings, from the Meetings index; every signed-in person may read them.</summary>
public sealed class MeetingQueries : IAttendance
{
    /// <summary>Told when any meeting is scheduled, moved, posted, called to order or ended.</summary>
    public const string TopicOfAll = "meetings/all";

    /// <summary>Three years of a league's meetings.</summary>
    private const int MaxRows = 400;

    private readonly IHubDatabase database;

    internal MeetingQueries(IHubDatabase database) => this.database = database;

    /// <summary>Told when a meeting of this group is.</summary>
    public static string TopicOf(GroupId group) => $"meetings/group/{group.Value}";

    public Task<MeetingList> All(CancellationToken cancel = default) => List("", "", cancel);

    public Task<MeetingList> Of(GroupId group, CancellationToken cancel = default) => List("where group_slug = @key", group.Value, cancel);

    /// <inheritdoc />
    public Task<bool> IsCheckedIn(MemberId member, CancellationToken cancel = default) => database.Read(async connection =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from meeting_present where member = @member", new { member = member.Value }, cancellationToken: cancel)) > 0, cancel);

    private Task<MeetingList> List(string where, string key, CancellationToken cancel) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            select id as Id, group_slug as GroupSlug, group_name as GroupName, title as Title, special as Special, starts as Starts, place as Place, stage as Stage,
                revision as Revision, in_time as InTime
            from meetings_list {where}
            order by case when stage in (1, 2, 3) then 0 when stage = 0 then 1 else 2 end, case when stage < 4 then starts else -starts end, id limit @limit
            """, new { key, limit = MaxRows }, cancellationToken: cancel));
        return new MeetingList([.. rows.Select(row => row.ToMeetingRow())]);
    }, cancel);

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string GroupSlug { get; init; } = "";
        public string GroupName { get; init; } = "";
        public string Title { get; init; } = "";
        public int Special { get; init; }
        public long Starts { get; init; }
        public string Place { get; init; } = "";
        public int Stage { get; init; }
        public int Revision { get; init; }
        public int InTime { get; init; }

        public MeetingRow ToMeetingRow() => new(new(Id), new(GroupSlug), GroupName, Title, Special == 1, DateTimeOffset.FromUnixTimeMilliseconds(Starts), Place, (MeetingStage)Stage, Revision, InTime == 1);
    }
}
