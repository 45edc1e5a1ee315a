using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using static CalCities.Collab.Threads.ThreadPast;

namespace CalCities.Collab.Threads;

using FakeThread = FakeAggregate<ThreadDecider, DiscussionThread, ThreadCommand, ThreadEvent>;

public sealed class ThreadDeciderTests
{
    // Opening

    [Fact]
    public void A_member_opens_a_thread_on_a_bill_and_the_record_keeps_the_names_of_that_day() =>
        Nothing.When(new ThreadCommand.Open(Eq, Sb54, " Who  pays\nfor the bins? ", Readers.GroupOnly), Chair)
            .ThenRecorded(OpenedFor(Readers.GroupOnly));

    [Fact]
    public void A_thread_on_a_topic_names_no_bill() =>
        Nothing.When(new ThreadCommand.Open(Eq, null, "Work program", Readers.AllMembers), Staff)
            .ThenRecorded(new ThreadEvent.Opened(Line(Staff), Eq, "Environmental Quality", null, null, "Work program", Readers.AllMembers));

    [Fact]
    public void A_thread_is_opened_once() =>
        Opened.When(new ThreadCommand.Open(Eq, Sb54, "Again", Readers.GroupOnly), Chair).ThenRefused(ThreadRefusals.AlreadyOpened);

    [Fact]
    public void A_thread_needs_a_group_that_exists() =>
        Nothing.When(new ThreadCommand.Open(new GroupId("air"), null, "Air", Readers.GroupOnly), Staff).ThenRefused(ThreadRefusals.NoSuchGroup);

    [Fact]
    public void A_thread_needs_a_bill_that_the_hub_knows() =>
        Nothing.When(new ThreadCommand.Open(Eq, new BillId("202520260AB9999"), "?", Readers.GroupOnly), Chair).ThenRefused(ThreadRefusals.NoSuchBill);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    [InlineData("\u200b\u202e\u2066")]
    [InlineData("\u2800\u3164")]
    public void A_title_that_nobody_can_see_is_refused(string title) =>
        Nothing.When(new ThreadCommand.Open(Eq, null, title, Readers.GroupOnly), Chair).ThenRefused(ThreadRefusals.BadTitle);

    [Fact]
    public void A_title_may_have_its_longest_length_and_no_more()
    {
        var longest = new string('t', ThreadDecider.MaxTitleLength);
        Nothing.When(new ThreadCommand.Open(Eq, Sb54, longest, Readers.GroupOnly), Chair).ThenRecorded(OpenedFor(Readers.GroupOnly) with { Title = longest });
        Nothing.When(new ThreadCommand.Open(Eq, Sb54, longest + "t", Readers.GroupOnly), Chair).ThenRefused(ThreadRefusals.BadTitle);
    }

    [Fact]
    public void Opening_reads_the_group_and_the_bill()
    {
        Assert.Equal([Eq.Stream, Sb54.Stream], ((ICommand)new ThreadCommand.Open(Eq, Sb54, "", Readers.GroupOnly)).Needs);
        Assert.Equal([Eq.Stream], ((ICommand)new ThreadCommand.Open(Eq, null, "", Readers.GroupOnly)).Needs);
    }

    // Who may do what: one row a person, the same for every command

    public static TheoryData<string, bool, bool, bool, bool, bool> Rights => new()
    {
        // who, reads the group's own, writes, takes a stance, chairs, hides
        { "eq-chair", true, true, true, true, true },
        { "eq-vice-chair", true, true, true, true, true },
        { "eq-member-02", true, true, true, false, false },
        { "alternate", true, true, true, false, false },
        { "seated-alternate", true, true, true, false, false },
        { "delegate", true, true, true, false, false },
        { "partner", true, true, false, false, false },
        { "eq-clerk", true, true, false, false, false },
        { "staff", true, true, false, false, true },
        { "staff-with-a-seat", true, true, false, false, true },
        { "clerk", true, true, false, false, false },
        { "guest", false, false, false, false, false },
        { "cs-member-01", false, false, false, false, false },
        { "city-clerk", false, false, false, false, false },
        { "director", false, false, false, false, false },
        { "division-president", false, false, false, false, false },
        { "admin", false, false, false, false, false },
        { "admin-with-a-seat", false, false, false, false, false },
        { "follower", false, false, false, false, false },
    };

    [Theory, MemberData(nameof(Rights))]
    public void Each_person_does_what_their_seat_or_duty_allows(string who, bool reads, bool writes, bool takesStance, bool chairs, bool hides)
    {
        var person = Everyone.Single(p => p.Member.Value == who);
        Check(Opened.GivenBy(Author, Says(Author, First, "a")), reads ? null : ThreadRefusals.NoSuchThread);
        Check(OpenedToAll.GivenBy(Author, Says(Author, First, "a")), null);

        void Check(FakeThread thread, Refusal? unseen)
        {
            var closed = thread.GivenBy(Chair, new ThreadEvent.Closed(Line(Chair)));
            var noSeat = unseen ?? (writes ? null : ThreadRefusals.NoSeat);
            Assert.Equal(noSeat, thread.When(Say(Second, "b"), person).Decision.Refusal);
            Assert.Equal(noSeat ?? (takesStance ? null : ThreadRefusals.NoStance), thread.When(Say(Second, "b", Stance.For), person).Decision.Refusal);
            Assert.Equal(noSeat, thread.When(new ThreadCommand.Agree(First), person).Decision.Refusal);
            Assert.Equal(noSeat, thread.When(new ThreadCommand.TakeBackAgreement(First), person).Decision.Refusal);
            Assert.Equal(noSeat ?? ThreadRefusals.NotYours, thread.When(new ThreadCommand.Edit(First, "b", []), person).Decision.Refusal);
            Assert.Equal(noSeat ?? ThreadRefusals.NotYours, thread.When(new ThreadCommand.Withdraw(First), person).Decision.Refusal);
            var chair = noSeat ?? (chairs ? null : ThreadRefusals.OnlyTheChair);
            Assert.Equal(chair, thread.When(new ThreadCommand.Close(), person).Decision.Refusal);
            Assert.Equal(chair, closed.When(new ThreadCommand.Reopen(), person).Decision.Refusal);
            Assert.Equal(chair, thread.When(new ThreadCommand.Pin(First), person).Decision.Refusal);
            Assert.Equal(chair, thread.When(new ThreadCommand.Unpin(First), person).Decision.Refusal);
            var hider = noSeat ?? (hides ? null : ThreadRefusals.OnlyChairOrStaff);
            Assert.Equal(hider, thread.When(new ThreadCommand.Hide(First, "why"), person).Decision.Refusal);
            Assert.Equal(hider, thread.When(new ThreadCommand.Unhide(First), person).Decision.Refusal);
            Assert.Equal(writes ? null : ThreadRefusals.NoSeat, Nothing.When(new ThreadCommand.Open(Eq, null, "t", Readers.AllMembers), person).Decision.Refusal);
        }
    }

    // Members of one council (DOMAIN §4)

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_answers_a_member_of_ones_own_council_is_held_and_the_rest_is_not(bool warns)
    {
        var fellows = Posted.Knowing(new("conversation", "davis.council.202520260SB54"), new Fellows([Author.Member], warns));
        var held = warns ? ThreadRefusals.AnswersFellowWarning : ThreadRefusals.AnswersFellow;
        var named = $"@{Author.Standing.DisplayName}";

        fellows.When(Say(Second, "b", answering: First), Neighbour).ThenRefused(held);
        fellows.When(Say(Second, "b", quote: new Quote(First, 0, 0, 5)), Neighbour).ThenRefused(held);
        fellows.When(Say(Second, named, mentions: [Author.Member]), Neighbour).ThenRefused(held);
        fellows.When(new ThreadCommand.Agree(First), Neighbour).ThenRefused(held);
        var written = fellows.GivenBy(Neighbour, Says(Neighbour, Second, "b"));
        written.When(new ThreadCommand.Edit(Second, named, [Author.Member]), Neighbour).ThenRefused(held);

        fellows.When(Say(Second, "b", Stance.For), Neighbour).ThenRecorded(Says(Neighbour, Second, "b", Stance.For));
        written.When(new ThreadCommand.Edit(Second, "c", []), Neighbour).ThenRecorded(new ThreadEvent.Edited(Second, "c", []));
        written.GivenBy(Chair, Says(Chair, Third, "d")).When(new ThreadCommand.Agree(Third), Neighbour).ThenRecorded(new ThreadEvent.Agreed(Third, Line(Neighbour)));
    }

    [Fact]
    public void All_threads_on_a_bill_are_one_conversation_and_acts_without_words_for_others_are_none()
    {
        var (here, there) = (new ThreadId("t1").Stream, new ThreadId("t2").Stream);
        var about = new ThreadFact(Eq, Sb54, "Who pays for the bins?", Readers.GroupOnly);
        Talk? Of(ThreadCommand command, StreamId to, Fact? told) => ((ICommand)command).Joins(to, told);

        Assert.Equal(new Talk(Eq, Sb54.Value), Of(Say(First, "a"), here, about));
        Assert.Equal(new Talk(new("cs"), Sb54.Value), Of(new ThreadCommand.Agree(First), there, about with { Group = new("cs") }));
        Assert.Equal(new Talk(Eq, Sb54.Value), Of(new ThreadCommand.Open(Eq, Sb54, "t", Readers.AllMembers), here, null));
        Assert.Equal(new Talk(Eq, "t1"), Of(new ThreadCommand.Open(Eq, null, "t", Readers.AllMembers), here, null));
        Assert.Equal(new Talk(Eq, "t1"), Of(new ThreadCommand.Edit(First, "b", []), here, about with { Bill = null }));
        Assert.All(EveryCommand.Where(c => c is not (ThreadCommand.Open or ThreadCommand.Post or ThreadCommand.Edit or ThreadCommand.Agree)), c => Assert.Null(Of(c, here, about)));
        Assert.Null(Of(Say(First, "a"), here, null));
    }

    [Fact]
    public void A_follower_who_is_given_a_seat_by_mistake_still_only_follows()
    {
        var follower = Follower with { Standing = Follower.Standing with { Seats = [new Seat(Eq, Role.Chair)] } };
        OpenedToAll.When(Say(First, "a"), follower).ThenRefused(ThreadRefusals.NoSeat);
        Opened.When(Say(First, "a"), follower).ThenRefused(ThreadRefusals.NoSuchThread);
        OpenedToAll.When(new ThreadCommand.Close(), follower).ThenRefused(ThreadRefusals.NoSeat);
    }

    [Fact]
    public void A_seat_that_was_vacated_gives_no_right_any_more()
    {
        var former = Author with { Standing = Author.Standing with { Seats = [] } };
        OpenedToAll.GivenBy(Author, Says(Author, First, "a")).When(new ThreadCommand.Edit(First, "b", []), former).ThenRefused(ThreadRefusals.NoSeat);
    }

    [Fact]
    public void Programs_and_policies_write_in_no_thread()
    {
        Opened.When(Say(First, "a"), new Actor.Program("demo")).ThenRefused(ThreadRefusals.OnlyPeople);
        Opened.When(new ThreadCommand.Close(), new Actor.Policy("when-asked", Chair.Member)).ThenRefused(ThreadRefusals.OnlyPeople);
    }

    [Fact]
    public void Nothing_can_be_done_in_a_thread_that_nobody_opened()
    {
        foreach (var command in EveryCommand.Where(c => c is not ThreadCommand.Open))
        {
            Nothing.When(command, Chair).ThenRefused(ThreadRefusals.NoSuchThread);
        }
    }

    // Posting

    [Fact]
    public void A_post_is_recorded_with_its_stance_and_the_office_of_its_author() =>
        Opened.When(Say(First, "We support it.", Stance.For), Author).ThenRecorded(Says(Author, First, "We support it.", Stance.For));

    [Fact]
    public void A_chair_s_post_says_that_the_chair_wrote_it() =>
        Opened.When(Say(First, "Order."), Chair).ThenRecorded(
            new ThreadEvent.Posted(First, new Byline("Mayor", "Davis", Role.Chair, Duty.None), Stance.None, null, null, "Order.", []));

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("\n \n    code\n\n", "    code")]
    [InlineData("a\u0000b\u0007c\u001b[31m", "abc[31m")]
    [InlineData("pay \u202eyap\u202c \u2066x\u2069", "pay yap x")]
    [InlineData("a\u200bb\ufeffc\u00add", "abcd")]
    [InlineData("\u0633\u200c\u200f \ud83d\udc69\u200d\ud83d\ude92", "\u0633\u200c\u200f \ud83d\udc69\u200d\ud83d\ude92")]
    [InlineData("tab\tstays", "tab\tstays")]
    public void Text_is_recorded_without_what_changes_its_reading_unseen(string written, string recorded) =>
        Opened.When(Say(First, written), Author).ThenRecorded(Says(Author, First, recorded));

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one_that_was_lost() =>
        Opened.When(Say(First, "a\ud83d"), Author).ThenRecorded(Says(Author, First, "a\ufffd"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200b\u200d\u2060\ufeff")]
    [InlineData("\u202e\u2067\u0001")]
    [InlineData("\u0301\u2800")]
    public void A_post_without_anything_to_read_is_refused(string body) =>
        Opened.When(Say(First, body), Author).ThenRefused(ThreadRefusals.EmptyBody);

    [Theory]
    [InlineData("x")]
    [InlineData("\u6c34")]
    public void A_post_may_have_its_longest_length_and_no_more(string character)
    {
        var longest = string.Concat(Enumerable.Repeat(character, ThreadDecider.MaxBodyLength));
        Opened.When(Say(First, longest), Author).ThenRecorded(Says(Author, First, longest));
        Opened.When(Say(First, longest + character), Author).ThenRefused(ThreadRefusals.BodyTooLong);
    }

    [Fact]
    public void A_character_is_a_unit_as_browsers_count_so_an_emoji_is_two()
    {
        var fires = string.Concat(Enumerable.Repeat("\ud83d\udd25", ThreadDecider.MaxBodyLength / 2));
        Opened.When(Say(First, fires), Author).ThenRecorded(Says(Author, First, fires));
        Opened.When(Say(First, fires + "x"), Author).ThenRefused(ThreadRefusals.BodyTooLong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("\"><script>")]
    [InlineData("a.b")]
    [InlineData("12345678901234567890123456789012345678901")]
    public void A_post_id_that_could_not_stand_in_an_address_is_refused(string id) =>
        Opened.When(Say(new PostId(id), "a"), Author).ThenRefused(ThreadRefusals.BadPostId);

    [Fact]
    public void A_post_id_may_have_forty_characters() =>
        Opened.When(Say(new PostId(new string('a', 40)), "a"), Author).ThenRecorded(Says(Author, new PostId(new string('a', 40)), "a"));

    [Fact]
    public void A_post_id_names_one_post() =>
        Posted.When(Say(First, "mine"), Neighbour).ThenRefused(ThreadRefusals.PostIdTaken);

    [Fact]
    public void A_thread_takes_its_last_post_and_no_more()
    {
        var almost = Opened.GivenBy(Author, Enumerable.Range(1, ThreadDecider.MaxPosts - 1).Select(i => Says(Author, new PostId($"p{i}"), "a")));
        var full = almost.When(Say(First, "last"), Author).ThenRecorded(Says(Author, First, "last"));
        full.When(Say(Second, "one more"), Author).ThenRefused(ThreadRefusals.Full);
    }

    // Replies and quotes

    [Fact]
    public void A_reply_answers_a_post_and_may_quote_it() =>
        Posted.When(Say(Second, "Which costs?", Stance.Question, First, new Quote(First, 0, 0, 5)), Neighbour)
            .ThenRecorded(Says(Neighbour, Second, "Which costs?", Stance.Question, First, new Quote(First, 0, 0, 5)));

    [Fact]
    public void A_reply_to_a_post_that_is_not_in_the_thread_is_refused() =>
        Posted.When(Say(Second, "Agreed", answering: Third), Neighbour).ThenRefused(ThreadRefusals.UnknownParent);

    [Fact]
    public void A_reply_to_a_reply_is_refused_but_may_be_quoted_in_another_reply()
    {
        var replied = Posted.GivenBy(Neighbour, Says(Neighbour, Second, "Which?", answering: First));
        replied.When(Say(Third, "Those", answering: Second), Author).ThenRefused(ThreadRefusals.ReplyToReply);
        replied.When(Say(Third, "Those", answering: First, quote: new Quote(Second, 0, 0, 6)), Author)
            .ThenRecorded(Says(Author, Third, "Those", answering: First, quote: new Quote(Second, 0, 0, 6)));
    }

    [Theory]
    [InlineData("first", 0, -1, 5)]
    [InlineData("first", 0, 0, 0)]
    [InlineData("first", 0, 0, -3)]
    [InlineData("first", 0, 22, 5)]
    [InlineData("first", 0, int.MaxValue, 300)]
    [InlineData("first", 0, 0, 301)]
    [InlineData("first", 1, 0, 5)]
    [InlineData("first", -1, 0, 5)]
    [InlineData("third", 0, 0, 5)]
    public void A_quote_of_words_that_nobody_wrote_is_refused(string of, int revision, int start, int length) =>
        Posted.When(Say(Second, "?", quote: new Quote(new PostId(of), revision, start, length)), Neighbour).ThenRefused(ThreadRefusals.BadQuote);

    [Fact]
    public void A_quote_reaches_to_the_last_character_and_to_its_longest_length()
    {
        Posted.When(Say(Second, "?", quote: new Quote(First, 0, 25, 1)), Neighbour).ThenRecorded(Says(Neighbour, Second, "?", quote: new Quote(First, 0, 25, 1)));
        Posted.When(Say(Second, "?", quote: new Quote(First, 0, 26, 1)), Neighbour).ThenRefused(ThreadRefusals.BadQuote);
        var whole = new Quote(Second, 0, 0, ThreadDecider.MaxQuoteLength);
        Posted.GivenBy(Author, Says(Author, Second, new string('x', 400))).When(Say(Third, "?", quote: whole), Neighbour)
            .ThenRecorded(Says(Neighbour, Third, "?", quote: whole));
    }

    [Fact]
    public void What_is_hidden_or_withdrawn_can_not_be_quoted()
    {
        Hidden.When(Say(Second, "?", quote: new Quote(First, 0, 0, 5)), Neighbour).ThenRefused(ThreadRefusals.BadQuote);
        Withdrawn.When(Say(Second, "?", quote: new Quote(First, 0, 0, 5)), Neighbour).ThenRefused(ThreadRefusals.BadQuote);
    }

    // Mentions

    [Fact]
    public void A_mention_is_recorded_with_the_name_that_stands_in_the_text() =>
        Opened.When(Say(First, "@Mayor, Davis, when do we vote?", mentions: [Chair.Member, Chair.Member]), Author)
            .ThenRecorded(Says(Author, First, "@Mayor, Davis, when do we vote?", mentions: new Mention(Chair.Member, "Mayor, Davis")));

    [Fact]
    public void A_mention_of_someone_who_may_not_read_the_thread_is_refused()
    {
        Opened.When(Say(First, "@Mayor, Fresno", mentions: Outsider.Member), Author).ThenRefused(ThreadRefusals.MentionCannotRead);
        OpenedToAll.When(Say(First, "@Mayor, Fresno", mentions: Outsider.Member), Author)
            .ThenRecorded(Says(Author, First, "@Mayor, Fresno", mentions: new Mention(Outsider.Member, "Mayor, Fresno")));
    }

    [Fact]
    public void A_mention_of_nobody_is_refused() =>
        OpenedToAll.When(Say(First, "@Ghost", mentions: new MemberId("ghost")), Author).ThenRefused(ThreadRefusals.MentionCannotRead);

    [Fact]
    public void A_mention_that_is_not_in_the_text_is_refused() =>
        Opened.When(Say(First, "Hello", mentions: Chair.Member), Author).ThenRefused(ThreadRefusals.MentionNotInText);

    [Fact]
    public void A_post_mentions_ten_people_and_no_more()
    {
        var people = Enumerable.Range(1, ThreadDecider.MaxMentions + 1)
            .Select(i => new Actor.Person(new MemberId($"m{i}"), new Standing("Clerk", $"City {i:00}", Duty.Staff, []))).ToArray();
        var text = string.Join(' ', people.Select(p => "@" + p.Standing.DisplayName));
        var known = Opened.KnowingOf(people);
        known.When(Say(First, text, mentions: [.. people.Take(10).Select(p => p.Member)]), Author)
            .ThenRecorded(Says(Author, First, text, mentions: [.. people.Take(10).Select(p => new Mention(p.Member, p.Standing.DisplayName))]));
        known.When(Say(First, text, mentions: [.. people.Select(p => p.Member)]), Author).ThenRefused(ThreadRefusals.TooManyMentions);
    }

    [Fact]
    public void Nobody_makes_the_door_read_more_streams_than_a_post_may_mention_nor_one_that_cannot_be()
    {
        Assert.Equal(ThreadDecider.MaxMentions, ((ICommand)Say(First, "a", mentions: [.. Enumerable.Range(0, 5_000).Select(i => new MemberId($"m{i}"))])).Needs.Length);
        Assert.Empty(((ICommand)new ThreadCommand.Edit(First, "a", [new MemberId("../x"), new MemberId(""), new MemberId(null!)])).Needs);
        Assert.Empty(((ICommand)new ThreadCommand.Edit(First, "a", default)).Needs);
    }

    // Editing, withdrawing, agreeing

    [Fact]
    public void An_author_edits_their_post() =>
        Posted.When(new ThreadCommand.Edit(First, "Rates follow costs.\u0000", []), Author).ThenRecorded(new ThreadEvent.Edited(First, "Rates follow costs.", []));

    [Fact]
    public void An_edit_is_held_to_what_a_post_is_held_to()
    {
        Posted.When(new ThreadCommand.Edit(First, " ", []), Author).ThenRefused(ThreadRefusals.EmptyBody);
        Posted.When(new ThreadCommand.Edit(First, new string('x', ThreadDecider.MaxBodyLength + 1), []), Author).ThenRefused(ThreadRefusals.BodyTooLong);
        Posted.When(new ThreadCommand.Edit(First, "@Mayor, Fresno", [Outsider.Member]), Author).ThenRefused(ThreadRefusals.MentionCannotRead);
        Posted.When(new ThreadCommand.Edit(Second, "b", []), Author).ThenRefused(ThreadRefusals.NoSuchPost);
        Hidden.When(new ThreadCommand.Edit(First, "b", []), Author).ThenRefused(ThreadRefusals.PostHidden);
        Withdrawn.When(new ThreadCommand.Edit(First, "b", []), Author).ThenRefused(ThreadRefusals.PostWithdrawn);
    }

    [Fact]
    public void A_post_is_edited_fifty_times_and_no_more()
    {
        var almost = Posted.GivenBy(Author, Enumerable.Range(1, ThreadDecider.MaxEdits - 1).Select(i => new ThreadEvent.Edited(First, $"text {i}", [])));
        var full = almost.When(new ThreadCommand.Edit(First, "last", []), Author).ThenRecorded(new ThreadEvent.Edited(First, "last", []));
        full.When(new ThreadCommand.Edit(First, "one more", []), Author).ThenRefused(ThreadRefusals.TooManyEdits);
    }

    [Fact]
    public void An_author_withdraws_their_post_once()
    {
        Posted.When(new ThreadCommand.Withdraw(First), Author).ThenRecorded(new ThreadEvent.Withdrawn(First)).When(new ThreadCommand.Withdraw(First), Author).ThenNothing();
        Posted.When(new ThreadCommand.Withdraw(Second), Author).ThenRefused(ThreadRefusals.NoSuchPost);
        Withdrawn.When(new ThreadCommand.Withdraw(First), Neighbour).ThenRefused(ThreadRefusals.NotYours);
        Hidden.When(new ThreadCommand.Withdraw(First), Author).ThenRefused(ThreadRefusals.PostHidden);
    }

    [Fact]
    public void A_member_agrees_once_and_may_take_it_back()
    {
        var agreed = Posted.When(new ThreadCommand.Agree(First), Neighbour).ThenRecorded(new ThreadEvent.Agreed(First, Line(Neighbour)));
        agreed.When(new ThreadCommand.Agree(First), Neighbour).ThenNothing();
        agreed.When(new ThreadCommand.TakeBackAgreement(First), Neighbour).ThenRecorded(new ThreadEvent.AgreementTakenBack(First))
            .When(new ThreadCommand.TakeBackAgreement(First), Neighbour).ThenNothing();
        agreed.GivenBy(Chair, new ThreadEvent.Hidden(First, Line(Chair), "why")).When(new ThreadCommand.TakeBackAgreement(First), Neighbour)
            .ThenRecorded(new ThreadEvent.AgreementTakenBack(First));
    }

    [Fact]
    public void What_can_not_be_agreed_with_is_refused()
    {
        Posted.When(new ThreadCommand.Agree(First), Author).ThenRefused(ThreadRefusals.OwnPost);
        Posted.When(new ThreadCommand.Agree(Second), Neighbour).ThenRefused(ThreadRefusals.NoSuchPost);
        Posted.When(new ThreadCommand.TakeBackAgreement(Second), Neighbour).ThenRefused(ThreadRefusals.NoSuchPost);
        Hidden.When(new ThreadCommand.Agree(First), Neighbour).ThenRefused(ThreadRefusals.PostHidden);
        Withdrawn.When(new ThreadCommand.Agree(First), Neighbour).ThenRefused(ThreadRefusals.PostWithdrawn);
        Posted.When(new ThreadCommand.Agree(new PostId(null!)), Neighbour).ThenRefused(ThreadRefusals.NoSuchPost);
    }

    [Fact]
    public void A_post_shows_a_thousand_agreements_and_no_more()
    {
        var almost = Enumerable.Range(1, ThreadDecider.MaxAgreements - 1)
            .Aggregate(Posted, (thread, i) => thread.GivenBy(Neighbour with { Member = new MemberId($"m{i}") }, new ThreadEvent.Agreed(First, Line(Neighbour))));
        var full = almost.When(new ThreadCommand.Agree(First), Neighbour).ThenRecorded(new ThreadEvent.Agreed(First, Line(Neighbour)));
        full.When(new ThreadCommand.Agree(First), Chair).ThenRefused(ThreadRefusals.TooManyAgreements);
    }

    // The chair's tools

    [Fact]
    public void A_closed_thread_takes_nothing_but_the_chair_s_tools_until_it_is_reopened()
    {
        Closed.When(Say(Second, "Late"), Author).ThenRefused(ThreadRefusals.NotOpen);
        Closed.When(new ThreadCommand.Edit(First, "b", []), Author).ThenRefused(ThreadRefusals.NotOpen);
        Closed.When(new ThreadCommand.Withdraw(First), Author).ThenRefused(ThreadRefusals.NotOpen);
        Closed.When(new ThreadCommand.Agree(First), Neighbour).ThenRefused(ThreadRefusals.NotOpen);
        Closed.When(new ThreadCommand.TakeBackAgreement(First), Neighbour).ThenRefused(ThreadRefusals.NotOpen);
        Closed.When(new ThreadCommand.Pin(First), Chair).ThenRecorded(new ThreadEvent.Pinned(First, Line(Chair)));
        Closed.When(new ThreadCommand.Hide(First, "why"), Staff).ThenRecorded(new ThreadEvent.Hidden(First, Line(Staff), "why"));
        Closed.When(new ThreadCommand.Reopen(), ViceChair).ThenRecorded(new ThreadEvent.Reopened(Line(ViceChair)))
            .When(Say(Second, "On"), Author).ThenRecorded(Says(Author, Second, "On"));
    }

    [Fact]
    public void Closing_what_is_closed_and_reopening_what_is_open_changes_nothing()
    {
        Closed.When(new ThreadCommand.Close(), ViceChair).ThenNothing();
        Posted.When(new ThreadCommand.Reopen(), Chair).ThenNothing();
        Posted.When(new ThreadCommand.Close(), Chair).ThenRecorded(new ThreadEvent.Closed(Line(Chair)));
    }

    [Fact]
    public void A_post_is_pinned_once_and_unpinned_once()
    {
        var pinned = Posted.When(new ThreadCommand.Pin(First), Chair).ThenRecorded(new ThreadEvent.Pinned(First, Line(Chair)));
        pinned.When(new ThreadCommand.Pin(First), ViceChair).ThenNothing();
        pinned.When(new ThreadCommand.Unpin(First), Chair).ThenRecorded(new ThreadEvent.Unpinned(First, Line(Chair)))
            .When(new ThreadCommand.Unpin(First), Chair).ThenNothing();
    }

    [Fact]
    public void What_is_not_there_or_may_not_be_read_is_not_pinned()
    {
        Posted.When(new ThreadCommand.Pin(Second), Chair).ThenRefused(ThreadRefusals.NoSuchPost);
        Posted.When(new ThreadCommand.Unpin(Second), Chair).ThenRefused(ThreadRefusals.NoSuchPost);
        Hidden.When(new ThreadCommand.Pin(First), Chair).ThenRefused(ThreadRefusals.PostHidden);
        Withdrawn.When(new ThreadCommand.Pin(First), Chair).ThenRefused(ThreadRefusals.PostWithdrawn);
    }

    [Fact]
    public void A_thread_has_five_pins_and_no_more()
    {
        var posts = Enumerable.Range(1, ThreadDecider.MaxPins + 1).Select(i => new PostId($"p{i}")).ToArray();
        var almost = Opened.GivenBy(Author, posts.Select(id => Says(Author, id, "a"))).GivenBy(Chair, posts[..4].Select(id => new ThreadEvent.Pinned(id, Line(Chair))));
        var full = almost.When(new ThreadCommand.Pin(posts[4]), Chair).ThenRecorded(new ThreadEvent.Pinned(posts[4], Line(Chair)));
        full.When(new ThreadCommand.Pin(posts[5]), Chair).ThenRefused(ThreadRefusals.TooManyPins);
    }

    [Fact]
    public void A_post_is_hidden_with_a_reason_and_shown_again()
    {
        var hidden = Posted.When(new ThreadCommand.Hide(First, " Names a\nprivate person "), Staff).ThenRecorded(new ThreadEvent.Hidden(First, Line(Staff), "Names a private person"));
        hidden.When(new ThreadCommand.Hide(First, "Again"), Chair).ThenRefused(ThreadRefusals.AlreadyHidden);
        hidden.When(new ThreadCommand.Unhide(First), Chair).ThenRecorded(new ThreadEvent.Unhidden(First, Line(Chair)))
            .When(new ThreadCommand.Unhide(First), Chair).ThenNothing();
    }

    [Fact]
    public void Hiding_needs_a_post_that_stands_and_a_reason_of_some_length()
    {
        var longest = new string('r', ThreadDecider.MaxReasonLength);
        Posted.When(new ThreadCommand.Hide(First, longest), Chair).ThenRecorded(new ThreadEvent.Hidden(First, Line(Chair), longest));
        Posted.When(new ThreadCommand.Hide(First, longest + "r"), Chair).ThenRefused(ThreadRefusals.BadReason);
        Posted.When(new ThreadCommand.Hide(First, " \u200b"), Chair).ThenRefused(ThreadRefusals.BadReason);
        Posted.When(new ThreadCommand.Hide(Second, "why"), Chair).ThenRefused(ThreadRefusals.NoSuchPost);
        Posted.When(new ThreadCommand.Unhide(Second), Chair).ThenRefused(ThreadRefusals.NoSuchPost);
        Withdrawn.When(new ThreadCommand.Hide(First, "why"), Chair).ThenRefused(ThreadRefusals.PostWithdrawn);
    }

    [Fact]
    public void A_thread_tells_others_where_it_stands_and_who_may_read_it()
    {
        Assert.Null(ThreadDecider.Tell(Nothing.State));
        Assert.Equal(new ThreadFact(Eq, Sb54, "Who pays for the bins?", Readers.GroupOnly), ThreadDecider.Tell(Opened.State));
        Assert.Equal(new ThreadFact(Eq, Sb54, "Who pays for the bins?", Readers.GroupOnly), ThreadDecider.Tell(Closed.State));
    }

    [Fact]
    public void Texts_that_others_shall_read_are_sent_at_the_pace_of_writing() =>
        Assert.Equal(["Edit", "Open", "Post"], EveryCommand.Where(c => ((ICommand)c).Pace == Pace.Writing).Select(c => c.GetType().Name).Order(StringComparer.Ordinal));

    internal static ImmutableArray<ThreadCommand> EveryCommand =>
    [
        new ThreadCommand.Open(Eq, Sb54, "t", Readers.AllMembers), Say(First, "a", Stance.IfAmended, Second, new Quote(Second, 0, 0, 1), Chair.Member),
        new ThreadCommand.Edit(First, "b", [Chair.Member]), new ThreadCommand.Withdraw(First), new ThreadCommand.Agree(First), new ThreadCommand.TakeBackAgreement(First),
        new ThreadCommand.Close(), new ThreadCommand.Reopen(), new ThreadCommand.Pin(First), new ThreadCommand.Unpin(First),
        new ThreadCommand.Hide(First, "why"), new ThreadCommand.Unhide(First),
    ];
}
