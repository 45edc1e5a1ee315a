using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Threads;

/// <summary>
/// A thread in a list. LastBy and LastExcerpt are of its newest post (null without one; the excerpt also where that post's words may not be
/// read); LastVersion is the stream's version with it, which read marks count by; MovedAt when it was opened or last written in.
/// </summary>
public sealed record ThreadRow(
    ThreadId Thread, GroupId Group, string GroupName, BillId? Bill, string? BillNumber, string Title, Readers Readers, bool IsClosed,
    string OpenedBy, int Posts, string? LastBy, string? LastExcerpt, long LastVersion, DateTimeOffset MovedAt);

/// <summary>Threads of one list, the one last written in first; at most <see cref="ThreadQueries.MaxRows"/>.</summary>
public sealed record ThreadList(ImmutableArray<ThreadRow> Rows)
{
    /// <summary>What a viewer may know of: threads that they may read.</summary>
    public static ThreadList For(Viewer viewer, ThreadList list) =>
        list.Rows.All(row => ThreadRights.MayRead(viewer.Standing, row.Group, row.Readers))
            ? list
            : new(list.Rows.RemoveAll(row => !ThreadRights.MayRead(viewer.Standing, row.Group, row.Readers)));
}

/// <summary>A post that mentions someone; Version is the thread's with it, which read marks count by.</summary>
public sealed record MentionRow(
    ThreadId Thread, PostId Post, string Title, GroupId Group, string GroupName, Readers Readers, string SaidBy, string Excerpt, long Version, DateTimeOffset SaidAt);

/// <summary>A member's newest mentions first; posts that were hidden or withdrawn are not among them.</summary>
public sealed record MentionList(ImmutableArray<MentionRow> Rows)
{
    /// <summary>What a viewer may know of: a seat may have gone since.</summary>
    public static MentionList For(Viewer viewer, MentionList list) =>
        new(list.Rows.RemoveAll(row => !ThreadRights.MayRead(viewer.Standing, row.Group, row.Readers)));
}

/// <summary>A person who may be mentioned: "Mayor, Davis".</summary>
public sealed record Mentionable(MemberId Member, string Name);

/// <summary>Lists of threads, from the Threads index. They are uncut: pages watch them through <see cref="ThreadList.For"/>.</summary>
public sealed class ThreadQueries
{
    /// <summary>What one looks through; older threads are found by their bill or group.</summary>
    public const int MaxRows = 200;

    /// <summary>A list that one chooses a name from while writing.</summary>
    public const int MaxMentionable = 8;

    /// <summary>Those who can be present in one thread and be named.</summary>
    public const int MaxNames = 500;

    /// <summary>Older ones are read, or one asks in the thread.</summary>
    public const int MaxMentions = 50;

    /// <summary>Beyond this it is only "many".</summary>
    public const int MaxUnread = 100;

    /// <summary>Threads whose new posts are counted at once.</summary>
    public const int MaxCounted = 50;

    /// <summary>Told when any thread has moved.</summary>
    public const string TopicOfAll = "threads/all";

    private readonly IHubDatabase database;

    internal ThreadQueries(IHubDatabase database) => this.database = database;

    public static string TopicOf(BillId bill) => $"threads/bill/{bill}";
    public static string TopicOf(GroupId group) => $"threads/group/{group}";
    public static string TopicOf(MemberId member) => $"threads/member/{member}";

    public Task<ThreadList> On(BillId bill, CancellationToken cancel = default) =>
        List("where t.bill = @key", bill.Value, cancel);

    public Task<ThreadList> Of(GroupId group, CancellationToken cancel = default) =>
        List("where t.group_slug = @key", group.Value, cancel);

    /// <summary>Threads that a member opened, wrote in or was mentioned in.</summary>
    public Task<ThreadList> Of(MemberId member, CancellationToken cancel = default) =>
        List("where exists (select 1 from thread_people p where p.thread = t.thread and p.member = @key)", member.Value, cancel);

    /// <summary>The threads that all members read, of all groups.</summary>
    public Task<ThreadList> OpenToAll(CancellationToken cancel = default) => List($"where t.readers = {(int)Readers.AllMembers}", "", cancel);

    /// <summary>Posts that mention a member, newest first.</summary>
    public Task<MentionList> MentionsOf(MemberId member, CancellationToken cancel = default) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<Mentioned>(new CommandDefinition(
            """
            select m.thread as Thread, m.post as Post, t.title as Title, t.group_slug as GroupSlug, t.group_name as GroupName, t.readers as Readers,
                m.said_by as SaidBy, m.excerpt as Excerpt, m.version as Version, m.said_at as SaidAt
            from thread_mentions m join threads_list t on t.thread = m.thread
            where m.member = @member and m.removed = 0 order by m.said_at desc, m.post limit @limit
            """, new { member = member.Value, limit = MaxMentions }, cancellationToken: cancel));
        return new MentionList([.. rows.Select(row => row.ToMentionRow())]);
    }, cancel);

    /// <summary>How many posts others wrote after each mark, at most <see cref="MaxUnread"/> a thread, of the first <see cref="MaxCounted"/> threads.</summary>
    public Task<ImmutableDictionary<ThreadId, int>> Unread(MemberId member, IReadOnlyCollection<(ThreadId Thread, long ReadUpTo)> marks, CancellationToken cancel = default) =>
        marks.Count == 0 ? Task.FromResult(ImmutableDictionary<ThreadId, int>.Empty) : database.Read(async connection =>
        {
            var parameters = new DynamicParameters(new { member = member.Value, limit = MaxUnread });
            var counts = new List<string>();
            foreach (var (i, (thread, readUpTo)) in marks.Take(MaxCounted).Index())
            {
                parameters.Add($"t{i}", thread.Value);
                parameters.Add($"v{i}", readUpTo);
                counts.Add($"select cast(@t{i} as text), (select count(*) from (select 1 from thread_posts where thread = @t{i} and version > @v{i} and author <> @member limit @limit) as posts)");
            }

            var rows = await connection.QueryAsync<(string Thread, long Posts)>(new CommandDefinition(string.Join(" union all ", counts), parameters, cancellationToken: cancel));
            return rows.Where(row => row.Posts > 0).ToImmutableDictionary(row => new ThreadId(row.Thread), row => (int)row.Posts);
        }, cancel);

    /// <summary>People who may read a thread of a group and whose name holds the text, those of the group first, at most eight.</summary>
    public Task<ImmutableArray<Mentionable>> Mentionable(GroupId group, Readers readers, string text, CancellationToken cancel = default) =>
        database.Read(async connection =>
        {
            var rows = await connection.QueryAsync<(string Member, string? Name, string Office, string? City)>(new CommandDefinition(
                """
                select m.member, m.name, m.office, m.city
                from members_list m left join seats_list s on s.member = m.member and s.group_slug = @group
                where m.suspended = 0 and (@all = 1 or m.duty in (@staff, @clerk) or (s.member is not null and s.role <> @guest and m.duty not in (@follower, @admin)))
                    and lower(coalesce(m.name || ', ', '') || m.office || ', ' || coalesce(m.city, '')) like @text escape '!'
                order by case when s.member is null then 1 else 0 end, m.city, m.office, m.member limit @limit
                """,
                new
                {
                    group = group.Value,
                    all = readers == Readers.AllMembers ? 1 : 0,
                    staff = (int)Duty.Staff,
                    clerk = (int)Duty.Clerk,
                    follower = (int)Duty.Follower,
                    admin = (int)Duty.Admin,
                    guest = (int)Role.Guest,
                    text = LikePattern.Holding(text),
                    limit = MaxMentionable,
                }, cancellationToken: cancel));
            return rows.Select(row => new Mentionable(new(row.Member), NameOf(row.Name, row.Office, row.City))).ToImmutableArray();
        }, cancel);

    /// <summary>How these people are named now; those unknown are missing.</summary>
    public Task<ImmutableDictionary<MemberId, string>> Names(IReadOnlyCollection<MemberId> members, CancellationToken cancel = default) =>
        members.Count == 0 ? Task.FromResult(ImmutableDictionary<MemberId, string>.Empty) : database.Read(async connection =>
        {
            var asked = members.Distinct().Take(MaxNames).ToArray();
            var parameters = new DynamicParameters();
            foreach (var (i, member) in asked.Index())
                parameters.Add($"m{i}", member.Value);
            var rows = await connection.QueryAsync<(string Member, string? Name, string Office, string? City)>(new CommandDefinition(
                $"select member, name, office, city from members_list where member in ({string.Join(", ", Enumerable.Range(0, asked.Length).Select(i => $"@m{i}"))})",
                parameters, cancellationToken: cancel));
            return rows.ToImmutableDictionary(row => new MemberId(row.Member), row => NameOf(row.Name, row.Office, row.City));
        }, cancel);

    private Task<ThreadList> List(string where, string key, CancellationToken cancel) => database.Read(async connection =>
    {
        var rows = await connection.QueryAsync<ThreadListed>(new CommandDefinition(
            $"""
            select {ThreadListed.Columns} from threads_list t {where} order by t.moved desc limit @limit
            """, new { key, limit = MaxRows }, cancellationToken: cancel));
        return new ThreadList([.. rows.Select(row => row.ToThreadRow())]);
    }, cancel);

    private static string NameOf(string? name, string office, string? city) => string.Join(", ", new[] { name, office, city }.OfType<string>());

    private sealed class Mentioned
    {
        public string Thread { get; init; } = "";
        public string Post { get; init; } = "";
        public string Title { get; init; } = "";
        public string GroupSlug { get; init; } = "";
        public string GroupName { get; init; } = "";
        public int Readers { get; init; }
        public string SaidBy { get; init; } = "";
        public string Excerpt { get; init; } = "";
        public long Version { get; init; }
        public long SaidAt { get; init; }

        public MentionRow ToMentionRow() => new(new(Thread), new(Post), Title, new(GroupSlug), GroupName, (Readers)Readers, SaidBy, Excerpt, Version,
            DateTimeOffset.FromUnixTimeMilliseconds(SaidAt));
    }
}
