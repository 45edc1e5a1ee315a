using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Bills;
using CalCities.Collab.Live;
using CalCities.Collab.Meetings;
using CalCities.Collab.Shell;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Groups;

/// <summary>One group: its threads, the bills they are about, its meetings and who sits in it.</summary>
public sealed partial class GroupPage : LiveComponent
{
    private Watch<GroupView>? group;
    private IndexWatch<ThreadList>? threads;
    private IndexWatch<MeetingList>? meetings;
    private IndexWatch<Roster>? roster;
    private IndexWatch<GroupNames>? groups;
    private bool looked;
    private bool isCounting;
    private ThreadList? counted;
    private ImmutableDictionary<ThreadId, int> unread = ImmutableDictionary<ThreadId, int>.Empty;
    private ImmutableArray<BillRow> bills = [];

    [Parameter, EditorRequired] public required string Slug { get; set; }

    [Inject] private GroupQueries Groups { get; set; } = null!;
    [Inject] private ThreadQueries Threads { get; set; } = null!;
    [Inject] private MeetingQueries Meetings { get; set; } = null!;
    [Inject] private BillQueries Bills { get; set; } = null!;
    [Inject] private IGrainFactory Grains { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    private GroupView? view => group?.View;
    private IReadOnlyDictionary<string, GroupRow> names => groups?.Result?.BySlug ?? GroupNames.None;
    private bool MayOpen => view is { End: null } && group?.Viewer is { } viewer && ThreadRights.MayWrite(viewer.Standing, new GroupId(Slug));

    private bool MayVacate(Appointer? by) => group?.Viewer is { } viewer && GroupRights.MayAppoint(viewer.Standing, by);

    /// <summary>Whether who looks fills any seat of this group.</summary>
    private bool MayVacateAny => view is { End: null } && (MayVacate(null) || view.Allotments.Keys.Any(key => MayVacate(new Appointer(key))));

    private int Vacancies => view!.Allotments.Keys.Sum(key => view.VacanciesOf(new Appointer(key)));

    /// <summary>How many of a policy committee's voting seats elected officials hold (DOMAIN §1: they must be the majority); nothing for other bodies.</summary>
    private (int Elected, int Voting) Elected => view is { Kind: GroupKind.PolicyCommittee } && roster?.Result?.Rows is { } rows
        ? (rows.Count(row => RosterPart.Counts(row) && row.IsElected), rows.Count(RosterPart.Counts))
        : default;

    private static string Beginning(NextTerm next) => Pacific.Time(next.Begins) == "12:00 a.m." ? Pacific.Date(next.Begins) : Pacific.DateAndTime(next.Begins);

    private string NextSeats(NextTerm next)
    {
        var vacant = view!.Allotments.Sum(allotted => Math.Max(0, allotted.Value - next.Seats.Values.Count(seat => seat.By == new Appointer(allotted.Key) && seat.Counts)));
        var filled = next.Seats.Count switch { 0 => "Nobody is on its roster yet", 1 => "1 person on its roster", var count => string.Create(CultureInfo.InvariantCulture, $"{count:N0} people on its roster") };
        return vacant == 0 ? filled : string.Create(CultureInfo.InvariantCulture, $"{filled}, {vacant:N0} vacant");
    }

    protected override async Task Follow()
    {
        var id = new GroupId(Slug);
        if (!Kernel.StreamId.TryParse(id.Stream.ToString(), out _))
        {
            (group, looked) = (null, true);
            return;
        }

        group = await Watch<GroupSight, GroupView, GroupEvent>(id.Stream);
        looked = true;
        if (view is null)
            return;
        threads = await WatchIndex(ThreadQueries.TopicOf(id), "rows", cancel => Threads.Of(id, cancel), ThreadList.For);
        meetings = await WatchIndex(MeetingQueries.TopicOf(id), "rows", cancel => Meetings.Of(id, cancel), (_, all) => all);
        roster = await WatchIndex($"groups/{id}", "roster", async _ => new Roster(await Groups.Roster(id)), (_, found) => found);
        groups = await WatchIndex(GroupQueries.TopicOfAll, "names", async _ => new GroupNames((await Groups.All(withEnded: true)).ToDictionary(row => row.Group.Value, StringComparer.Ordinal)), (_, all) => all);
        await Count();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (threads is not null && !ReferenceEquals(counted, threads.Result) && await Count())
            StateHasChanged();
    }

    /// <summary>Counts what is new and looks the bills up; false when there is no list yet, or it is being done (then the next rendering looks again).</summary>
    private async Task<bool> Count()
    {
        if (isCounting || threads?.Result is not { } list)
            return false;
        isCounting = true;
        try
        {
            await Count(list);
        }
        finally
        {
            isCounting = false;
        }

        return true;
    }

    private async Task Count(ThreadList list)
    {
        counted = list;
        var marks = await Grains.GetGrain<IDeskGrain>(Me.Value).ReadUpTo([.. list.Rows.Select(row => row.Thread)]);
        unread = await Threads.Unread(Me, [.. list.Rows.Select(row => (row.Thread, marks.GetValueOrDefault(row.Thread)))], Gone);
        bills = await Bills.Named([.. list.Rows.Select(row => row.Bill).OfType<BillId>().Distinct()], Gone);
    }

    private sealed record Roster(ImmutableArray<RosterRow> Rows);

    private sealed record GroupNames(IReadOnlyDictionary<string, GroupRow> BySlug)
    {
        public static readonly IReadOnlyDictionary<string, GroupRow> None = ImmutableDictionary<string, GroupRow>.Empty;
    }
}
