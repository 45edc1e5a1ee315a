using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>
/// What pages show of a thread. Posts stand in order of writing; a post's number is its place from 1. For pages it comes through
/// <see cref="ThreadSight"/>, which puts posts without their words where a viewer may not read them.
/// </summary>
public sealed record ThreadView : IView<ThreadView, ThreadEvent>
{
    private ThreadView(ThreadId id) => Id = id;

    public ThreadId Id { get; }

    /// <summary>The stream's version that this view has folded.</summary>
    public long Version { get; private init; }

    /// <summary>Null before the thread is opened.</summary>
    public ThreadHead? Head { get; private init; }

    /// <summary>Who closed it and when; null while it is open.</summary>
    public ThreadClosing? Closing { get; private init; }

    public ImmutableList<PostView> Posts { get; private init; } = [];

    /// <summary>Pinned posts, first pinned first.</summary>
    public ImmutableArray<PostId> Pins { get; private init; } = [];

    /// <summary>Each member's latest stance, by member id; a post without one changes nothing, a withdrawn one no longer counts.</summary>
    public ImmutableSortedDictionary<string, MemberStance> Stances { get; private init; } = ImmutableSortedDictionary.Create<string, MemberStance>(StringComparer.Ordinal);

    /// <summary>The posts as everyone who reads the thread sees them: the same list until one is hidden or withdrawn.</summary>
    internal ImmutableList<PostView> PostsForAll { get; private init; } = [];

    private ImmutableDictionary<string, int> Places { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    public static ThreadView Blank(StreamId stream) => new(new ThreadId(stream.Key));

    /// <summary>A post by id, or null.</summary>
    public PostView? Find(PostId id) => id.Value is { } key && Places.TryGetValue(key, out var place) ? Posts[place] : null;

    /// <summary>The words a quote names; null when the quoted post is hidden or withdrawn now (from this viewer).</summary>
    public string? Excerpt(Quote quote)
    {
        if (Find(quote.Of) is not { State: PostState.Standing } post || quote.Revision >= post.Revisions.Length)
        {
            return null;
        }

        var body = post.Revisions[quote.Revision].Body;
        var (start, end) = (quote.Start, quote.Start + quote.Length);
        start += start < body.Length && char.IsLowSurrogate(body[start]) ? 1 : 0;      // never half a character
        end -= end < body.Length && char.IsLowSurrogate(body[end]) ? 1 : 0;
        return start < end ? body[start..end] : null;
    }

    /// <summary>How many members hold a stance now.</summary>
    public int Count(Stance stance) => Stances.Values.Count(held => held.Stance == stance);

    public static ThreadView Fold(ThreadView view, Recorded<ThreadEvent> recorded)
    {
        var next = recorded.Event switch
        {
            ThreadEvent.Opened e => view with
            {
                Head = new ThreadHead(e.Title, e.Group, e.GroupName, e.Bill, e.BillNumber, e.Readers, Author(recorded), e.By, recorded.Time),
            },
            ThreadEvent.Posted e => Posted(view, e, recorded),
            ThreadEvent.Edited e => view.With(e.Post, post => post with { Revisions = post.Revisions.Add(new Revision(recorded.Time, e.Body, e.Mentions)) }),
            ThreadEvent.Withdrawn e => Withdrawn(view, e, recorded),
            ThreadEvent.Agreed e => view.With(e.Post, post => post with { Agreements = post.Agreements.Add(new Agreement(Author(recorded), e.By)) }),
            ThreadEvent.AgreementTakenBack e => view.With(e.Post, post => post with
            {
                Agreements = post.Agreements.RemoveAll(agreement => agreement.Member == Author(recorded)),
            }),
            ThreadEvent.Closed e => view with { Closing = new ThreadClosing(e.By, recorded.Time) },
            ThreadEvent.Reopened => view with { Closing = null },
            ThreadEvent.Pinned e => view with { Pins = view.Pins.Add(e.Post) },
            ThreadEvent.Unpinned e => view with { Pins = view.Pins.Remove(e.Post) },
            ThreadEvent.Hidden e => view.With(e.Post, post => post with { State = PostState.Hidden, Removal = new Removal(e.By, recorded.Time, e.Reason) }),
            ThreadEvent.Unhidden e => view.With(e.Post, post => post with { State = PostState.Standing, Removal = null }),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} is shown nowhere."),
        };
        return next with { Version = recorded.Version };
    }

    /// <summary>The view with the words of hidden and withdrawn posts left to these authors alone (null: to all who wrote them).</summary>
    internal ThreadView CutFor(MemberId viewer)
    {
        if (ReferenceEquals(Posts, PostsForAll))
        {
            return this;
        }

        var posts = PostsForAll;
        foreach (var key in Removed.Where(key => Posts[Places[key]].Author == viewer))
        {
            posts = posts.SetItem(Places[key], Posts[Places[key]]);
        }

        return this with { Posts = posts, PostsForAll = posts };
    }

    /// <summary>The ids of posts whose words only some may read.</summary>
    private ImmutableHashSet<string> Removed { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private static ThreadView Posted(ThreadView view, ThreadEvent.Posted e, Recorded<ThreadEvent> recorded)
    {
        var post = new PostView(e.Post, view.Posts.Count + 1, recorded.Version, Author(recorded), e.By, recorded.Time, e.Stance, e.InReplyTo, e.Quote,
            PostState.Standing, null, [new Revision(recorded.Time, e.Body, e.Mentions)], []);
        var same = ReferenceEquals(view.Posts, view.PostsForAll);
        var posts = view.Posts.Add(post);
        return view with
        {
            Posts = posts,
            PostsForAll = same ? posts : view.PostsForAll.Add(post),
            Places = view.Places.Add(e.Post.Value, view.Posts.Count),
            Stances = e.Stance == Stance.None ? view.Stances : view.Stances.SetItem(post.Author.Value, new MemberStance(e.Stance, e.By, e.Post)),
        };
    }

    private static ThreadView Withdrawn(ThreadView view, ThreadEvent.Withdrawn e, Recorded<ThreadEvent> recorded)
    {
        var author = Author(recorded);
        var next = view.With(e.Post, post => post with { State = PostState.Withdrawn, Removal = new Removal(post.By, recorded.Time, null) });
        if (!view.Stances.TryGetValue(author.Value, out var held) || held.Post != e.Post)
        {
            return next;
        }

        var latest = next.Posts.FindLast(post => post.Author == author && post.Stance != Stance.None && post.State != PostState.Withdrawn);
        return next with
        {
            Stances = latest is null ? next.Stances.Remove(author.Value) : next.Stances.SetItem(author.Value, new MemberStance(latest.Stance, latest.By, latest.Id)),
        };
    }

    private ThreadView With(PostId id, Func<PostView, PostView> change)
    {
        var place = Places[id.Value];
        var post = change(Posts[place]);
        var removed = post.State == PostState.Standing ? Removed.Remove(id.Value) : Removed.Add(id.Value);
        var posts = Posts.SetItem(place, post);
        return this with
        {
            Posts = posts,
            PostsForAll = removed.IsEmpty ? posts : PostsForAll.SetItem(place, post.State == PostState.Standing ? post : post.WithoutWords()),
            Removed = removed,
        };
    }

    private static MemberId Author(Recorded<ThreadEvent> recorded) =>
        recorded.Actor.Member ?? throw new UnreachableException("A thread's events are all acts of a person.");
}

/// <summary>What a thread is about, and who opened it.</summary>
public sealed record ThreadHead(
    string Title, GroupId Group, string GroupName, BillId? Bill, string? BillNumber, Readers Readers, MemberId OpenedBy, Byline By, DateTimeOffset At);

public sealed record ThreadClosing(Byline By, DateTimeOffset At);

/// <summary>
/// A post. Version is the stream's when it was written (unread marks count by it). Revisions: the first text, then each edit; none when this
/// viewer may not read them. Removal says by whom, when and (hidden, not withdrawn) why its words are gone from the page.
/// </summary>
public sealed record PostView(
    PostId Id, int Number, long Version, MemberId Author, Byline By, DateTimeOffset At, Stance Stance, PostId? InReplyTo, Quote? Quote,
    PostState State, Removal? Removal, ImmutableArray<Revision> Revisions, ImmutableArray<Agreement> Agreements)
{
    /// <summary>The present text; null when this viewer may not read it.</summary>
    public Revision? Text => Revisions.IsEmpty ? null : Revisions[^1];

    internal PostView WithoutWords() => this with { Revisions = [], Quote = null };
}

/// <summary>A text as it stood from a time on.</summary>
public sealed record Revision(DateTimeOffset At, string Body, ImmutableArray<Mention> Mentions);

public sealed record Agreement(MemberId Member, Byline By);

/// <summary>Hidden by someone with a reason, or withdrawn by its author without one.</summary>
public sealed record Removal(Byline By, DateTimeOffset At, string? Reason);

/// <summary>A member's latest stance and the post that says it.</summary>
public sealed record MemberStance(Stance Stance, Byline By, PostId Post);
