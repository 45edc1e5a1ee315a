using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>What is in order when, in each set of rules: a table with a case for each row, and the sentence that stands beside a move that is not.</summary>
public sealed class MovesTests
{
    private static readonly Mover Chair = new(Chairs: true, Votes: true, Recused: false, Made: false, VotedSide.DidNotVote);
    private static readonly Mover Member = Chair with { Chairs = false };
    private static readonly Mover Maker = Member with { Made = true };
    private static readonly FloorItem Action = new(ItemKind.Action, Posted: true, Found: false, Debated: false, CommentHeard: true);

    private static readonly Floor InSession = Floor.Before with { Session = FloorPhase.InSession, Quorum = true };
    private static readonly Floor OnItem = InSession with { Item = Action };
    private static readonly Floor OnMain = With(OnItem, MotionKind.Main);
    private static readonly Floor OnAmendment = With(OnMain, MotionKind.Amend);
    private static readonly Floor OnSubstitute = With(OnAmendment, MotionKind.Substitute);
    private static readonly Floor OffTheAgenda = InSession with { Item = Action with { Posted = false } };
    private static readonly Floor AfterADecision = OnItem with { Decided = true };

    private const string Rosenberg = "Rosenberg's Rules: ";
    private const string Robert = "Robert's Rules for small boards: ";

    /// <summary>A row's own case: the floor on which it is in order, one on which it isn't, and why not there.</summary>
    private static readonly ImmutableArray<(RulesOfOrder Rules, MotionKind Kind, Floor InOrder, Mover By, Floor NotInOrder, string Reason)> Cases =
    [
        (RulesOfOrder.Rosenberg, MotionKind.Main, OnItem, Member, OnMain, Rosenberg + "a basic motion is on the floor. Move to amend it, or move a substitute."),
        (RulesOfOrder.Rosenberg, MotionKind.Amend, OnMain, Member, OnItem, Rosenberg + "there is no motion here that could be changed."),
        (RulesOfOrder.Rosenberg, MotionKind.Substitute, OnAmendment, Member, OnSubstitute, Rosenberg + "3 motions are on the floor, and no more may be. The last one is decided first."),
        (RulesOfOrder.Rosenberg, MotionKind.LimitDebate, OnMain, Member, With(OnMain, MotionKind.Adjourn), Rosenberg + "a motion to adjourn is not debatable."),
        (RulesOfOrder.Rosenberg, MotionKind.CallTheQuestion, OnSubstitute, Member, Top(OnMain, motion => motion with { DebateClosed = true }), Rosenberg + "debate on a basic motion is closed. The vote follows."),
        (RulesOfOrder.Rosenberg, MotionKind.Table, OnSubstitute, Member, InSession, Rosenberg + "no item is open."),
        (RulesOfOrder.Rosenberg, MotionKind.ObjectToConsideration, OnMain, Member, Course.Spoken(OnMain), Rosenberg + "an objection to consideration comes before any debate."),
        (RulesOfOrder.Rosenberg, MotionKind.CloseNominations, OnItem with { Nominations = true }, Member, OnItem, Rosenberg + "no nominations are open."),
        (RulesOfOrder.Rosenberg, MotionKind.OffAgenda, OffTheAgenda, Member, OnItem, Rosenberg + "the body may act on what is before it without a finding."),
        (RulesOfOrder.Rosenberg, MotionKind.Emergency, OffTheAgenda, Member, With(OffTheAgenda, MotionKind.OffAgenda), Rosenberg + "a finding that an item must be added to the agenda is on the floor. It is decided first."),
        (RulesOfOrder.Rosenberg, MotionKind.Reconsider, AfterADecision, Member with { LastVote = VotedSide.Prevailing }, OnItem, Rosenberg + "nothing was decided in this meeting."),
        (RulesOfOrder.Rosenberg, MotionKind.SuspendRules, OnMain, Member, OnMain with { RulesSuspended = true }, Rosenberg + "the rules are suspended already."),
        (RulesOfOrder.Rosenberg, MotionKind.Appeal, OnMain with { Ruled = true }, Member, OnMain, Rosenberg + "an appeal follows at once upon a ruling of the chair, and there is none."),
        (RulesOfOrder.Rosenberg, MotionKind.Recess, OnSubstitute, Member, With(OnMain, MotionKind.Table), Rosenberg + "a motion to table is not debatable, and is voted at once."),
        (RulesOfOrder.Rosenberg, MotionKind.Adjourn, OnSubstitute, Member, With(OnMain, MotionKind.Adjourn), Rosenberg + "a motion to adjourn is on the floor already."),
        (RulesOfOrder.Rosenberg, MotionKind.FixTimeToAdjourn, OnSubstitute, Member, Floor.Before, Rosenberg + "the meeting has not been called to order."),

        (RulesOfOrder.RobertSmallBoard, MotionKind.Main, OnItem, Member, OnMain, Robert + "a main motion is on the floor. Move to amend it, or move a substitute."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Amend, OnAmendment, Member, With(OnAmendment, MotionKind.Amend), Robert + "3 motions are on the floor, and no more may be. The last one is decided first."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Substitute, OnMain, Member, OnItem, Robert + "there is no motion here that could be changed."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.LimitDebate, OnMain, Member, With(OnMain, MotionKind.Recess), Robert + "a motion to recess is not debatable."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.CallTheQuestion, OnMain, Member, OnItem, Robert + "no motion is on the floor."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Table, With(OnMain, MotionKind.CallTheQuestion), Member, With(OnMain, MotionKind.Recess), Robert + "a motion to recess is decided before a motion to lay on the table."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.ObjectToConsideration, OnMain, Member, OnAmendment, Robert + "an objection to consideration comes before any debate."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.CloseNominations, OnItem with { Nominations = true }, Member, OnItem, Robert + "no nominations are open."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.OffAgenda, OffTheAgenda, Member, InSession, Robert + "the body may act on what is before it without a finding."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Emergency, OffTheAgenda, Member, OffTheAgenda with { Item = Action with { Posted = false, Found = true } }, Robert + "the body may act on what is before it without a finding."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Reconsider, AfterADecision, Member, With(AfterADecision, MotionKind.Main), Robert + "a main motion is on the floor. It is decided first."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.SuspendRules, OnMain, Member, With(OnMain, MotionKind.Recess), Robert + "a motion to recess is decided before a motion to suspend the rules."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Appeal, OnMain with { Ruled = true }, Member, OnMain, Robert + "an appeal follows at once upon a ruling of the chair, and there is none."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Recess, With(OnMain, MotionKind.Table), Member, With(OnMain, MotionKind.Adjourn), Robert + "a motion to adjourn is decided before a motion to recess."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.Adjourn, With(OnMain, MotionKind.Recess), Member, With(OnMain, MotionKind.FixTimeToAdjourn), Robert + "a motion to fix the time to adjourn is decided before a motion to adjourn."),
        (RulesOfOrder.RobertSmallBoard, MotionKind.FixTimeToAdjourn, With(OnMain, MotionKind.Adjourn), Member, OnMain with { Session = FloorPhase.InRecess }, Robert + "the body is in recess. The chair resumes the meeting."),
    ];

    public static TheoryData<RulesOfOrder, MotionKind> Rows => [.. from rules in Enum.GetValues<RulesOfOrder>() from row in RuleSet.Of(rules).Motions select (rules, row.Kind)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_of_each_set_of_rules_is_in_order_where_it_should_be_and_nowhere_else(RulesOfOrder rules, MotionKind kind)
    {
        var row = Assert.Single(Cases, row => row.Rules == rules && row.Kind == kind);

        Assert.Null(Moves.Against(RuleSet.Of(rules), row.InOrder, row.By, Move.Make(kind)));
        Assert.Equal(row.Reason, Moves.Against(RuleSet.Of(rules), row.NotInOrder, row.By, Move.Make(kind))?.Sentence);
    }

    [Fact]
    public void Each_set_of_rules_has_a_row_for_every_motion() =>
        Assert.All(Enum.GetValues<RulesOfOrder>(), rules => Assert.Equal(Enum.GetValues<MotionKind>(), RuleSet.Of(rules).Motions.Select(row => row.Kind).Order()));

    /// <summary>Rosenberg's Rules of Order (rev. 2011): what is not debatable, and what needs two thirds.</summary>
    [Fact]
    public void Rosenberg_names_what_is_not_debatable_and_what_needs_two_thirds()
    {
        Assert.Equal(
            [
                MotionKind.Adjourn, MotionKind.Recess, MotionKind.FixTimeToAdjourn, MotionKind.Table, MotionKind.LimitDebate, MotionKind.CallTheQuestion,
                MotionKind.ObjectToConsideration, MotionKind.CloseNominations,
            ],
            RuleSet.Rosenberg.Motions.Where(row => !row.Debatable).Select(row => row.Kind).Order());
        Assert.Equal(
            [MotionKind.LimitDebate, MotionKind.CallTheQuestion, MotionKind.ObjectToConsideration, MotionKind.CloseNominations, MotionKind.SuspendRules],
            RuleSet.Rosenberg.Motions.Where(row => row.Threshold == Threshold.TwoThirds).Select(row => row.Kind).Order());
        Assert.All(RuleSet.Rosenberg.Motions, row => Assert.True(row.NeedsSecond));
        Assert.All(RuleSet.RobertSmallBoard.Motions, row => Assert.False(row.NeedsSecond));
        Assert.Equal("Rosenberg's Rules, Motion to Adjourn", RuleSet.Rosenberg.Cite(MotionKind.Adjourn));
        Assert.Equal("Gov. Code 54954.2(b)(2)", RuleSet.RobertSmallBoard.Cite(MotionKind.OffAgenda));
    }

    [Fact]
    public void A_fourth_motion_is_refused_even_where_the_rules_are_suspended_or_the_chair_rules_it_in_order()
    {
        foreach (var kind in new[] { MotionKind.Main, MotionKind.Amend, MotionKind.Substitute })
        {
            var lifted = OnSubstitute with { RulesSuspended = true, RuledInOrder = [Move.Make(kind)] };
            Assert.Equal(Rosenberg + "3 motions are on the floor, and no more may be. The last one is decided first.", Why(lifted, Member, Move.Make(kind)));
        }
    }

    [Fact]
    public void Who_lost_does_not_move_to_reconsider_and_an_abstainer_does_only_by_Roberts_rules()
    {
        Reason? Against(RuleSet rules, VotedSide side) => Moves.Against(rules, AfterADecision, Member with { LastVote = side }, Move.Make(MotionKind.Reconsider));

        Assert.Equal(Rosenberg + "a motion to reconsider is made by a member who voted on the side that won.", Against(RuleSet.Rosenberg, VotedSide.Losing)?.Sentence);
        Assert.Equal("NotPrevailing", Against(RuleSet.Rosenberg, VotedSide.DidNotVote)?.Code);
        Assert.Null(Against(RuleSet.Rosenberg, VotedSide.Prevailing));
        Assert.Equal(Robert + "a motion to reconsider is not made by a member who voted on the side that lost.", Against(RuleSet.RobertSmallBoard, VotedSide.Losing)?.Sentence);
        Assert.Null(Against(RuleSet.RobertSmallBoard, VotedSide.DidNotVote));
        Assert.Null(Against(RuleSet.RobertSmallBoard, VotedSide.Prevailing));
    }

    [Fact]
    public void A_ruling_puts_in_order_the_move_that_it_names_and_no_other()
    {
        var closed = Top(OnMain, motion => motion with { DebateClosed = true });
        var ruled = closed with { RuledInOrder = [Move.Make(MotionKind.Amend)] };

        Assert.Equal("DebateClosed", Moves.Against(RuleSet.Rosenberg, closed, Member, Move.Make(MotionKind.Amend))?.Code);
        Assert.Null(Moves.Against(RuleSet.Rosenberg, ruled, Member, Move.Make(MotionKind.Amend)));
        Assert.Equal("DebateClosed", Moves.Against(RuleSet.Rosenberg, ruled, Member, Move.Make(MotionKind.Substitute))?.Code);
        Assert.Null(Moves.Against(RuleSet.Rosenberg, closed with { RulesSuspended = true }, Member, Move.Make(MotionKind.Substitute)));
    }

    [Fact]
    public void What_the_law_asks_no_ruling_lifts()
    {
        var main = Move.Make(MotionKind.Main);
        var lifted = OffTheAgenda with { RulesSuspended = true, RuledInOrder = [main] };

        Assert.Equal("Gov. Code 54954.2: this item is not on the posted agenda. Move a finding first.", Why(lifted, Member, main));
        Assert.Equal("2 CCR 18707: you are recused from this item, and take no part in it.", Why(OnItem with { RulesSuspended = true }, Member with { Recused = true }, main));
        Assert.Equal("2 CCR 18707: you are recused from this item. Ask the vice chair to take the chair for it.", Why(OnMain, Chair with { Recused = true }, Move.Of(Act.OpenRollCall)));
        Assert.Null(Why(InSession, Member with { Recused = true }, Move.Make(MotionKind.Adjourn)));
        Assert.Equal("Gov. Code 54953: someone takes part from elsewhere, so every vote is a roll call.", Why(OnMain with { RollCallOnly = true, RulesSuspended = true }, Chair, Move.Of(Act.AskConsent)));
        Assert.Equal("RollCallOnly", Moves.Against(RuleSet.Rosenberg, OnMain with { RollCallOnly = true }, Chair, Move.Of(Act.OpenHandCount))?.Code);
        Assert.Null(Why(OnMain with { RollCallOnly = true }, Chair, Move.Of(Act.OpenRollCall)));
    }

    [Fact]
    public void An_item_for_information_takes_no_motion_unless_the_chair_rules_so()
    {
        var informed = InSession with { Item = Action with { Kind = ItemKind.Informational } };
        Assert.Equal(Rosenberg + "this item is not for action.", Why(informed, Member, Move.Make(MotionKind.Main)));
        Assert.Equal(Rosenberg + "this item is not for action.", Why(InSession with { Item = Action with { Kind = ItemKind.PublicComment } }, Member, Move.Make(MotionKind.Main)));
        Assert.Null(Why(informed with { RuledInOrder = [Move.Make(MotionKind.Main)] }, Member, Move.Make(MotionKind.Main)));
    }

    [Fact]
    public void Without_a_quorum_the_body_adjourns_recesses_fixes_the_time_and_calls_the_absent_and_does_nothing_else()
    {
        var few = OnMain with { Quorum = false };

        Assert.Equal(
            [
                Move.Of(Act.ObtainQuorum), Move.Of(Act.Recess), Move.Of(Act.Adjourn), Move.Make(MotionKind.Adjourn), Move.Make(MotionKind.Recess),
                Move.Make(MotionKind.FixTimeToAdjourn),
            ],
            InOrder(few, Chair));
        Assert.Equal(Rosenberg + "without a quorum the body may only adjourn, recess, fix the time to meet again, or call the absent.", Why(few, Chair, Move.Of(Act.OpenRollCall)));

        // Such a motion can be seconded and voted, though a quorum is missing.
        var adjourning = Course.After(RuleSet.Rosenberg, few, Move.Make(MotionKind.Adjourn));
        Assert.Contains(Move.Of(Act.Second), InOrder(adjourning, Member));
        Assert.Contains(Move.Of(Act.OpenRollCall), InOrder(Course.After(RuleSet.Rosenberg, adjourning, Move.Of(Act.Second)), Chair));
        Assert.Equal(Rosenberg + "a quorum is present.", Why(OnItem, Chair, Move.Of(Act.ObtainQuorum)));
    }

    [Fact]
    public void A_point_of_order_halts_the_floor_until_the_chair_rules_and_then_an_appeal_is_in_order()
    {
        var raised = Course.After(RuleSet.Rosenberg, OnSubstitute, Move.Of(Act.RaisePointOfOrder));
        Assert.Equal([Move.Of(Act.RuleOnPoint)], InOrder(raised, Chair));
        Assert.Empty(InOrder(raised, Member));
        Assert.Equal(Rosenberg + "a point of order halts everything until the chair rules on it.", Why(raised, Chair, Move.Of(Act.OpenRollCall)));
        Assert.Equal(Rosenberg + "no point of order is raised.", Why(OnMain, Chair, Move.Of(Act.RuleOnPoint)));

        var ruled = Course.After(RuleSet.Rosenberg, raised, Move.Of(Act.RuleOnPoint));
        Assert.Contains(Move.Make(MotionKind.Appeal), InOrder(ruled, Member));
        var appealed = Course.After(RuleSet.Rosenberg, ruled, Move.Make(MotionKind.Appeal));
        Assert.False(Course.After(RuleSet.Rosenberg, Course.After(RuleSet.Rosenberg, appealed, Move.Of(Act.RaisePointOfOrder)), Move.Of(Act.RuleOnPoint)).Ruled);
    }

    [Fact]
    public void A_motion_waits_for_a_second_by_someone_else_or_for_the_chair()
    {
        var made = Course.After(RuleSet.Rosenberg, OnItem, Move.Make(MotionKind.Main));

        Assert.Equal([Move.Of(Act.GoOnWithoutSecond), Move.Of(Act.DeclareNoSecond)], InOrder(made, Chair).Where(move => move.Act is Act.GoOnWithoutSecond or Act.DeclareNoSecond or Act.OpenRollCall));
        Assert.Equal(Rosenberg + "a basic motion waits for a second.", Why(made, Chair, Move.Of(Act.OpenRollCall)));
        Assert.Equal(Rosenberg + "a basic motion waits for a second.", Why(made, Member, Move.Make(MotionKind.Amend)));
        Assert.Equal(Rosenberg + "who made a motion doesn't second it.", Why(made, Maker, Move.Of(Act.Second)));
        Assert.Null(Why(made, Member, Move.Of(Act.Second)));
        Assert.Equal(Rosenberg + "no motion waits for a second.", Why(OnItem, Member, Move.Of(Act.Second)));
        Assert.Equal(Robert + "a main motion needs no second.", Moves.Against(RuleSet.RobertSmallBoard, OnMain, Member, Move.Of(Act.Second))?.Sentence);
        Assert.Equal(Robert + "a motion needs a second before it is taken up.", Moves.Against(RuleSet.RobertSmallBoard, made, Chair, Move.Of(Act.GoOnWithoutSecond))?.Sentence);
        Assert.Empty(Course.After(RuleSet.Rosenberg, made, Move.Of(Act.DeclareNoSecond)).Motions);
        Assert.Equal(OnMain.Top, Course.After(RuleSet.Rosenberg, made, Move.Of(Act.Second)).Top);
    }

    [Fact]
    public void Its_maker_withdraws_a_motion_at_any_time_by_Rosenbergs_rules_and_before_debate_by_Roberts()
    {
        var debated = Course.Spoken(OnMain);
        Assert.Null(Why(debated, Maker, Move.Of(Act.Withdraw)));
        Assert.Equal(Rosenberg + "only who made the motion that is taken next withdraws it.", Why(debated, Member, Move.Of(Act.Withdraw)));
        Assert.Null(Moves.Against(RuleSet.RobertSmallBoard, OnMain, Maker, Move.Of(Act.Withdraw)));
        Assert.Equal(
            Robert + "once it is debated a motion belongs to the body. The chair asks whether anyone objects.",
            Moves.Against(RuleSet.RobertSmallBoard, debated, Maker, Move.Of(Act.Withdraw))?.Sentence);
    }

    [Fact]
    public void A_friendly_amendment_is_Rosenbergs()
    {
        Assert.Null(Why(OnMain, Member, Move.Of(Act.OfferFriendlyAmendment)));
        Assert.Equal(Rosenberg + "no motion is on the floor.", Why(OnItem, Member, Move.Of(Act.OfferFriendlyAmendment)));
        Assert.Equal(Rosenberg + "a motion to table can't be amended.", Why(With(OnMain, MotionKind.Table), Member, Move.Of(Act.OfferFriendlyAmendment)));
        Assert.Equal(Robert + "a friendly amendment is an amendment like any other. Move to amend.", Moves.Against(RuleSet.RobertSmallBoard, OnMain, Member, Move.Of(Act.OfferFriendlyAmendment))?.Sentence);
    }

    [Fact]
    public void While_a_vote_is_open_members_vote_and_the_chair_closes_it_or_makes_it_void()
    {
        var open = Course.After(RuleSet.Rosenberg, OnSubstitute, Move.Of(Act.OpenRollCall));
        Assert.Equal([Move.Of(Act.Vote), Move.Of(Act.RaisePointOfOrder)], InOrder(open, Member));
        Assert.Equal([Move.Of(Act.CloseVote), Move.Of(Act.VoidVote)], InOrder(open, Chair with { Votes = false }));
        Assert.Equal(Rosenberg + "a vote is open. This has to wait until the chair closes it.", Why(open, Member, Move.Make(MotionKind.Adjourn)));
        Assert.Equal(Rosenberg + "no vote is open.", Why(OnMain, Member, Move.Of(Act.Vote)));
        Assert.Equal(Rosenberg + "hands are counted in the room. The clerk enters the numbers.", Why(Course.After(RuleSet.Rosenberg, OnMain, Move.Of(Act.OpenHandCount)), Member, Move.Of(Act.Vote)));

        var asked = Course.After(RuleSet.Rosenberg, OnMain, Move.Of(Act.AskConsent));
        Assert.Equal([Move.Of(Act.ObjectToConsent), Move.Of(Act.RaisePointOfOrder)], InOrder(asked, Member));
        Assert.Equal(VoteMethod.RollCall, Course.After(RuleSet.Rosenberg, asked, Move.Of(Act.ObjectToConsent)).Vote);
        Assert.Equal(Rosenberg + "the chair has not asked for unanimous consent.", Why(open, Member, Move.Of(Act.ObjectToConsent)));
    }

    [Fact]
    public void A_closed_vote_is_made_void_before_other_business_and_then_the_motion_is_on_the_floor_again()
    {
        var open = Course.After(RuleSet.Rosenberg, OnAmendment, Move.Of(Act.OpenRollCall));
        var closed = Course.Closed(RuleSet.Rosenberg, open, VoteOutcome.Adopted);

        Assert.Null(Why(closed, Chair, Move.Of(Act.VoidVote)));
        Assert.Equal(OnAmendment.Motions, Course.After(RuleSet.Rosenberg, closed, Move.Of(Act.VoidVote)).Motions);
        Assert.Equal(
            Rosenberg + "only an open vote, or the last one before other business, can be made void.",
            Why(Course.After(RuleSet.Rosenberg, closed, Move.Make(MotionKind.Substitute)), Chair, Move.Of(Act.VoidVote)));
    }

    [Fact]
    public void An_adopted_substitute_ends_the_matter_by_Rosenbergs_rules_and_replaces_the_motion_by_Roberts()
    {
        var open = OnSubstitute with { Vote = VoteMethod.RollCall };
        Assert.Empty(Course.Closed(RuleSet.Rosenberg, open, VoteOutcome.Adopted).Motions);
        Assert.Equal([MotionKind.Main], Kinds(Course.Closed(RuleSet.RobertSmallBoard, open, VoteOutcome.Adopted)));
        Assert.Equal([MotionKind.Main, MotionKind.Amend], Kinds(Course.Closed(RuleSet.Rosenberg, open, VoteOutcome.Rejected)));
        Assert.Equal([MotionKind.Main, MotionKind.Amend, MotionKind.Substitute], Kinds(Course.Closed(RuleSet.Rosenberg, open, VoteOutcome.NoQuorum)));
        Assert.Throws<InvalidOperationException>(() => Course.Closed(RuleSet.Rosenberg, OnSubstitute, VoteOutcome.Adopted));
    }

    /// <summary>What an adopted motion does to the floor, one by one.</summary>
    [Fact]
    public void What_is_adopted_takes_effect()
    {
        Floor Adopt(Floor floor, MotionKind kind, RuleSet? rules = null) => Course.Closed(rules ?? RuleSet.Rosenberg, With(floor, kind) with { Vote = VoteMethod.RollCall }, VoteOutcome.Adopted);

        Assert.True(Adopt(OnItem, MotionKind.Main).Decided);
        Assert.False(Adopt(OnMain, MotionKind.Amend).Decided);
        Assert.Equal(FloorPhase.Adjourned, Adopt(OnSubstitute, MotionKind.Adjourn).Session);
        Assert.Equal((FloorPhase.InRecess, 3), (Adopt(OnSubstitute, MotionKind.Recess).Session, Adopt(OnSubstitute, MotionKind.Recess).Motions.Length));
        Assert.Equal(3, Adopt(OnSubstitute, MotionKind.FixTimeToAdjourn).Motions.Length);
        Assert.Null(Adopt(OnSubstitute, MotionKind.Table).Item);
        Assert.Equal((null, 0), (Adopt(OnMain, MotionKind.ObjectToConsideration).Item, Adopt(OnMain, MotionKind.ObjectToConsideration).Motions.Length));
        Assert.False(Adopt(OnMain, MotionKind.LimitDebate).Top!.DebateClosed);
        Assert.True(Adopt(OnMain, MotionKind.CallTheQuestion).Top!.DebateClosed);
        Assert.False(Adopt(OnItem with { Nominations = true }, MotionKind.CloseNominations).Nominations);
        Assert.True(Adopt(OnMain, MotionKind.SuspendRules).RulesSuspended);
        Assert.Empty(Adopt(AfterADecision, MotionKind.Reconsider).Motions);
        Assert.Equal([MotionKind.Main], Kinds(Adopt(AfterADecision, MotionKind.Reconsider, RuleSet.RobertSmallBoard)));
        Assert.False(Adopt(AfterADecision, MotionKind.Reconsider).Decided);
        Assert.False(Adopt(OnMain with { Ruled = true }, MotionKind.Appeal).Ruled);
        Assert.True(Adopt(OffTheAgenda, MotionKind.OffAgenda).Item!.Found);
        Assert.True(Adopt(OffTheAgenda, MotionKind.Emergency).Item!.Found);
    }

    [Fact]
    public void A_vote_before_public_comment_is_lawful_and_warned_of()
    {
        string? Warning(Floor floor, Move move) => Moves.Of(RuleSet.Rosenberg, floor, Chair).Single(answer => answer.Move == move).Warning;
        var unheard = OnMain with { Item = Action with { CommentHeard = false } };

        Assert.Null(Why(unheard, Chair, Move.Of(Act.OpenRollCall)));
        Assert.Equal(Moves.CommentNotHeard, Warning(unheard, Move.Of(Act.OpenRollCall)));
        Assert.Null(Warning(OnMain, Move.Of(Act.OpenRollCall)));
        Assert.Null(Warning(unheard, Move.Make(MotionKind.Amend)));
        Assert.Null(Warning(With(unheard, MotionKind.Recess), Move.Of(Act.OpenRollCall)));
    }

    [Fact]
    public void The_chair_runs_the_meeting_and_members_move()
    {
        Assert.Equal(Rosenberg + "the chair does this.", Why(OnMain, Member, Move.Of(Act.OpenRollCall)));
        Assert.Equal(Rosenberg + "a member who is present and votes here does this.", Why(OnItem, Chair with { Votes = false }, Move.Make(MotionKind.Main)));
        Assert.Null(Why(Floor.Before, Chair, Move.Of(Act.CallToOrder)));
        Assert.Equal(Rosenberg + "the meeting is called to order already.", Why(InSession, Chair, Move.Of(Act.CallToOrder)));
        Assert.Null(Why(InSession with { Session = FloorPhase.InRecess }, Chair, Move.Of(Act.Resume)));
        Assert.Equal(Rosenberg + "the body is not in recess.", Why(InSession, Chair, Move.Of(Act.Resume)));
        Assert.Equal(Rosenberg + "an item is open. It is finished first.", Why(OnItem, Chair, Move.Of(Act.CallItem)));
        Assert.Null(Why(InSession, Chair, Move.Of(Act.CallItem)));
        Assert.Equal(Rosenberg + "a basic motion is on the floor. It is decided first.", Why(OnMain, Chair, Move.Of(Act.FinishItem)));
        Assert.Equal(Rosenberg + "a basic motion is on the floor. It is decided first.", Why(OnMain, Chair, Move.Of(Act.Adjourn)));
        Assert.Null(Why(OnMain with { RuledInOrder = [Move.Of(Act.Adjourn)] }, Chair, Move.Of(Act.Adjourn)));
        Assert.Equal(Rosenberg + "the meeting is adjourned.", Why(Course.After(RuleSet.Rosenberg, OnItem, Move.Of(Act.Adjourn)), Chair, Move.Of(Act.Resume)));
        Assert.Throws<ArgumentException>(() => Course.After(RuleSet.Rosenberg, InSession, Move.Of(Act.CallItem)));
    }

    [Fact]
    public void A_reason_is_a_refusal_with_the_rules_name_first()
    {
        var refusal = Moves.Against(RuleSet.Rosenberg, With(OnMain, MotionKind.Adjourn), Member, Move.Make(MotionKind.CallTheQuestion))!.Refusal;
        Assert.Equal(("NotDebatable", "Rosenberg's Rules: a motion to adjourn is not debatable."), (refusal.Code, refusal.Sentence));
    }

    private static string? Why(Floor floor, Mover who, Move move) => Moves.Against(RuleSet.Rosenberg, floor, who, move)?.Sentence;

    private static IEnumerable<Move> InOrder(Floor floor, Mover who) => Moves.Of(RuleSet.Rosenberg, floor, who).Where(answer => answer.Against is null).Select(answer => answer.Move);

    private static IEnumerable<MotionKind> Kinds(Floor floor) => floor.Motions.Select(motion => motion.Kind);

    private static Floor With(Floor floor, MotionKind kind) => floor with { Motions = floor.Motions.Add(new PendingMotion(kind, TakenUp: true, Debated: false, DebateClosed: false)) };

    private static Floor Top(Floor floor, Func<PendingMotion, PendingMotion> changed) => floor with { Motions = [.. floor.Motions[..^1], changed(floor.Top!)] };
}
