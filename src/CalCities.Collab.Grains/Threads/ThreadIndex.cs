using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

/// <summary>
/// Threads by bill, by group and by the people who take part (opened, wrote, were mentioned), each with its last post; what is new in them,
/// and who is mentioned. Topics: <see cref="ThreadQueries"/>.
/// </summary>
internal sealed class ThreadIndex : IIndex
{
    /// <summary>Two lines of a list on a phone.</summary>
    public const int MaxExcerptLength = 200;

    public string Name => "threads";
    public int Version => 3;
    public IReadOnlyList<string> Tables => ["threads_list", "thread_people", "thread_posts", "thread_mentions"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (recorded.Event is not ThreadEvent happened)
            return;
        var thread = recorded.Stream.Key;
        switch (happened)
        {
            case ThreadEvent.Opened e:
                batch.Run(
                    """
                    insert into threads_list (thread, group_slug, group_name, bill, bill_number, title, readers, opened_by, opened_at, moved_at, moved)
                    values (@thread, @group, @groupName, @bill, @number, @title, @readers, @by, @at, @at, @position)
                    """,
                    new
                    {
                        thread,
                        group = e.Group.Value,
                        groupName = e.GroupName,
                        bill = e.Bill?.Value,
                        number = e.BillNumber,
                        title = e.Title,
                        readers = (int)e.Readers,
                        by = e.By.DisplayName,
                        at = recorded.Time.ToUnixTimeMilliseconds(),
                        position = recorded.Position,
                    });
                TakePart(recorded.Actor.Member?.Value);
                break;

            case ThreadEvent.Posted e:
                batch.Run(
                    """
                    update threads_list set posts = posts + 1, last_post = @post, last_by = @by, last_excerpt = @excerpt, last_removed = 0,
                        last_version = @version, moved_at = @at, moved = @position where thread = @thread
                    """,
                    new
                    {
                        thread,
                        post = e.Post.Value,
                        by = e.By.DisplayName,
                        excerpt = ExcerptOf(e.Body),
                        version = recorded.Version,
                        at = recorded.Time.ToUnixTimeMilliseconds(),
                        position = recorded.Position,
                    });
                TakePart(recorded.Actor.Member?.Value);
                batch.Run("insert into thread_posts (thread, version, author, post, said_by) values (@thread, @version, @author, @post, @by)",
                    new { thread, version = recorded.Version, author = recorded.Actor.Member?.Value ?? "", post = e.Post.Value, by = e.By.DisplayName });
                Mention(e.Post, e.Body, e.Mentions);
                break;

            case ThreadEvent.Edited e:
                batch.Run("update threads_list set last_excerpt = @excerpt where thread = @thread and last_post = @post",
                    new { thread, post = e.Post.Value, excerpt = ExcerptOf(e.Body) });
                batch.Run("update thread_mentions set excerpt = @excerpt where thread = @thread and post = @post",
                    new { thread, post = e.Post.Value, excerpt = ExcerptOf(e.Body) });
                Mention(e.Post, e.Body, e.Mentions);
                break;

            case ThreadEvent.Withdrawn e:
                Remove(e.Post, 1);
                break;
            case ThreadEvent.Hidden e:
                Remove(e.Post, 1);
                break;
            case ThreadEvent.Unhidden e:
                Remove(e.Post, 0);
                break;

            case ThreadEvent.Closed:
                batch.Run("update threads_list set closed = 1 where thread = @thread", new { thread });
                break;
            case ThreadEvent.Reopened:
                batch.Run("update threads_list set closed = 0 where thread = @thread", new { thread });
                break;

            case ThreadEvent.Agreed or ThreadEvent.AgreementTakenBack or ThreadEvent.Pinned or ThreadEvent.Unpinned:
                return;   // no list shows them

            default:
                throw new UnreachableException($"The list of threads doesn't know {happened.GetType().Name}.");
        }

        batch.Touch("all");
        batch.TouchFound(
            """
            select 'group/' || group_slug from threads_list where thread = @key
            union all select 'bill/' || bill from threads_list where thread = @key and bill is not null
            union all select 'member/' || member from thread_people where thread = @key
            """, thread);

        void TakePart(string? member) =>
            batch.Run("insert into thread_people (thread, member) values (@thread, @member) on conflict (thread, member) do nothing", new { thread, member });

        void Mention(PostId post, string body, ImmutableArray<Mention> mentions)
        {
            foreach (var mention in mentions)
            {
                TakePart(mention.Member.Value);
                batch.Run(
                    """
                    insert into thread_mentions (member, thread, post, version, said_by, excerpt, said_at)
                    select @member, @thread, @post, @version, said_by, @excerpt, @at from thread_posts where thread = @thread and post = @post
                    on conflict (member, thread, post) do nothing
                    """,
                    new
                    {
                        member = mention.Member.Value,
                        thread,
                        post = post.Value,
                        version = recorded.Version,
                        excerpt = ExcerptOf(body),
                        at = recorded.Time.ToUnixTimeMilliseconds(),
                    });
            }
        }

        void Remove(PostId post, int removed)
        {
            batch.Run("update threads_list set last_removed = @removed where thread = @thread and last_post = @post", new { thread, post = post.Value, removed });
            batch.Run("update thread_mentions set removed = @removed where thread = @thread and post = @post", new { thread, post = post.Value, removed });
        }
    }

    /// <summary>The start of a post's words on one line.</summary>
    internal static string ExcerptOf(string body)
    {
        var line = PostWords.Plain(body);
        if (line.Length <= MaxExcerptLength)
            return line;
        var end = char.IsHighSurrogate(line[MaxExcerptLength - 2]) ? MaxExcerptLength - 2 : MaxExcerptLength - 1;
        return $"{line[..end]}…";
    }
}
