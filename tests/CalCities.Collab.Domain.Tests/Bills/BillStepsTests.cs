using System.Collections.Immutable;
using static CalCities.Collab.Bills.SomeBills;

namespace CalCities.Collab.Bills;

/// <summary>Each case is a history in the Legislature's words; what is asked is the whole way, one line a step.</summary>
public sealed class BillStepsTests
{
    private static readonly BillAction Introduced = Action(2025, 2, 19, 1, "Read first time. To print.", "Assembly", "Desk", null, "Pending Referral");
    private static readonly BillAction Referred = Action(2025, 3, 3, 2, "Referred to Com. on L. GOV.", "Assembly", "Committee", "CX15", "In Committee Process");
    private static readonly BillAction ToAppropriations = Action(2025, 4, 3, 3,
        "From committee: Do pass and re-refer to Com. on APPR. (Ayes 9. Noes 1. Page 700.) (April 2). Re-referred to Com. on APPR.", "Assembly", "Committee", "CX25", "In Committee Process");
    private static readonly BillAction ToFloor = Action(2025, 5, 1, 4, "From committee: Do pass. (Ayes 11. Noes 4.) (May 1).", "Assembly", "Floor", "Second Reading", "In Floor Process");
    private static readonly BillAction Passed = Action(2025, 5, 5, 5, "Read third time. Passed. Ordered to the Senate. (Ayes 60. Noes 10. Page 1420.)", "Assembly", "E&E", "Engrossing", "Passed");
    private static readonly BillAction InSenate = Action(2025, 5, 6, 6, "In Senate. Read first time. To Com. on RLS. for assignment.", "Senate", "Rules", null, "Pending Referral");
    private static readonly BillAction InSenateCommittee = Action(2025, 5, 14, 7, "Referred to Com. on L. GOV.", "Senate", "Committee", "CS82", "In Committee Process");
    private static readonly BillAction SenateAmends = Action(2025, 6, 20, 8,
        "From committee: Amend, and do pass as amended and re-refer to Com. on APPR. (Ayes 6. Noes 0.) (June 20).", "Senate", "Floor", "Second Reading", "In Floor Process");
    private static readonly BillAction SenateToAppropriations = Action(2025, 6, 21, 9, "Read second time and amended. Re-referred to Com. on APPR.", "Senate", "Committee", "CS61", "In Committee Process");
    private static readonly BillAction SenateToFloor = Action(2025, 8, 29, 10, "From committee: Do pass. (Ayes 7. Noes 0.) (August 29).", "Senate", "Floor", "Second Reading", "In Floor Process");
    private static readonly BillAction SenatePassed = Action(2025, 9, 8, 11, "Read third time. Passed. Ordered to the Assembly. (Ayes 36. Noes 2. Page 2622.).", "Senate", "Desk", null, "Passed");
    private static readonly BillAction Concurring = Action(2025, 9, 8, 12, "In Assembly. Concurrence in Senate amendments pending.", "Assembly", "Desk", null, "In Floor Process");
    private static readonly BillAction Concurred = Action(2025, 9, 12, 13, "Senate amendments concurred in. To Engrossing and Enrolling. (Ayes 79. Noes 0. Page 3366.).", "Assembly", "E&E", "Enrollment", "Passed");
    private static readonly BillAction Presented = Action(2025, 9, 24, 14, "Enrolled and presented to the Governor at 3 p.m.", "Governor", null, null, "Enrolled");
    private static readonly BillAction Signed = Action(2025, 10, 11, 15, "Approved by the Governor.", "Governor", null, null, "Signed by Governor");
    private static readonly BillAction Chaptered = Action(2025, 10, 11, 16, "Chaptered by Secretary of State - Chapter 623, Statutes of 2025.", "Secretary of State", null, null, "Chaptered");
    private static readonly BillAction Vetoed = Action(2025, 10, 11, 15, "Vetoed by the Governor.", "Assembly", "Desk", null, "Vetoed");
    private static readonly BillAction Overriding = Action(2026, 1, 5, 16, "Consideration of Governor's veto pending.", "Assembly", "Floor", "Unfinished Business", "In Floor Process");
    private static readonly BillAction DiedInCommittee = Action(2026, 1, 31, 5, "Died pursuant to Art. IV, Sec. 10(c) of the Constitution.", "Assembly", "Committee", "CX25", "Died");

    [Fact]
    public void A_bill_just_introduced_has_all_before_it() => Assert.Equal(
    [
        "Introduced: Now 2025-02-19",
        "Assembly policy: ToCome", "Assembly fiscal: ToCome", "Assembly floor: ToCome",
        "Senate policy: ToCome", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced));

    [Fact]
    public void A_bill_in_its_first_committee_says_in_which() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Now 2025-03-03 (Local Government)", "Assembly fiscal: ToCome", "Assembly floor: ToCome",
        "Senate policy: ToCome", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred));

    [Fact]
    public void A_vote_told_on_leaving_belongs_to_the_committee_that_was_left() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Now 2025-04-03 (Appropriations)", "Assembly floor: ToCome",
        "Senate policy: ToCome", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred, ToAppropriations));

    [Fact]
    public void A_bill_that_skips_the_fiscal_committee_passes_it_over() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-05-01 11–4", "Assembly fiscal: PassedOver", "Assembly floor: Now 2025-05-01",
        "Senate policy: ToCome", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred, ToFloor));

    [Fact]
    public void A_bill_that_has_passed_its_house_is_on_its_way_to_the_other() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Done 2025-05-01 11–4", "Assembly floor: Done 2025-05-05 60–10",
        "Senate policy: Now 2025-05-06", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred, ToAppropriations, ToFloor, Passed, InSenate));

    [Fact]
    public void A_bill_amended_on_its_way_to_the_fiscal_committee_is_not_yet_on_the_floor() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Done 2025-05-01 11–4", "Assembly floor: Done 2025-05-05 60–10",
        "Senate policy: Done 2025-06-20 6–0", "Senate fiscal: Now 2025-06-20", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred, ToAppropriations, ToFloor, Passed, InSenate, InSenateCommittee, SenateAmends));

    [Fact]
    public void A_bill_that_the_other_house_amended_comes_back_for_concurrence() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Done 2025-05-01 11–4", "Assembly floor: Done 2025-05-05 60–10",
        "Senate policy: Done 2025-06-20 6–0", "Senate fiscal: Done 2025-08-29 7–0", "Senate floor: Done 2025-09-08 36–2",
        "Assembly concurrence: Now 2025-09-08", "Governor: ToCome",
    ], Way(ThroughTheSenate));

    [Fact]
    public void A_chaptered_bill_has_done_it_all() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Done 2025-05-01 11–4", "Assembly floor: Done 2025-05-05 60–10",
        "Senate policy: Done 2025-06-20 6–0", "Senate fiscal: Done 2025-08-29 7–0", "Senate floor: Done 2025-09-08 36–2",
        "Assembly concurrence: Done 2025-09-12 79–0", "Governor: Done 2025-10-11 (Signed)",
    ], Way([.. ThroughTheSenate, Concurred, Presented, Signed, Chaptered]));

    [Fact]
    public void A_bill_on_its_way_to_the_Governor_says_so_and_on_the_desk_waits_for_the_decision()
    {
        Assert.Equal("Governor: Now 2025-09-12 (On its way)", Way([.. ThroughTheSenate, Concurred])[^1]);
        Assert.Equal("Governor: Now 2025-09-24 (To decide)", Way([.. ThroughTheSenate, Concurred, Presented])[^1]);
    }

    [Fact]
    public void A_bill_chaptered_without_a_signature_became_law_by_itself() =>
        Assert.Equal("Governor: Done 2025-10-11 (Became law)", Way([.. ThroughTheSenate, Concurred, Presented, Chaptered])[^1]);

    [Fact]
    public void A_vetoed_bill_stops_at_the_Governor_and_stays_so_while_an_override_is_considered()
    {
        Assert.Equal("Governor: Stopped 2025-10-11 (Vetoed)", Way([.. ThroughTheSenate, Concurred, Presented, Vetoed])[^1]);
        Assert.Equal("Governor: Stopped 2025-10-11 (Vetoed)", Way([.. ThroughTheSenate, Concurred, Presented, Vetoed, Overriding])[^1]);
    }

    [Fact]
    public void A_bill_that_died_stops_where_it_died() => Assert.Equal(
    [
        "Introduced: Done 2025-02-19",
        "Assembly policy: Done 2025-04-03 9–1", "Assembly fiscal: Stopped 2026-01-31 (Died)", "Assembly floor: ToCome",
        "Senate policy: ToCome", "Senate fiscal: ToCome", "Senate floor: ToCome", "Governor: ToCome",
    ], Way(Introduced, Referred, ToAppropriations, DiedInCommittee));

    [Fact]
    public void A_bill_sent_back_from_the_floor_to_its_committee_is_there_again() =>
        Assert.Equal("Senate policy: Now 2025-06-27 (Governmental Organization)", Way(
            Introduced, Referred, ToFloor, Passed, InSenate, InSenateCommittee, SenateToFloor,
            Action(2025, 6, 27, 15, "Re-referred to Coms. on G.O. and PUB. S.", "Senate", "Committee", "CS48", "In Committee Process"))[4]);

    [Fact]
    public void A_resolution_has_no_Governor() => Assert.Equal(
    [
        "Introduced: Done 2025-02-03", "Assembly policy: PassedOver", "Assembly fiscal: PassedOver", "Assembly floor: Done 2025-02-03",
        "Senate policy: PassedOver", "Senate fiscal: PassedOver", "Senate floor: Done 2025-02-03 38–0",
    ], Way("ACR",
        Action(2025, 2, 3, 1, "Introduced. To print.", "Assembly", "Desk", null, "Pending Referral"),
        Action(2025, 2, 3, 2, "Ordered to third reading.", "Assembly", "Floor", "Third Reading", "In Floor Process"),
        Action(2025, 2, 3, 2, "Adopted and to Senate.", "Assembly", "Desk", null, "Passed"),
        Action(2025, 2, 3, 3, "In Senate. Held at Desk.", "Senate", "Desk", null, "In Desk Process"),
        Action(2025, 2, 3, 3, "Adopted and to Assembly. (Ayes 38. Noes 0.)", "Senate", "Desk", null, "Passed"),
        Action(2025, 2, 3, 4, "In Assembly. Ordered to Engrossing and Enrolling.", "Assembly", "E&E", "Enrollment", "Passed"),
        Action(2025, 2, 6, 5, "Chaptered by Secretary of State - Res. Chapter 1, Statutes of 2025.", "Secretary of State", null, null, "Chaptered")));

    [Fact]
    public void A_houses_own_resolution_never_leaves_it() => Assert.Equal(
    [
        "Introduced: Done 2025-02-03", "Assembly policy: PassedOver", "Assembly fiscal: PassedOver", "Assembly floor: Done 2025-02-03 58–19",
    ], Way("HR",
        Action(2025, 2, 3, 1, "Introduced.", "Assembly", "Desk", null, "Pending Referral"),
        Action(2025, 2, 3, 1, "Read. Adopted. (Ayes 58. Noes 19.).", "Assembly", "Desk", null, "Passed")));

    [Fact]
    public void A_bill_that_needs_no_fiscal_committee_shows_none_to_come()
    {
        var bill = Bill("AB", [Introduced, Referred]);
        var withoutFiscal = bill with { Versions = [Observed.Versions!.Value[0] with { Fiscal = false }] };

        Assert.Equal(["Assembly fiscal: PassedOver", "Senate fiscal: PassedOver"], Lines(withoutFiscal).Where(line => line.Contains("fiscal", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_history_the_place_alone_says_how_far_the_bill_is() =>
        Assert.Equal("Assembly policy: Now (Local Government)", Lines(Bill("AB", []))[1]);

    [Fact]
    public void An_unknown_bill_has_no_way() => Assert.Empty(BillSteps.Of(BillView.Unknown));

    private static BillAction[] ThroughTheSenate =>
    [
        Introduced, Referred, ToAppropriations, ToFloor, Passed, InSenate, InSenateCommittee, SenateAmends, SenateToAppropriations, SenateToFloor, SenatePassed, Concurring,
    ];

    private static string[] Way(params BillAction[] history) => Way("AB", history);
    private static string[] Way(string measure, params BillAction[] history) => Lines(Bill(measure, [.. history]));

    private static BillView Bill(string measure, ImmutableArray<BillAction> history)
    {
        var bill = After(Observed);
        return bill with
        {
            Number = bill.Number! with { Measure = measure },
            Versions = [],
            History = history,
            Committees = bill.Committees.SetItems(new[]
            {
                new Committee("CX25", "Assembly", "Appropriations"), new Committee("CS61", "Senate", "Appropriations"),
                new Committee("CS82", "Senate", "Local Government"), new Committee("CS48", "Senate", "Governmental Organization"),
            }.Select(c => KeyValuePair.Create(c.Code, c))),
        };
    }

    private static string[] Lines(BillView bill) =>
        [.. BillSteps.Of(bill).Select(s => $"{s.Name}: {s.State}{(s.Date is { } date ? $" {date:yyyy-MM-dd}" : "")}{(s.Vote is null ? "" : $" {s.Vote}")}{(s.Note is null ? "" : $" ({s.Note})")}")];
}
