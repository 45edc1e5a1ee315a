using CalCities.Collab.Bills;

namespace CalCities.Collab.Threads;

/// <summary>A row of the list of threads, as a query reads it; Moved is the position of the event that moved it last.</summary>
internal sealed class ThreadListed
{
    /// <summary>Of threads_list t.</summary>
    public const string Columns =
        """
        t.thread as Thread, t.group_slug as GroupSlug, t.group_name as GroupName, t.bill as Bill, t.bill_number as BillNumber, t.title as Title,
        t.readers as Readers, t.closed as Closed, t.opened_by as OpenedBy, t.posts as Posts, t.last_by as LastBy,
        case when t.last_removed = 0 then t.last_excerpt end as LastExcerpt, t.last_version as LastVersion, t.moved_at as MovedAt, t.moved as Moved
        """;

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
