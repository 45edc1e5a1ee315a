using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>What other slices may know of a thread: where it stands, what it is called and who may read it.</summary>
[GenerateSerializer, Immutable, Alias("threads.fact")]
public sealed record ThreadFact(GroupId Group, BillId? Bill, string Title, Readers Readers) : Fact;

/// <summary>A thread, as deciding needs it. Bodies aren't here; rules read only their lengths.</summary>
[GenerateSerializer, Alias("threads.state")]
public abstract record DiscussionThread
{
    private DiscussionThread() { }

    [GenerateSerializer, Immutable, Alias("threads.state.unopened")]
    public sealed record Unopened : DiscussionThread;

    [GenerateSerializer, Immutable, Alias("threads.state.open")]
    public sealed record Open(ThreadBook Book) : DiscussionThread;

    [GenerateSerializer, Immutable, Alias("threads.state.closed")]
    public sealed record Closed(ThreadBook Book) : DiscussionThread;
}

/// <summary>What an opened thread keeps, open or closed. Posts and pins by post id.</summary>
[GenerateSerializer, Immutable, Alias("threads.state.book")]
public sealed record ThreadBook(ThreadFact About, ImmutableDictionary<string, Entry> Posts, ImmutableHashSet<string> Pins)
{
    public Entry? this[PostId id] => id.Value is { } key && Posts.TryGetValue(key, out var entry) ? entry : null;
}

/// <summary>A post, as deciding needs it: the length of each revision, and who agrees.</summary>
[GenerateSerializer, Immutable, Alias("threads.state.entry")]
public sealed record Entry(MemberId Author, bool IsReply, ImmutableArray<int> Lengths, PostState State, ImmutableHashSet<string> Agreed);

[GenerateSerializer, Alias("threads.state.post")]
public enum PostState
{
    Standing = 0,
    Hidden = 1,
    Withdrawn = 2,
}

/// <summary>The rules of a thread: who reads and writes (<see cref="ThreadRights"/>), and the limits of everything that grows.</summary>
public sealed class ThreadDecider : IDecider<DiscussionThread, ThreadCommand, ThreadEvent>
{
    /// <summary>A post of two thousand words, in UTF-16 units, as a browser's writing box counts.</summary>
    public const int MaxBodyLength = 10_000;

    /// <summary>Ten times the longest debate of a session; the state of so many posts is a few megabytes.</summary>
    public const int MaxPosts = 10_000;

    /// <summary>Two lines on a phone.</summary>
    public const int MaxTitleLength = 160;

    /// <summary>A quote is a sentence or two; a whole post is linked.</summary>
    public const int MaxQuoteLength = 300;

    /// <summary>Each mention is a fact to read and a person to notify; whoever means all writes to all.</summary>
    public const int MaxMentions = 10;

    /// <summary>Every revision stays readable on the page.</summary>
    public const int MaxEdits = 50;

    /// <summary>The largest division has some 450 officials; a policy committee about 60 (DOMAIN §1).</summary>
    public const int MaxAgreements = 1_000;

    /// <summary>What is pinned stands above everything else on every screen.</summary>
    public const int MaxPins = 5;

    /// <summary>A sentence or two, shown in the hidden post's place.</summary>
    public const int MaxReasonLength = 300;

    public static DiscussionThread Initial => new DiscussionThread.Unopened();
    public static int FoldVersion => 1;

    public static Decision<ThreadEvent> Decide(DiscussionThread state, ThreadCommand command, Circumstances given) =>
        given.Actor is Actor.Person person ? Decide(state, command, person, given) : ThreadRefusals.OnlyPeople;

    private static Decision<ThreadEvent> Decide(DiscussionThread state, ThreadCommand command, Actor.Person by, Circumstances given) =>
        (state, command) switch
        {
            (DiscussionThread.Unopened, ThreadCommand.Open c) => Open(c, by, given),
            (DiscussionThread.Unopened, _) => ThreadRefusals.NoSuchThread,
            (_, _) when !ThreadRights.MayRead(by.Standing, BookOf(state).About.Group, BookOf(state).About.Readers) => ThreadRefusals.NoSuchThread,
            (_, ThreadCommand.Open) => ThreadRefusals.AlreadyOpened,
            (_, _) when !ThreadRights.MayWrite(by.Standing, BookOf(state).About.Group) => ThreadRefusals.NoSeat,

            (_, ThreadCommand.Close or ThreadCommand.Reopen or ThreadCommand.Pin or ThreadCommand.Unpin)
                when !ThreadRights.MayChair(by.Standing, BookOf(state).About.Group) => ThreadRefusals.OnlyTheChair,
            (_, ThreadCommand.Hide or ThreadCommand.Unhide)
                when !ThreadRights.MayHide(by.Standing, BookOf(state).About.Group) => ThreadRefusals.OnlyChairOrStaff,

            (DiscussionThread.Open t, ThreadCommand.Close) => new ThreadEvent.Closed(Line(t.Book, by)),
            (DiscussionThread.Closed, ThreadCommand.Close) => Decision<ThreadEvent>.Accept(),
            (DiscussionThread.Closed t, ThreadCommand.Reopen) => new ThreadEvent.Reopened(Line(t.Book, by)),
            (DiscussionThread.Open, ThreadCommand.Reopen) => Decision<ThreadEvent>.Accept(),

            (_, ThreadCommand.Pin c) => Pin(BookOf(state), c, by),
            (_, ThreadCommand.Unpin c) => Unpin(BookOf(state), c, by),
            (_, ThreadCommand.Hide c) => Hide(BookOf(state), c, by),
            (_, ThreadCommand.Unhide c) => Unhide(BookOf(state), c, by),

            (DiscussionThread.Closed, _) => ThreadRefusals.NotOpen,

            (DiscussionThread.Open t, ThreadCommand.Post c) => Post(t.Book, c, by, given),
            (DiscussionThread.Open t, ThreadCommand.Edit c) => Edit(t.Book, c, by, given),
            (DiscussionThread.Open t, ThreadCommand.Withdraw c) => Withdraw(t.Book, c, by),
            (DiscussionThread.Open t, ThreadCommand.Agree c) => Agree(t.Book, c, by, given),
            (DiscussionThread.Open t, ThreadCommand.TakeBackAgreement c) => TakeBackAgreement(t.Book, c, by),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static DiscussionThread Fold(DiscussionThread state, Recorded<ThreadEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (DiscussionThread.Unopened, ThreadEvent.Opened e) => new DiscussionThread.Open(new ThreadBook(
                new ThreadFact(e.Group, e.Bill, e.Title, e.Readers),
                ImmutableDictionary.Create<string, Entry>(StringComparer.Ordinal), ImmutableHashSet.Create<string>(StringComparer.Ordinal))),

            (DiscussionThread.Open t, ThreadEvent.Posted e) => t with
            {
                Book = t.Book with
                {
                    Posts = t.Book.Posts.Add(e.Post.Value, new Entry(AuthorOf(recorded), e.InReplyTo is not null, [e.Body.Length], PostState.Standing,
                        ImmutableHashSet.Create<string>(StringComparer.Ordinal))),
                },
            },
            (DiscussionThread.Open t, ThreadEvent.Edited e) => With(t, e.Post, entry => entry with { Lengths = entry.Lengths.Add(e.Body.Length) }),
            (DiscussionThread.Open t, ThreadEvent.Withdrawn e) => WithState(t, e.Post, PostState.Withdrawn),
            (DiscussionThread.Open t, ThreadEvent.Agreed e) => With(t, e.Post, entry => entry with { Agreed = entry.Agreed.Add(AuthorOf(recorded).Value) }),
            (DiscussionThread.Open t, ThreadEvent.AgreementTakenBack e) => With(t, e.Post, entry => entry with { Agreed = entry.Agreed.Remove(AuthorOf(recorded).Value) }),

            (DiscussionThread.Open t, ThreadEvent.Closed) => new DiscussionThread.Closed(t.Book),
            (DiscussionThread.Closed t, ThreadEvent.Reopened) => new DiscussionThread.Open(t.Book),

            (not DiscussionThread.Unopened, ThreadEvent.Pinned e) => WithBook(state, BookOf(state) with { Pins = BookOf(state).Pins.Add(e.Post.Value) }),
            (not DiscussionThread.Unopened, ThreadEvent.Unpinned e) => WithBook(state, BookOf(state) with { Pins = BookOf(state).Pins.Remove(e.Post.Value) }),
            (not DiscussionThread.Unopened, ThreadEvent.Hidden e) => WithState(state, e.Post, PostState.Hidden),
            (not DiscussionThread.Unopened, ThreadEvent.Unhidden e) => WithState(state, e.Post, PostState.Standing),

            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(DiscussionThread state) => state is DiscussionThread.Unopened ? null : BookOf(state).About;

    private static Decision<ThreadEvent> Open(ThreadCommand.Open c, Actor.Person by, Circumstances given)
    {
        var title = PlainText.Line(c.Title);
        var bill = c.Bill is { } id ? given.Fact<BillFact>(id.Stream) : null;
        return given.Fact<GroupFact>(c.Group.Stream) is not { HasEnded: false } group ? ThreadRefusals.NoSuchGroup
            : !ThreadRights.MayWrite(by.Standing, c.Group) ? ThreadRefusals.NoSeat
            : c.Bill is not null && bill is null ? ThreadRefusals.NoSuchBill
            : title.Length > MaxTitleLength || PlainText.IsBlank(title) ? ThreadRefusals.BadTitle
            : new ThreadEvent.Opened(Byline.Of(by.Standing, c.Group), c.Group, group.Name, c.Bill, bill?.Number, title, c.Readers);
    }

    private static Decision<ThreadEvent> Post(ThreadBook book, ThreadCommand.Post c, Actor.Person by, Circumstances given)
    {
        var body = PlainText.Lines(c.Body);
        return !c.Id.IsAcceptable ? ThreadRefusals.BadPostId
            : book[c.Id] is not null ? ThreadRefusals.PostIdTaken
            : book.Posts.Count >= MaxPosts ? ThreadRefusals.Full
            : c.InReplyTo is { } parent && book[parent] is null ? ThreadRefusals.UnknownParent
            : c.InReplyTo is { } first && book[first] is { IsReply: true } ? ThreadRefusals.ReplyToReply
            : c.Quote is { } quote && !IsQuotable(book, quote) ? ThreadRefusals.BadQuote
            : c.Stance != Stance.None && ThreadRights.TakeStance.Against(by.Standing.To(book.About.Group)) is { } noStance ? noStance
            : Unacceptable(book, body, c.Mentions, given) is { } refusal ? refusal
            : AnswersFellow(given, [.. Authors(book, c.InReplyTo, c.Quote?.Of), .. c.Mentions.IsDefault ? [] : c.Mentions]) is { } held ? held
            : new ThreadEvent.Posted(c.Id, Line(book, by), c.Stance, c.InReplyTo, c.Quote, body, Mentioned(c.Mentions, given));
    }

    private static Decision<ThreadEvent> Edit(ThreadBook book, ThreadCommand.Edit c, Actor.Person by, Circumstances given)
    {
        var body = PlainText.Lines(c.Body);
        return Unchangeable(book[c.Id], by) is { } refusal ? refusal
            : book[c.Id]!.Lengths.Length > MaxEdits ? ThreadRefusals.TooManyEdits
            : Unacceptable(book, body, c.Mentions, given) is { } textRefusal ? textRefusal
            : AnswersFellow(given, c.Mentions.IsDefault ? [] : c.Mentions) is { } held ? held
            : new ThreadEvent.Edited(c.Id, body, Mentioned(c.Mentions, given));
    }

    private static Decision<ThreadEvent> Withdraw(ThreadBook book, ThreadCommand.Withdraw c, Actor.Person by) =>
        book[c.Id] is { State: PostState.Withdrawn } gone && gone.Author == by.Member ? Decision<ThreadEvent>.Accept()
        : Unchangeable(book[c.Id], by) is { } refusal ? refusal
        : new ThreadEvent.Withdrawn(c.Id);

    private static Decision<ThreadEvent> Agree(ThreadBook book, ThreadCommand.Agree c, Actor.Person by, Circumstances given) =>
        book[c.Id] switch
        {
            null => ThreadRefusals.NoSuchPost,
            { State: PostState.Hidden } => ThreadRefusals.PostHidden,
            { State: PostState.Withdrawn } => ThreadRefusals.PostWithdrawn,
            var post when post.Author == by.Member => ThreadRefusals.OwnPost,
            var post when post.Agreed.Contains(by.Member.Value) => Decision<ThreadEvent>.Accept(),
            { Agreed.Count: >= MaxAgreements } => ThreadRefusals.TooManyAgreements,
            var post when AnswersFellow(given, [post.Author]) is { } held => held,
            _ => new ThreadEvent.Agreed(c.Id, Line(book, by)),
        };

    /// <summary>One may take back an agreement whatever became of the post.</summary>
    private static Decision<ThreadEvent> TakeBackAgreement(ThreadBook book, ThreadCommand.TakeBackAgreement c, Actor.Person by) =>
        book[c.Id] switch
        {
            null => ThreadRefusals.NoSuchPost,
            var post when !post.Agreed.Contains(by.Member.Value) => Decision<ThreadEvent>.Accept(),
            _ => new ThreadEvent.AgreementTakenBack(c.Id),
        };

    private static Decision<ThreadEvent> Pin(ThreadBook book, ThreadCommand.Pin c, Actor.Person by) =>
        book[c.Id] switch
        {
            null => ThreadRefusals.NoSuchPost,
            _ when book.Pins.Contains(c.Id.Value) => Decision<ThreadEvent>.Accept(),
            { State: PostState.Hidden } => ThreadRefusals.PostHidden,
            { State: PostState.Withdrawn } => ThreadRefusals.PostWithdrawn,
            _ when book.Pins.Count >= MaxPins => ThreadRefusals.TooManyPins,
            _ => new ThreadEvent.Pinned(c.Id, Line(book, by)),
        };

    private static Decision<ThreadEvent> Unpin(ThreadBook book, ThreadCommand.Unpin c, Actor.Person by) =>
        book[c.Id] is null ? ThreadRefusals.NoSuchPost
        : !book.Pins.Contains(c.Id.Value) ? Decision<ThreadEvent>.Accept()
        : new ThreadEvent.Unpinned(c.Id, Line(book, by));

    private static Decision<ThreadEvent> Hide(ThreadBook book, ThreadCommand.Hide c, Actor.Person by)
    {
        var reason = PlainText.Line(c.Reason);
        return book[c.Id] switch
        {
            null => ThreadRefusals.NoSuchPost,
            { State: PostState.Withdrawn } => ThreadRefusals.PostWithdrawn,
            { State: PostState.Hidden } => ThreadRefusals.AlreadyHidden,
            _ when reason.Length > MaxReasonLength || PlainText.IsBlank(reason) => ThreadRefusals.BadReason,
            _ => new ThreadEvent.Hidden(c.Id, Line(book, by), reason),
        };
    }

    private static Decision<ThreadEvent> Unhide(ThreadBook book, ThreadCommand.Unhide c, Actor.Person by) =>
        book[c.Id] switch
        {
            null => ThreadRefusals.NoSuchPost,
            { State: PostState.Hidden } => new ThreadEvent.Unhidden(c.Id, Line(book, by)),
            _ => Decision<ThreadEvent>.Accept(),
        };

    /// <summary>Why this person may not change this post, if so.</summary>
    private static Refusal? Unchangeable(Entry? post, Actor.Person by) => post switch
    {
        null => ThreadRefusals.NoSuchPost,
        _ when ThreadRights.ChangePost.Against(post.Author == by.Member ? ActorKinds.Oneself : ActorKinds.Nobody) is { } refusal => refusal,
        { State: PostState.Hidden } => ThreadRefusals.PostHidden,
        { State: PostState.Withdrawn } => ThreadRefusals.PostWithdrawn,
        _ => null,
    };

    /// <summary>What stands against answering these people, if one of them sits on the actor's own council (DOMAIN §4).</summary>
    private static Refusal? AnswersFellow(Circumstances given, ImmutableArray<MemberId> answered)
    {
        foreach (var member in answered)
        {
            if (given.IsFellow(member, out var warns))
            {
                return warns ? ThreadRefusals.AnswersFellowWarning : ThreadRefusals.AnswersFellow;
            }
        }

        return null;
    }

    private static IEnumerable<MemberId> Authors(ThreadBook book, params IEnumerable<PostId?> posts) =>
        posts.OfType<PostId>().Select(post => book[post]).OfType<Entry>().Select(entry => entry.Author);

    /// <summary>What stands against a text and its mentions, if anything.</summary>
    private static Refusal? Unacceptable(ThreadBook book, string body, ImmutableArray<MemberId> mentions, Circumstances given) =>
        body.Length > MaxBodyLength ? ThreadRefusals.BodyTooLong
        : PlainText.IsBlank(body) ? ThreadRefusals.EmptyBody
        : mentions.IsDefaultOrEmpty ? null
        : mentions.Length > MaxMentions ? ThreadRefusals.TooManyMentions
        : mentions.Any(m => given.Fact<MemberFact>(m.Stream) is not { } fact || !ThreadRights.MayRead(fact.Standing, book.About.Group, book.About.Readers))
            ? ThreadRefusals.MentionCannotRead
        : Mentioned(mentions, given).Any(m => !body.Contains("@" + m.Name, StringComparison.Ordinal)) ? ThreadRefusals.MentionNotInText
        : null;

    private static ImmutableArray<Mention> Mentioned(ImmutableArray<MemberId> mentions, Circumstances given) =>
        mentions.IsDefaultOrEmpty ? [] : [.. mentions.Distinct().Select(m => new Mention(m, PlainText.Line(given.Fact<MemberFact>(m.Stream)!.Standing.DisplayName)))];

    private static bool IsQuotable(ThreadBook book, Quote quote) =>
        book[quote.Of] is { State: PostState.Standing } post
        && quote.Revision >= 0 && quote.Revision < post.Lengths.Length
        && quote is { Start: >= 0, Length: >= 1 and <= MaxQuoteLength }
        && quote.Start <= post.Lengths[quote.Revision] - quote.Length;

    private static Byline Line(ThreadBook book, Actor.Person by) => Byline.Of(by.Standing, book.About.Group);

    private static ThreadBook BookOf(DiscussionThread state) => state switch
    {
        DiscussionThread.Open t => t.Book,
        DiscussionThread.Closed t => t.Book,
        _ => throw new UnreachableException("A thread that nobody opened keeps nothing."),
    };

    private static DiscussionThread WithBook(DiscussionThread state, ThreadBook book) => state switch
    {
        DiscussionThread.Open t => t with { Book = book },
        DiscussionThread.Closed t => t with { Book = book },
        _ => throw new UnreachableException("A thread that nobody opened keeps nothing."),
    };

    private static DiscussionThread With(DiscussionThread state, PostId id, Func<Entry, Entry> change)
    {
        var book = BookOf(state);
        return WithBook(state, book with { Posts = book.Posts.SetItem(id.Value, change(book.Posts[id.Value])) });
    }

    private static DiscussionThread WithState(DiscussionThread state, PostId id, PostState to) =>
        With(state, id, entry => entry with { State = to });

    private static MemberId AuthorOf(Recorded<ThreadEvent> recorded) =>
        recorded.Actor.Member ?? throw new UnreachableException("A thread's events are all acts of a person.");
}
