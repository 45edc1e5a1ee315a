using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Bills;

public sealed class BillDeciderTests
{
    private static readonly Actor Import = new Actor.Program("import");
    private static readonly BillObservation Seen = SomeBills.Observed;

    private static FakeAggregate<BillDecider, BillView, BillCommand, BillEvent> Bill => new(Seen.Number.Id.Stream);

    private static FakeAggregate<BillDecider, BillView, BillCommand, BillEvent> Known => Bill.Given(EventsOf(Seen));

    [Fact]
    public void A_bill_seen_for_the_first_time_is_introduced_with_all_that_is_told_of_it() =>
        Bill.When(new BillCommand.Observe(Seen), Import).ThenRecorded(
            new BillEvent.Introduced(Seen.Number),
            new BillEvent.CommitteesNamed([new Committee("CX15", "Assembly", "Local Government")]),
            new BillEvent.Titled("Street trees: grants."),
            new BillEvent.Authored(Seen.Authors!.Value),
            new BillEvent.Printed(Seen.Versions!.Value[0]),
            new BillEvent.HistoryTold(Seen.History!.Value),
            new BillEvent.RollCalled(Seen.RollCalls!.Value[0]),
            new BillEvent.Placed(Seen.Place),
            new BillEvent.Observed(Seen.AsOf, Seen.Fingerprint()));

    [Fact]
    public void The_same_observation_again_changes_nothing() =>
        Known.When(new BillCommand.Observe(Seen), Import).ThenNothing();

    /// <summary>Each is one real change, and the one event that it becomes before "observed".</summary>
    public static TheoryData<string, BillObservation, BillEvent> Changes => new()
    {
        { "subject", Later(Seen with { Subject = "Sweepstakes." }), new BillEvent.Titled("Sweepstakes.") },
        {
            "author", Later(Seen with { Authors = [Author("Segundo")] }), new BillEvent.Authored([Author("Segundo")])
        },
        { "status", Later(Seen with { Place = Seen.Place with { Status = "Died" } }), new BillEvent.Placed(Seen.Place with { Status = "Died" }) },
        {
            "chapter", Later(Seen with { Place = Seen.Place with { Chapter = new Chapter(2025, "623", false, 0) } }),
            new BillEvent.Placed(Seen.Place with { Chapter = new Chapter(2025, "623", false, 0) })
        },
        { "version", Later(Seen with { Versions = [Amended, .. Seen.Versions!.Value] }), new BillEvent.Printed(Amended) },
        { "version told in full", Later(Seen with { Versions = [Seen.Versions!.Value[0] with { Urgency = true }] }), new BillEvent.Printed(Seen.Versions!.Value[0] with { Urgency = true }) },
        { "action", Later(Seen with { History = [.. Seen.History!.Value, Heard] }), new BillEvent.HistoryTold([.. Seen.History!.Value, Heard]) },
        { "action taken back", Later(Seen with { History = Seen.History!.Value[..2] }), new BillEvent.HistoryTold(Seen.History!.Value[..2]) },
        { "action corrected", Later(Seen with { History = WithLast("Referred to Com. on H. & C.D.") }), new BillEvent.HistoryTold(WithLast("Referred to Com. on H. & C.D.")) },
        { "roll call", Later(Seen with { RollCalls = [.. Seen.RollCalls!.Value, Floor] }), new BillEvent.RollCalled(Floor) },
        {
            "vote corrected", Later(Seen with { RollCalls = [Seen.RollCalls!.Value[0] with { Ayes = 3, Noes = 0 }] }),
            new BillEvent.RollCalled(Seen.RollCalls!.Value[0] with { Ayes = 3, Noes = 0 })
        },
        {
            "committee named otherwise", Later(Seen with { Committees = [new Committee("CX15", "Assembly", "Local Government and Housing")] }),
            new BillEvent.CommitteesNamed([new Committee("CX15", "Assembly", "Local Government and Housing")])
        },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_real_change_becomes_one_event_and_is_nothing_new_the_next_time(string what, BillObservation later, BillEvent change)
    {
        Assert.NotEmpty(what);
        Known.When(new BillCommand.Observe(later), Import)
            .ThenRecorded(change, new BillEvent.Observed(later.AsOf, later.Fingerprint()))
            .When(new BillCommand.Observe(later), Import).ThenNothing();
    }

    /// <summary>Each tells nothing new.</summary>
    public static TheoryData<string, BillObservation> NoChanges => new()
    {
        { "a later moment alone", Later(Seen) },
        { "the Journal's page, added to an action", Later(Seen with { History = WithFirst("Read first time. To print. (Page 39.)") }) },
        { "blanks in an action", Later(Seen with { History = WithFirst("Read first time.  To print. ") }) },
        { "tables that this extract hasn't", Later(Seen with { Subject = null, Authors = null, Versions = null, History = null, RollCalls = null, Committees = null }) },
        { "an older extract", Seen with { AsOf = Seen.AsOf.AddSeconds(-1), Subject = "What it was about before." } },
        { "districts that this extract hasn't", Later(Seen with { Authors = [Seen.Authors!.Value[0] with { District = null, Party = null }] }) },
        { "names of votes that this extract hasn't", Later(Seen with { RollCalls = [Seen.RollCalls!.Value[0] with { Votes = null }] }) },
        { "a roll call that this extract hasn't", Later(Seen with { RollCalls = [] }) },
    };

    [Theory, MemberData(nameof(NoChanges))]
    public void What_only_looks_like_a_change_is_none(string what, BillObservation later)
    {
        Assert.NotEmpty(what);
        Known.When(new BillCommand.Observe(later), Import).ThenNothing();
    }

    [Fact]
    public void A_bill_that_goes_back_to_what_it_was_is_told_so()
    {
        var other = Later(Seen with { Subject = "Sweepstakes." });
        var back = Seen with { AsOf = other.AsOf.AddDays(1) };

        Known.When(new BillCommand.Observe(other), Import)
            .ThenRecorded(new BillEvent.Titled("Sweepstakes."), new BillEvent.Observed(other.AsOf, other.Fingerprint()))
            .When(new BillCommand.Observe(back), Import)
            .ThenRecorded(new BillEvent.Titled("Street trees: grants."), new BillEvent.Observed(back.AsOf, back.Fingerprint()));
    }

    [Fact]
    public void Only_the_program_tells_a_bill_anything()
    {
        Bill.When(new BillCommand.Observe(Seen), By.Person("staff", Duty.Staff)).ThenRefused(BillRefusals.OnlyTheImport);
        Bill.When(new BillCommand.Observe(Seen), By.Rule).ThenRefused(BillRefusals.OnlyTheImport);
    }

    [Fact]
    public void A_bill_takes_no_news_of_another_and_what_no_bill_can_be_called_is_none()
    {
        Known.When(new BillCommand.Observe(Later(Seen with { Number = Seen.Number with { Number = 9002 } })), Import).ThenRefused(BillRefusals.OtherBill);
        Bill.When(new BillCommand.Observe(Seen with { Number = new BillNumber("2025", 0, "AB", 1) }), Import).ThenRefused(BillRefusals.NotABill);
        Bill.When(new BillCommand.Observe(Seen with { Number = new BillNumber("20252026", 0, "ab", 1) }), Import).ThenRefused(BillRefusals.NotABill);
        Bill.When(new BillCommand.Observe(Seen with { Number = new BillNumber("20252026", 0, "AB", 0) }), Import).ThenRefused(BillRefusals.NotABill);
    }

    [Fact]
    public void The_longest_history_is_taken_and_one_action_more_is_refused()
    {
        var longest = Seen with { History = [.. Enumerable.Repeat(Heard, BillObservation.MaxActions)] };
        var more = Seen with { History = longest.History!.Value.Add(Heard) };

        Assert.False(longest.IsTooMuch);
        Bill.When(new BillCommand.Observe(more), Import).ThenRefused(BillRefusals.TooMuch);
    }

    [Fact]
    public void A_bill_tells_other_slices_its_number_and_subject()
    {
        Assert.Null(BillDecider.Tell(BillView.Unknown));
        Assert.Equal(new BillFact("AB 9001", "Street trees: grants."), BillDecider.Tell(Known.State));
    }

    [Fact]
    public void A_fingerprint_is_the_same_whatever_the_moment_blanks_and_pages_and_another_for_anything_else()
    {
        foreach (var (_, change, _) in Changes.Select(row => row.Data))
            Assert.NotEqual(Seen.Fingerprint(), change.Fingerprint());
        Assert.Equal(Seen.Fingerprint(), Later(Seen with { History = WithFirst("Read first time.   To print. (Page 39.)") }).Fingerprint());
    }

    private static BillVersion Amended => new("20250AB900198AMD", 98, new DateOnly(2025, 4, 1), "Amended Assembly", "Street trees: grants.", "Majority", false, true, false, false, false);
    private static BillAction Heard => SomeBills.Action(2025, 4, 2, 4, "Set for hearing April 9.", "Assembly", "Committee", "CX15", "In Committee Process");
    private static RollCall Floor => new("AFLOOR", new DateOnly(2025, 5, 5), 1001, 183725, null, "Assembly Third Reading", 60, 10, 9, true, null);

    private static BillAuthor Author(string name) => new(name, "Assembly", Authorship.Author, true, null, null);
    private static BillObservation Later(BillObservation seen) => seen with { AsOf = seen.AsOf.AddDays(1) };
    private static ImmutableArray<BillAction> WithFirst(string text) => Seen.History!.Value.SetItem(0, Seen.History!.Value[0] with { Text = text });
    private static ImmutableArray<BillAction> WithLast(string text) => Seen.History!.Value.SetItem(2, Seen.History!.Value[2] with { Text = text });

    private static ImmutableArray<BillEvent> EventsOf(BillObservation seen) =>
        BillDecider.Decide(BillView.Unknown, new BillCommand.Observe(seen), new Circumstances(Import, By.Start, [])).Events;
}
