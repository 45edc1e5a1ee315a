using CalCities.Collab.Kernel;
using static CalCities.Collab.Threads.ThreadPast;

namespace CalCities.Collab.Threads;

public sealed class ThreadViewTests
{
    [Fact]
    public void A_view_of_nothing_shows_nothing()
    {
        var view = Nothing.View();
        Assert.Equal((new ThreadId("t1"), 0L, null, null, 0), (view.Id, view.Version, view.Head, view.Closing, view.Posts.Count));
    }

    [Fact]
    public void An_opened_thread_shows_what_it_is_about_and_who_opened_it()
    {
        var view = Opened.View();
        Assert.Equal(new ThreadHead("Who pays for the bins?", Eq, "Environmental Quality", Sb54, "SB 54", Readers.GroupOnly, Chair.Member, Line(Chair), Opened.Log[0].Time), view.Head);
        Assert.Equal(1, view.Version);
    }

    [Fact]
    public void Posts_stand_in_order_with_their_number_author_and_time()
    {
        var thread = Posted.GivenBy(Chair, Says(Chair, Second, "Thank you."));
        Assert.Equal(
            [(First, 1, 2L, Author.Member, "Council Member, Arcata", "Rates must follow *costs*."), (Second, 2, 3L, Chair.Member, "Mayor, Davis", "Thank you.")],
            thread.View().Posts.Select(p => (p.Id, p.Number, p.Version, p.Author, p.By.DisplayName, p.Text!.Body)));
    }

    [Fact]
    public void Who_wrote_as_a_council_member_is_shown_as_one_after_becoming_mayor()
    {
        var mayor = Author with { Standing = Author.Standing with { Office = "Mayor" } };
        var view = Posted.GivenBy(mayor, Says(mayor, Second, "b")).View();
        Assert.Equal(["Council Member, Arcata", "Mayor, Arcata"], view.Posts.Select(p => p.By.DisplayName));
    }

    [Fact]
    public void Every_revision_of_a_post_stays_with_its_time()
    {
        var view = Posted.GivenBy(Author, new ThreadEvent.Edited(First, "Two", []), new ThreadEvent.Edited(First, "Three", [])).View();
        Assert.Equal(["Rates must follow *costs*.", "Two", "Three"], view.Find(First)!.Revisions.Select(r => r.Body));
        Assert.Equal("Three", view.Find(First)!.Text!.Body);
    }

    [Fact]
    public void A_quote_shows_the_words_of_the_revision_that_it_names()
    {
        var thread = Posted.GivenBy(Author, new ThreadEvent.Edited(First, "Other words", []))
            .GivenBy(Neighbour, Says(Neighbour, Second, "?", quote: new Quote(First, 0, 0, 5)), Says(Neighbour, Third, "?", quote: new Quote(First, 1, 6, 5)));
        Assert.Equal(["Rates", "words"], thread.View().Posts.Skip(1).Select(p => thread.View().Excerpt(p.Quote!)));
    }

    [Fact]
    public void A_quote_never_shows_half_a_character()
    {
        var view = Opened.GivenBy(Author, Says(Author, First, "\ud83d\udd25\ud83d\udd25")).View();
        Assert.Equal("\ud83d\udd25", view.Excerpt(new Quote(First, 0, 1, 3)));
        Assert.Equal("\ud83d\udd25", view.Excerpt(new Quote(First, 0, 0, 3)));
        Assert.Null(view.Excerpt(new Quote(First, 0, 1, 1)));
    }

    [Fact]
    public void Agreements_are_shown_with_names_until_they_are_taken_back()
    {
        var thread = Posted.GivenBy(Neighbour, new ThreadEvent.Agreed(First, Line(Neighbour))).GivenBy(Chair, new ThreadEvent.Agreed(First, Line(Chair)));
        Assert.Equal([new Agreement(Neighbour.Member, Line(Neighbour)), new Agreement(Chair.Member, Line(Chair))], thread.View().Find(First)!.Agreements);
        Assert.Equal([new Agreement(Chair.Member, Line(Chair))], thread.GivenBy(Neighbour, new ThreadEvent.AgreementTakenBack(First)).View().Find(First)!.Agreements);
    }

    [Fact]
    public void A_member_s_latest_stance_counts_once()
    {
        var thread = Opened.GivenBy(Author, Says(Author, First, "a", Stance.For), Says(Author, Second, "b", Stance.Against), Says(Author, Third, "c"))
            .GivenBy(Neighbour, Says(Neighbour, new PostId("n"), "d", Stance.Against));
        Assert.Equal((0, 2, 0, 0), Counts(thread.View()));
        Assert.Equal((1, 1, 0, 0), Counts(thread.GivenBy(Author, new ThreadEvent.Withdrawn(Second)).View()));
        Assert.Equal((0, 1, 0, 0), Counts(thread.GivenBy(Author, new ThreadEvent.Withdrawn(Second), new ThreadEvent.Withdrawn(First)).View()));
        Assert.Equal((0, 2, 0, 0), Counts(thread.GivenBy(Author, new ThreadEvent.Withdrawn(Third)).View()));
        Assert.Equal((0, 1, 1, 0), Counts(thread.GivenBy(Author, Says(Author, new PostId("e"), "e", Stance.IfAmended)).View()));
        Assert.Equal((0, 1, 0, 1), Counts(thread.GivenBy(Author, Says(Author, new PostId("e"), "e", Stance.Question)).View()));
    }

    [Fact]
    public void The_chair_does_not_change_the_count_by_hiding_a_post()
    {
        var thread = Opened.GivenBy(Author, Says(Author, First, "a", Stance.Against)).GivenBy(Chair, new ThreadEvent.Hidden(First, Line(Chair), "why"));
        Assert.Equal((0, 1, 0, 0), Counts(thread.View()));
    }

    [Fact]
    public void Closing_pins_and_their_undoing_show()
    {
        Assert.Equal(new ThreadClosing(Line(Chair), Closed.Log[^1].Time), Closed.View().Closing);
        Assert.Null(Closed.GivenBy(ViceChair, new ThreadEvent.Reopened(Line(ViceChair))).View().Closing);
        var pinned = Posted.GivenBy(Author, Says(Author, Second, "b")).GivenBy(Chair, new ThreadEvent.Pinned(Second, Line(Chair)), new ThreadEvent.Pinned(First, Line(Chair)));
        Assert.Equal([Second, First], pinned.View().Pins);
        Assert.Equal([First], pinned.GivenBy(Chair, new ThreadEvent.Unpinned(Second, Line(Chair))).View().Pins);
    }

    [Fact]
    public void A_hidden_post_says_who_hid_it_and_why_and_comes_back_whole()
    {
        Assert.Equal((PostState.Hidden, new Removal(Line(Chair), Hidden.Log[^1].Time, "Off the subject")), (Hidden.View().Find(First)!.State, Hidden.View().Find(First)!.Removal));
        var shown = ThreadSight.For(Viewer(Neighbour), Hidden.GivenBy(Staff, new ThreadEvent.Unhidden(First, Line(Staff))).View())!;
        Assert.Equal((PostState.Standing, null, "Rates must follow *costs*."), (shown.Find(First)!.State, shown.Find(First)!.Removal, shown.Find(First)!.Text!.Body));
    }

    [Fact]
    public void Ten_thousand_posts_are_folded_and_found()
    {
        var view = Opened.GivenBy(Author, Enumerable.Range(1, ThreadDecider.MaxPosts).Select(i => Says(Author, new PostId($"p{i}"), "a"))).View();
        Assert.Equal((ThreadDecider.MaxPosts, 7_000), (view.Posts.Count, view.Find(new PostId("p7000"))!.Number));
    }

    private static (int For, int Against, int IfAmended, int Question) Counts(ThreadView view) =>
        (view.Count(Stance.For), view.Count(Stance.Against), view.Count(Stance.IfAmended), view.Count(Stance.Question));
}

public sealed class ThreadSightTests
{
    /// <summary>Who reads: the group's own thread, all members' thread, words that the member of Arcata wrote and the chair hid (or she withdrew).</summary>
    public static TheoryData<string, bool, bool> Readers => new()
    {
        { "eq-chair", true, false },
        { "eq-vice-chair", true, false },
        { "eq-member-01", true, true },
        { "eq-member-02", true, false },
        { "staff", true, false },
        { "clerk", true, true },
        { "cs-member-01", false, false },
        { "admin", false, false },
        { "follower", false, false },
    };

    [Theory, MemberData(nameof(Readers))]
    public void Each_person_sees_what_their_standing_allows(string who, bool groupOnly, bool removed)
    {
        var viewer = Viewer(Everyone.Single(p => p.Member.Value == who));
        Assert.Equal(groupOnly, ThreadSight.For(viewer, Posted.View()) is not null);
        Assert.Equal(groupOnly, ThreadSight.For(viewer, Posted.View(), Posted.Log[1]) is not null);

        var toAll = OpenedToAll.GivenBy(Author, Says(Author, First, "secret words"), new ThreadEvent.Edited(First, "edited secret words", [])).GivenBy(Neighbour, Says(Neighbour, Second, "?", quote: new Quote(First, 0, 0, 6)));
        foreach (var gone in new[] { toAll.GivenBy(Chair, new ThreadEvent.Hidden(First, Line(Chair), "why")), toAll.GivenBy(Author, new ThreadEvent.Withdrawn(First)) })
        {
            var seen = ThreadSight.For(viewer, gone.View())!;
            Assert.Equal(removed ? ["secret words", "edited secret words"] : [], seen.Find(First)!.Revisions.Select(r => r.Body));
            Assert.Null(seen.Excerpt(seen.Find(Second)!.Quote!));
            Assert.Equal([true, removed, removed, true, true], gone.Log.Select(recorded => ThreadSight.For(viewer, gone.View(), recorded) is not null));
        }
    }

    [Fact]
    public void Everyone_is_given_the_same_view_while_nothing_is_hidden()
    {
        var view = Posted.View();
        Assert.All([Chair, Author, Staff, Clerk], person => Assert.Same(view, ThreadSight.For(Viewer(person), view)));
    }

    [Fact]
    public void A_cut_view_shares_every_other_post()
    {
        var view = Hidden.GivenBy(Neighbour, Says(Neighbour, Second, "b")).View();
        var seen = ThreadSight.For(Viewer(Neighbour), view)!;
        Assert.Same(view.Find(Second), seen.Find(Second));
        Assert.Equal(view.Find(First)! with { Revisions = [], Quote = null }, seen.Find(First));
        Assert.Same(seen, ThreadSight.For(Viewer(Neighbour), seen));
    }

    [Fact]
    public void A_thread_that_nobody_opened_is_seen_by_nobody() =>
        Assert.All(Everyone, person => Assert.Null(ThreadSight.For(Viewer(person), Nothing.View())));

    [Fact]
    public void Sight_is_of_threads() => Assert.Equal(new ThreadId("t1").Stream.Type, ThreadSight.StreamType);
}
