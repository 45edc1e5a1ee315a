using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using Dapper;

namespace CalCities.Collab.Threads;

/// <summary>Some of a list's threads, the one last written in first; Next asks for what stands below them, null at the list's end.</summary>
public sealed record ThreadListPage(ImmutableArray<ThreadRow> Rows, long? Next);

/// <summary>All threads page by page, from the Threads index, for programs: each page holds only what its viewer may know of.</summary>
public sealed class ThreadListQueries
{
    public const int MaxPageSize = 100;

    /// <summary>Rows read at once; of a list that is mostly others' many are passed over.</summary>
    private const int Batch = 200;

    private readonly IHubDatabase database;

    internal ThreadListQueries(IHubDatabase database) => this.database = database;

    /// <summary>The next threads below a place in the list (null: from its start), of a group or on a bill where one is given.</summary>
    public async Task<ThreadListPage> After(Viewer viewer, long? place, int size, GroupId? group, BillId? bill, CancellationToken cancel = default)
    {
        var shown = ImmutableArray.CreateBuilder<(ThreadRow Row, long Moved)>(size + 1);
        for (var below = place ?? long.MaxValue; ;)
        {
            var rows = await Read(below, group, bill, cancel);
            foreach (var (row, moved) in rows)
            {
                below = moved;
                // The place is the one of a row that is shown, so that it tells nothing of those that aren't.
                if (ThreadList.For(viewer, new ThreadList([row])).Rows.IsEmpty)
                    continue;
                if (shown.Count == size)
                    return new([.. shown.Select(one => one.Row)], shown[^1].Moved);
                shown.Add((row, moved));
            }

            if (rows.Length < Batch)
                return new([.. shown.Select(one => one.Row)], null);
        }
    }

    private Task<ImmutableArray<(ThreadRow, long)>> Read(long below, GroupId? group, BillId? bill, CancellationToken cancel) => database.Read(async connection =>
    {
        var narrowed = (group is null ? "" : " and t.group_slug = @group") + (bill is null ? "" : " and t.bill = @bill");
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            select t.thread as Thread, t.group_slug as GroupSlug, t.group_name as GroupName, t.bill as Bill, t.bill_number as BillNumber, t.title as Title,
                t.readers as Readers, t.closed as Closed, t.opened_by as OpenedBy, t.posts as Posts, t.last_by as LastBy,
                case when t.last_removed = 0 then t.last_excerpt end as LastExcerpt, t.last_version as LastVersion, t.moved_at as MovedAt, t.moved as Moved
            from threads_list t where t.moved < @below{narrowed} order by t.moved desc limit @limit
            """, new { below, group = group?.Value, bill = bill?.Value, limit = Batch }, cancellationToken: cancel));
        return rows.Select(row => (row.ToThreadRow(), row.Moved)).ToImmutableArray();
    }, cancel);

    private sealed class Row
    {
        public string Thread { get; init; } = "";
        public string GroupSlug { get; init; } = "";
        public string GroupName { get; init; } = "";
        public string? Bill { get; init; }
        public string? BillNumber { get; init; }
        public string Title { get; init; } = "";
        public int Readers { get; init; }
        public int Closed { get; init; }
        public string OpenedBy { get; init; } = "";
        public int Posts { get; init; }
        public string? LastBy { get; init; }
        public string? LastExcerpt { get; init; }
        public long LastVersion { get; init; }
        public long MovedAt { get; init; }
        public long Moved { get; init; }

        public ThreadRow ToThreadRow() => new(new(Thread), new(GroupSlug), GroupName, Bill is null ? null : new BillId(Bill), BillNumber, Title, (Readers)Readers,
            Closed == 1, OpenedBy, Posts, LastBy, LastExcerpt, LastVersion, DateTimeOffset.FromUnixTimeMilliseconds(MovedAt));
    }
}
