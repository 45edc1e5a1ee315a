using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Live;
using CalCities.Collab.Threads;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Groups;

/// <summary>One group: its threads, the bills they are about, its meetings and who sits in it.</summary>
public sealed partial class GroupPage : LiveComponent
{
    private Watch<GroupView>? group;
    private IndexWatch<ThreadList>? threads;
    private IndexWatch<Roster>? roster;
    private bool looked;
    private bool isCounting;
    private ThreadList? counted;
    private ImmutableDictionary<ThreadId, int> unread = ImmutableDictionary<ThreadId, int>.Empty;
    private ImmutableArray<BillRow> bills = [];

    [Parameter, EditorRequired] public required string Slug { get; set; }

    [Inject] private GroupQueries Groups { get; set; } = null!;
    [Inject] private ThreadQueries Threads { get; set; } = null!;
    [Inject] private BillQueries Bills { get; set; } = null!;
    [Inject] private IGrainFactory Grains { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    private GroupView? view => group?.View;
    private bool MayOpen => group?.Viewer is { } viewer && ThreadRights.MayWrite(viewer.Standing, new GroupId(Slug));

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
        roster = await WatchIndex($"groups/{id}", "roster", async _ => new Roster(await Groups.Roster(id)), (_, found) => found);
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
}
