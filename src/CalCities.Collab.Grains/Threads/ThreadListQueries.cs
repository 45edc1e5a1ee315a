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
        var rows = await connection.QueryAsync<ThreadListed>(new CommandDefinition(
            $"""
            select {ThreadListed.Columns} from threads_list t where t.moved < @below{narrowed} order by t.moved desc limit @limit
            """, new { below, group = group?.Value, bill = bill?.Value, limit = Batch }, cancellationToken: cancel));
        return rows.Select(row => (row.ToThreadRow(), row.Moved)).ToImmutableArray();
    }, cancel);
}
