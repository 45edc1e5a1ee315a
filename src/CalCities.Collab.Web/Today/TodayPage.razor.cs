using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Live;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Today;

/// <summary>The start page: what needs the member, the conversations of their groups and those they take part in, and what others read.</summary>
public sealed partial class TodayPage : LiveComponent
{
    /// <summary>What one takes in at a glance; a group's page shows the rest.</summary>
    private const int MaxConversations = 12;

    private const int MaxElsewhere = 5;
    private const int MaxNeeds = 5;

    private readonly Dictionary<GroupId, IndexWatch<ThreadList>> talks = [];
    private IndexWatch<ThreadList>? latest;
    private IndexWatch<ThreadList>? own;
    private IndexWatch<MentionList>? mentions;
    private object?[] counted = [];
    private ImmutableArray<GroupRow> groups = [];
    private ImmutableArray<MentionRow> asked = [];

    private bool isArranging;
    private bool known;
    private ImmutableArray<(GroupRow Group, string? Role)> mine = [];
    /// <summary>How far ahead one prepares.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private IndexWatch<MeetingList>? meetings;
    private ImmutableArray<ThreadRow>? conversations;
    private ImmutableArray<ThreadRow>? elsewhere;
    private IReadOnlyList<MentionRow>? needs;
    private ImmutableDictionary<ThreadId, int> unread = ImmutableDictionary<ThreadId, int>.Empty;

    [Inject] private ThreadQueries Threads { get; set; } = null!;
    [Inject] private MeetingQueries Meetings { get; set; } = null!;
    [Inject] private GroupQueries Groups { get; set; } = null!;
    [Inject] private IGrainFactory Grains { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    private int NewPosts => unread.Values.Sum();

    protected override async Task Follow()
    {
        groups = await Groups.All();
        latest = await WatchIndex(ThreadQueries.TopicOfAll, "open", Threads.OpenToAll, ThreadList.For);
        own = await WatchIndex(ThreadQueries.TopicOf(Me), "rows", cancel => Threads.Of(Me, cancel), ThreadList.For);
        mentions = await WatchIndex(ThreadQueries.TopicOf(Me), "mentions", cancel => Threads.MentionsOf(Me, cancel), MentionList.For);
        meetings = await WatchIndex(MeetingQueries.TopicOfAll, "rows", Meetings.All, (_, all) => all);
        await Arrange();
    }

    /// <summary>Meetings under way and to come in the next weeks: of one's own groups, or of all for who serves them all.</summary>
    private IEnumerable<MeetingRow> Mine =>
        latest?.Viewer is not { Standing: var standing } || meetings?.Result is not { } found ? []
        : found.Rows.Where(row => (row.IsLive || (row.Stage == MeetingStage.Planned && row.Starts - Clock.GetUtcNow() < Ahead))
            && (standing.Duty is Duty.Staff or Duty.Clerk || standing.RoleIn(row.Group) is not null));

    // A notice has come and the page was rendered from what it had: count what is new in what the lists hold now.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (latest is not null && !counted.SequenceEqual(Held()) && await Arrange())
            StateHasChanged();
    }

    /// <summary>What the lists hold now, by reference.</summary>
    private object?[] Held() => [latest?.Viewer?.Standing, latest?.Result, own?.Result, mentions?.Result, .. talks.Values.Select(talk => talk.Result)];

    /// <summary>Sorts the lists into what the page shows; false when there is nothing to sort yet, or it is being done (then the next rendering looks again).</summary>
    private async Task<bool> Arrange()
    {
        if (isArranging || latest is not { Result: { } all, Viewer.Standing: { } standing })
            return false;
        isArranging = true;
        try
        {
            await Arrange(all, standing);
        }
        finally
        {
            isArranging = false;
        }

        return true;
    }

    private async Task Arrange(ThreadList all, Standing standing)
    {
        // Each group's list is one for all its members on this host.
        var seats = standing.Seats.Select(seat => seat.Group).ToHashSet();
        foreach (var group in seats.Where(group => !talks.ContainsKey(group)))
            talks[group] = await WatchIndex(ThreadQueries.TopicOf(group), "rows", cancel => Threads.Of(group, cancel), ThreadList.For);

        counted = Held();
        var ownRows = own?.Result?.Rows ?? [];
        var part = ownRows.Select(row => row.Thread).ToHashSet();
        ImmutableArray<ThreadRow> talk =
        [
            .. ownRows.Concat(talks.Where(talk => seats.Contains(talk.Key)).SelectMany(talk => talk.Value.Result?.Rows ?? []).Where(row => !part.Contains(row.Thread)))
                .OrderByDescending(row => row.MovedAt).Take(MaxConversations),
        ];
        ImmutableArray<ThreadRow> others =
            [.. all.Rows.Where(row => !seats.Contains(row.Group) && !part.Contains(row.Thread)).Take(MaxElsewhere)];
        ImmutableArray<MentionRow> said = mentions?.Result?.Rows ?? [];

        // The list of groups is in the order of kind and name.
        mine = [.. from row in groups
                   join seat in standing.Seats on row.Group equals seat.Group
                   select (row, seat.Role switch { Role.Chair => "Chair", Role.ViceChair => "Vice chair", _ => null })];

        // Any thread of the league that moves brings us here; only what this member sees is worth asking the database for.
        if (conversations is { } before && before.SequenceEqual(talk) && said.SequenceEqual(asked))
        {
            elsewhere = others;
            return;
        }

        asked = said;
        var marks = await Grains.GetGrain<IDeskGrain>(Me.Value).ReadUpTo([.. talk.Select(row => row.Thread), .. said.Select(row => row.Thread)]);
        unread = await Threads.Unread(Me, [.. talk.Select(row => (row.Thread, marks.GetValueOrDefault(row.Thread)))], Gone);
        needs = [.. said.Where(row => row.Version > marks.GetValueOrDefault(row.Thread)).Take(MaxNeeds)];
        (conversations, elsewhere, known) = (talk, others, true);
    }

    private static string Words(int needs) => needs == 1 ? "one thing needs you" : $"{Number(needs)} things need you";

    private static string Number(int count) => count switch { 2 => "two", 3 => "three", 4 => "four", _ => "five" };
}
