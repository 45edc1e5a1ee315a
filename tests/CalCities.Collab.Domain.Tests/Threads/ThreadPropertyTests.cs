using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CsCheck;
using static CalCities.Collab.Threads.ThreadPast;

namespace CalCities.Collab.Threads;

using FakeThread = FakeAggregate<ThreadDecider, DiscussionThread, ThreadCommand, ThreadEvent>;

/// <summary>Random acts of everyone around a committee on a few posts; every post's words start with "words-" and its id.</summary>
public sealed class ThreadPropertyTests
{
    private static readonly Gen<PostId> AnyPost = Gen.Int[1, 6].Select(i => new PostId($"p{i}"));
    private static readonly Gen<Actor.Person> Anyone = OneOf([.. Everyone, Chair, Author, Neighbour, Staff]);
    private static readonly Gen<Stance> AnyStance = Gen.Enum<Stance>();

    private static readonly Gen<Quote?> AnyQuote = Gen.OneOf(
        Gen.Const((Quote?)null), Gen.Select(AnyPost, Gen.Int[0, 1], Gen.Int[0, 4], Gen.Int[1, 8], (of, revision, start, length) => (Quote?)new Quote(of, revision, start, length)));

    private static readonly Gen<PostId?> AnyParent = Gen.OneOf(Gen.Const((PostId?)null), AnyPost.Select(id => (PostId?)id));

    private static readonly Gen<ImmutableArray<MemberId>> AnyMentions =
        OneOf(Everyone).Array[0, 2].Select(people => people.Select(p => p.Member).ToImmutableArray());

    private static readonly Gen<ThreadCommand> AnyCommand = Gen.Frequency(
        (1, Gen.Enum<Readers>().Select(readers => (ThreadCommand)new ThreadCommand.Open(Eq, Sb54, "t", readers))),
        (8, Gen.Select(AnyPost, AnyParent, AnyQuote, AnyStance, AnyMentions, (id, parent, quote, stance, mentions) =>
            (ThreadCommand)new ThreadCommand.Post(id, parent, quote, stance, Words(id, mentions), mentions))),
        (3, Gen.Select(AnyPost, AnyMentions, (id, mentions) => (ThreadCommand)new ThreadCommand.Edit(id, Words(id, mentions) + " again", mentions))),
        (2, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Withdraw(id))),
        (3, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Agree(id))),
        (1, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.TakeBackAgreement(id))),
        (1, Gen.Const((ThreadCommand)new ThreadCommand.Close())),
        (3, Gen.Const((ThreadCommand)new ThreadCommand.Reopen())),
        (2, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Pin(id))),
        (1, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Unpin(id))),
        (2, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Hide(id, "why"))),
        (1, AnyPost.Select(id => (ThreadCommand)new ThreadCommand.Unhide(id))));

    private static readonly Gen<FakeThread> AnyPast = Gen.Select(Anyone, AnyCommand).Array[5, 60]
        .Select(acts => acts.Aggregate(Nothing, (thread, act) => thread.When(act.Item2, act.Item1).After));

    [Fact]
    public void Whatever_is_decided_can_be_folded_by_the_rules_and_by_the_view() =>
        AnyPast.Sample(thread =>
        {
            Assert.Equal(thread.Log.Length, thread.View().Version);
            Assert.All(thread.Log, recorded => Assert.NotNull(recorded.Actor.Member));
        });

    [Fact]
    public void The_view_and_the_rules_agree_on_every_post() =>
        AnyPast.Where(thread => thread.State is not DiscussionThread.Unopened).Sample(thread =>
        {
            var view = thread.View();
            var (book, open) = thread.State switch
            {
                DiscussionThread.Open t => (t.Book, true),
                DiscussionThread.Closed t => (t.Book, false),
                _ => throw new InvalidOperationException("opened, by the filter above"),
            };
            Assert.Equal(open, view.Closing is null);
            Assert.Equal(book.Pins.Order(), view.Pins.Select(p => p.Value).Order());
            Assert.Equal(book.Posts.Count, view.Posts.Count);
            Assert.Equal(Enumerable.Range(1, view.Posts.Count), view.Posts.Select(p => p.Number));
            Assert.Equal(view.Posts.Select(p => p.Version).Order(), view.Posts.Select(p => p.Version));
            foreach (var post in view.Posts)
            {
                var entry = book[post.Id]!;
                Assert.Equal((entry.Author, entry.State, entry.IsReply), (post.Author, post.State, post.InReplyTo is not null));
                Assert.Equal(entry.Lengths, post.Revisions.Select(r => r.Body.Length));
                Assert.Equal(entry.Agreed.Order(), post.Agreements.Select(a => a.Member.Value).Order());
                Assert.DoesNotContain(post.Agreements, a => a.Member == post.Author);
                Assert.Equal(post.State == PostState.Standing, post.Removal is null);
                Assert.True(post.InReplyTo is not { } parent || view.Find(parent)!.InReplyTo is null);
            }
        });

    [Fact]
    public void Each_member_s_latest_stance_counts_once_and_nothing_else_does() =>
        AnyPast.Sample(thread =>
        {
            var view = thread.View();
            var expected = view.Posts.Where(p => p.Stance != Stance.None && p.State != PostState.Withdrawn)
                .GroupBy(p => p.Author.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Stance, StringComparer.Ordinal);
            Assert.Equal(expected.OrderBy(p => p.Key, StringComparer.Ordinal), view.Stances.Select(p => KeyValuePair.Create(p.Key, p.Value.Stance)));
        });

    [Fact]
    public void Nobody_sees_the_words_of_a_removed_post_but_its_author_and_the_clerk_nor_an_outsider_anything_of_a_private_thread() =>
        AnyPast.Sample(thread =>
        {
            var view = thread.View();
            foreach (var person in Everyone)
            {
                var seen = ThreadSight.For(Viewer(person), view);
                var mayRead = view.Head is { } head && (head.Readers == Readers.AllMembers || person.Standing is { Duty: Duty.Staff or Duty.Clerk }
                    || (person.Standing.Duty is not (Duty.Admin or Duty.Follower) && person.Standing.RoleIn(new GroupId("eq")) is not (null or Role.Guest)));
                Assert.Equal(mayRead, seen is not null);

                foreach (var removed in view.Posts.Where(p => p.State != PostState.Standing))
                {
                    var reads = mayRead && (removed.Author == person.Member || person.Standing.Duty == Duty.Clerk || person.Standing.RoleIn(new GroupId("eq")) == Role.Clerk);
                    Assert.Equal(reads, seen is not null && Everything(seen).Contains("words-" + removed.Id.Value, StringComparison.Ordinal));
                    Assert.Equal(reads, thread.Log.Select(recorded => ThreadSight.For(Viewer(person), view, recorded))
                        .Any(recorded => recorded is not null && Kinds.Write(recorded.Event).Contains("words-" + removed.Id.Value, StringComparison.Ordinal)));
                }
            }
        });

    [Fact]
    public void What_follows_from_a_stream_is_the_same_wherever_one_begins_to_look() =>
        Gen.Select(AnyPast, Gen.Double.Unit).Sample((thread, share) =>
        {
            var cut = (int)(thread.Log.Length * share);
            var early = thread.Log[..cut].Aggregate(ThreadView.Blank(thread.Stream), ThreadView.Fold);
            _ = Everyone.Select(person => ThreadSight.For(Viewer(person), early)).ToArray();   // looking changes nothing
            var late = thread.Log[cut..].Aggregate(early, ThreadView.Fold);
            Assert.Equal(Everything(thread.View()), Everything(late));
            Assert.All(Everyone, person => Assert.Equal(Everything(ThreadSight.For(Viewer(person), thread.View())), Everything(ThreadSight.For(Viewer(person), late))));
        });

    private static Gen<Actor.Person> OneOf(ImmutableArray<Actor.Person> people) => Gen.Int[0, people.Length - 1].Select(i => people[i]);

    private static string Words(PostId id, ImmutableArray<MemberId> mentions) =>
        $"words-{id} {string.Join(' ', mentions.Select(m => "@" + Everyone.Single(p => p.Member == m).Standing.DisplayName))}";

    /// <summary>All that the view holds, let out or not, as text; and every excerpt.</summary>
    private static string Everything(ThreadView? view) => view is null ? "" :
        string.Join('\n', typeof(ThreadView).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.GetIndexParameters().Length == 0 && property.Name is not ("EqualityContract" or "Removed" or "Places"))   // sets of ids, in no order
            .Select(property => $"{property.Name} {JsonSerializer.Serialize(property.GetValue(view), Kinds.Json)}"))
        + string.Join('|', view.Posts.Select(p => p.Quote is { } quote ? view.Excerpt(quote) : ""));
}

/// <summary>What the log and the wire keep.</summary>
public sealed class ThreadKindsTests
{
    private static readonly Gen<string> AnyText = Gen.String.Where(text => text.EnumerateRunes().All(rune => rune.Value != 0xFFFD));

    public static ImmutableArray<ThreadEvent> EveryEvent =>
    [
        OpenedFor(Readers.GroupOnly),
        new ThreadEvent.Opened(Line(Staff), Eq, "Environmental Quality", null, null, "Work program", Readers.AllMembers),
        Says(Author, First, "**Rates** \"follow\" costs: \u00a742060, \ud83d\udd25\n@Mayor, Davis", Stance.IfAmended, Second, new Quote(Second, 1, 4, 20), new Mention(Chair.Member, "Mayor, Davis")),
        Says(Chair, Second, "a"),
        new ThreadEvent.Edited(First, "b", [new Mention(Chair.Member, "Mayor, Davis")]), new ThreadEvent.Withdrawn(First),
        new ThreadEvent.Agreed(First, Line(ViceChair)), new ThreadEvent.AgreementTakenBack(First),
        new ThreadEvent.Closed(Line(Chair)), new ThreadEvent.Reopened(Line(Chair)), new ThreadEvent.Pinned(First, Line(Chair)), new ThreadEvent.Unpinned(First, Line(Chair)),
        new ThreadEvent.Hidden(First, Line(Staff), "Names a private person"), new ThreadEvent.Unhidden(First, Line(Staff)),
    ];

    [Fact]
    public void Every_kind_of_event_and_command_is_tried_here()
    {
        Assert.Equal(KindsOf<ThreadEvent>(), EveryEvent.Select(e => e.GetType().Name).Distinct().Order());
        Assert.Equal(KindsOf<ThreadCommand>(), ThreadDeciderTests.EveryCommand.Select(c => c.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Every_event_and_command_comes_back_from_text_as_it_was()
    {
        Assert.All(EveryEvent, happened => Assert.Equal(Kinds.Write(happened), Kinds.Write(Kinds.OfTheHub.Read<ThreadEvent>(Kinds.OfTheHub.NameOf(happened), Kinds.Write(happened)))));
        Assert.All(ThreadDeciderTests.EveryCommand, asked => Assert.Equal(Kinds.Write(asked), Kinds.Write(Kinds.OfTheHub.Read<ThreadCommand>(Kinds.OfTheHub.NameOf(asked), Kinds.Write(asked)))));
    }

    [Fact]
    public void Any_body_comes_back_from_text_as_it_was() =>
        AnyText.Sample(body => Assert.Equal(body, ((ThreadEvent.Edited)Kinds.OfTheHub.Read<ThreadEvent>("threads.edited.v1", Kinds.Write(new ThreadEvent.Edited(First, body, [])))).Body));

    [Fact]
    public void A_command_says_nothing_of_what_its_decision_will_read() =>
        Assert.DoesNotContain("needs", Kinds.Write(Say(First, "a", mentions: Chair.Member)), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> KindsOf<TFamily>() => typeof(TFamily).GetNestedTypes().Select(type => type.Name).Order();
}
