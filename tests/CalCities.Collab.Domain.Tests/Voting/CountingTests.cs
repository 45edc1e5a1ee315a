using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>The project's own cases of counting: at, under and over each border.</summary>
public sealed class CountingTests
{
    private static readonly Threshold MajorityOfPresent = Threshold.Majority with { Base = VoteBase.Present };
    private static readonly Threshold MajorityOfMembers = Threshold.Majority with { Base = VoteBase.Membership };
    private static readonly Threshold MajorityOfSeats = Threshold.Majority with { Base = VoteBase.Seats };

    /// <summary>Yes, No, abstained, not voting, unreachable, recused, absent, vacant; how many are counted, how many Yes are needed, and what it comes to.</summary>
    private static readonly ImmutableArray<(string Name, Threshold Threshold, Count Count, int Of, int Needed, VoteOutcome Outcome)> Cases =
    [
        ("one more Yes than No", Threshold.Majority, new(8, 7, 0, 0, 0, 0, 0, 0), 15, 8, VoteOutcome.Adopted),
        ("a tie", Threshold.Majority, new(8, 8, 0, 0, 0, 0, 0, 0), 16, 9, VoteOutcome.Rejected),
        ("nobody votes", Threshold.Majority, new(0, 0, 3, 0, 0, 0, 0, 0), 0, 1, VoteOutcome.Rejected),
        ("nobody votes where two thirds are to be reached", Threshold.TwoThirds, new(0, 0, 3, 0, 0, 0, 0, 0), 0, 1, VoteOutcome.Rejected),
        ("abstentions, recusals and vacancies aside", Threshold.Majority, new(2, 1, 9, 4, 1, 3, 5, 2), 3, 2, VoteOutcome.Adopted),
        ("just two thirds", Threshold.TwoThirds, new(14, 7, 3, 0, 0, 0, 0, 0), 21, 14, VoteOutcome.Adopted),
        ("one short of two thirds", Threshold.TwoThirds, new(13, 7, 0, 0, 0, 0, 0, 0), 20, 14, VoteOutcome.Rejected),
        ("more than two thirds, just two thirds given", Threshold.TwoThirds with { Exceed = true }, new(14, 7, 0, 0, 0, 0, 0, 0), 21, 15, VoteOutcome.Rejected),
        ("at least half, a tie", Threshold.Majority with { Exceed = false }, new(8, 8, 0, 0, 0, 0, 0, 0), 16, 8, VoteOutcome.Adopted),
        ("of those present, an abstention is not a Yes", MajorityOfPresent, new(4, 3, 1, 0, 0, 0, 6, 0), 8, 5, VoteOutcome.Rejected),
        ("of those present, who is silent is present and who can't be reached is not", MajorityOfPresent, new(4, 2, 0, 1, 1, 0, 0, 0), 7, 4, VoteOutcome.Adopted),
        ("of those present, the recused are not", MajorityOfPresent, new(4, 3, 0, 0, 0, 5, 0, 0), 7, 4, VoteOutcome.Adopted),
        ("of the membership, the recused and absent are members", MajorityOfMembers, new(4, 0, 0, 0, 0, 2, 2, 0), 8, 5, VoteOutcome.Rejected),
        ("of the membership, a vacant seat is no member", MajorityOfMembers, new(4, 0, 0, 0, 0, 0, 3, 2), 7, 4, VoteOutcome.Adopted),
        ("of all seats, a vacant seat counts", MajorityOfSeats, new(4, 0, 0, 0, 0, 0, 3, 2), 9, 5, VoteOutcome.Rejected),
        ("four fifths of seven", MajorityOfMembers with { Share = new(4, 5), Exceed = false }, new(5, 2, 0, 0, 0, 0, 0, 0), 7, 6, VoteOutcome.Rejected),
        ("all of those present", OffAgenda.AllPresent, new(6, 0, 0, 0, 0, 1, 4, 0), 6, 6, VoteOutcome.Adopted),
        ("all of those present but one", OffAgenda.AllPresent, new(5, 0, 1, 0, 0, 0, 5, 0), 6, 6, VoteOutcome.Rejected),
        ("an abstention counted as a No", Threshold.Majority with { Abstentions = Abstentions.AsNo }, new(4, 3, 1, 0, 0, 0, 0, 0), 8, 5, VoteOutcome.Rejected),
        ("an abstention counted as a Yes", Threshold.Majority with { Abstentions = Abstentions.AsYes }, new(3, 4, 2, 0, 0, 0, 0, 0), 9, 5, VoteOutcome.Adopted),
        ("one short, and one who abstained concurs", MajorityOfMembers with { Abstentions = Abstentions.ConcurIfOneShort }, new(3, 1, 2, 0, 0, 0, 1, 0), 7, 4, VoteOutcome.Adopted),
        ("two short, and nobody concurs", MajorityOfMembers with { Abstentions = Abstentions.ConcurIfOneShort }, new(2, 1, 3, 0, 0, 0, 1, 0), 7, 4, VoteOutcome.Rejected),
        ("one short of the votes cast, which the one who concurs has cast too", Threshold.Majority with { Abstentions = Abstentions.ConcurIfOneShort }, new(3, 3, 1, 0, 0, 0, 0, 0), 7, 4, VoteOutcome.Adopted),
        ("the default, where nobody concurs", MajorityOfMembers, new(3, 1, 2, 0, 0, 0, 1, 0), 7, 4, VoteOutcome.Rejected),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vote_comes_out_by_its_rule(string name)
    {
        var one = Cases.Single(one => one.Name == name);
        var tally = Tally.Of(Asked(one.Threshold), one.Count);
        Assert.Equal((one.Of, one.Needed, one.Outcome), (tally.Denominator, tally.Needed, tally.Outcome));
    }

    [Fact]
    public void Three_thousand_electors_are_counted_exactly()
    {
        Assert.Equal(VoteOutcome.Rejected, Tally.Of(Asked(Threshold.TwoThirds), new(1_999, 1_001, 0, 0, 0, 0, 0, 0)).Outcome);
        Assert.Equal(VoteOutcome.Adopted, Tally.Of(Asked(Threshold.TwoThirds), new(2_000, 1_000, 0, 0, 0, 0, 0, 0)).Outcome);
        Assert.Equal(2_000_000_000, Fraction.All.LeastOf(2_000_000_000, exceed: false));
        Assert.Equal(1_333_333_334, Fraction.TwoThirds.LeastOf(2_000_000_000, exceed: false));
    }

    [Theory]
    [InlineData(2, 5, 0, VoteOutcome.NoQuorum)]
    [InlineData(3, 5, 0, VoteOutcome.Adopted)]
    [InlineData(3, 6, 0, VoteOutcome.NoQuorum)]
    [InlineData(3, 5, 1, VoteOutcome.NoQuorum)]
    public void Nothing_is_decided_without_a_quorum_of_those_present_for_the_item(int present, int seats, int recusedOfThem, VoteOutcome outcome) =>
        Assert.Equal(outcome, Tally.Of(
            VotingRule.Of(Threshold.Majority, QuorumRule.MajorityOfSeats, "the case"),
            new(present - recusedOfThem, 0, 0, 0, 0, recusedOfThem, seats - present, 0)).Outcome);

    [Fact]
    public void A_quorum_is_about_who_is_present_and_not_about_who_votes()
    {
        var rule = VotingRule.Of(Threshold.Majority, QuorumRule.Fixed(6), "the case");
        Assert.Equal(VoteOutcome.Adopted, Tally.Of(rule, new(1, 0, 3, 2, 0, 0, 4, 0)).Outcome);
        Assert.Equal(VoteOutcome.NoQuorum, Tally.Of(rule with { NotVotingIsPresent = false }, new(1, 0, 3, 2, 0, 0, 4, 0)).Outcome);
        Assert.Equal(VoteOutcome.NoQuorum, Tally.Of(rule, new(1, 0, 3, 0, 2, 0, 4, 0)).Outcome);
        Assert.Equal(VoteOutcome.Adopted, Tally.Of(rule with { UnreachableIsPresent = true }, new(1, 0, 3, 0, 2, 0, 4, 0)).Outcome);
    }

    [Theory]
    [InlineData(1, 2, true, QuorumOf.Seats, 12, 10, 7)]
    [InlineData(1, 2, true, QuorumOf.Seats, 13, 10, 7)]
    [InlineData(1, 2, true, QuorumOf.FilledSeats, 12, 10, 6)]
    [InlineData(1, 2, false, QuorumOf.Seats, 12, 10, 6)]
    [InlineData(1, 3, false, QuorumOf.Seats, 13, 10, 5)]
    [InlineData(2, 3, true, QuorumOf.Seats, 12, 12, 9)]
    [InlineData(9, 1, false, QuorumOf.Number, 12, 10, 9)]
    [InlineData(1, 2, true, QuorumOf.Seats, 0, 0, 1)]
    public void A_quorum_is_the_share_that_the_bodys_rule_names(int over, int under, bool exceed, QuorumOf of, int seats, int filled, int needed) =>
        Assert.Equal(needed, new QuorumRule(new Fraction(over, under), exceed, of).Needed(seats, filled));

    [Fact]
    public void A_count_is_of_seats_that_there_are()
    {
        Assert.Equal(new Count(3, 2, 1, 4, 0, 1, 2, 3), Count.ByHand(yes: 3, no: 2, abstain: 1, present: 10, membership: 13, seats: 16, recused: 1));
        Assert.Throws<ArgumentException>(() => Count.ByHand(3, 2, 1, present: 5, membership: 13, seats: 16));
        Assert.Throws<ArgumentException>(() => Count.ByHand(3, 2, 1, present: 14, membership: 13, seats: 16));
        Assert.Throws<ArgumentException>(() => Count.ByHand(3, 2, 1, present: 6, membership: 13, seats: 12));
        Assert.Throws<ArgumentException>(() => Tally.Of(Asked(Threshold.Majority), new(-1, 0, 0, 0, 0, 0, 0, 0)));
    }

    [Fact]
    public void A_share_is_more_than_nothing_and_can_be_given()
    {
        Assert.True(Threshold.Majority.IsReachable);
        Assert.True(OffAgenda.AllPresent.IsReachable);
        Assert.False((OffAgenda.AllPresent with { Exceed = true }).IsReachable);
        Assert.False((Threshold.Majority with { Share = new(0, 2) }).IsReachable);
        Assert.False((Threshold.Majority with { Share = new(3, 2) }).IsReachable);
        Assert.False((Threshold.Majority with { Share = new(0, 0) }).IsReachable);
    }

    [Fact]
    public void A_tie_fails_unless_the_bodys_rule_asks_for_a_second_vote()
    {
        var again = Asked(Threshold.Majority) with { Tie = TieRule.VoteAgainWithin48Hours };
        Assert.Equal(VoteOutcome.Rejected, Tally.Of(Asked(Threshold.Majority), new(5, 5, 0, 0, 0, 0, 0, 0)).Outcome);
        Assert.Equal(VoteOutcome.VoteAgain, Tally.Of(again, new(5, 5, 0, 0, 0, 0, 0, 0)).Outcome);
        Assert.Equal(VoteOutcome.Rejected, Tally.Of(again, new(5, 6, 0, 0, 0, 0, 0, 0)).Outcome);
        Assert.Equal(VoteOutcome.Rejected, Tally.Of(again, new(0, 0, 4, 0, 0, 0, 0, 0)).Outcome);
    }

    [Theory]
    [InlineData(6, 5, Ruling.Sustained)]
    [InlineData(5, 5, Ruling.Sustained)]
    [InlineData(0, 0, Ruling.Sustained)]
    [InlineData(5, 6, Ruling.Overruled)]
    public void A_ruling_stands_unless_more_would_overrule_than_sustain_it(int sustain, int overrule, Ruling ruling) =>
        Assert.All(Enum.GetValues<RulesOfOrder>(), rules => Assert.Equal(ruling, Appeals.Of(RuleSet.Of(rules), sustain, overrule)));

    [Fact]
    public void The_chair_votes_once_as_a_member_and_by_the_bodys_rule_only_where_it_decides()
    {
        var (tie, lead) = (new Count(6, 6, 0, 1, 0, 0, 0, 0), new Count(7, 5, 0, 1, 0, 0, 0, 0));
        Kernel.Refusal? Against(ChairVotes when, Count count, SeatVote vote, bool isMember = true, bool hasVoted = false, bool secret = false, Threshold? threshold = null) =>
            ChairsVote.Against(when, Asked(threshold ?? Threshold.Majority), count, isMember, hasVoted, secret, vote);

        Assert.Null(Against(ChairVotes.WhenItDecides, tie, SeatVote.Yes));
        Assert.Equal(VoteOutcome.Adopted, Tally.Of(Asked(Threshold.Majority), ChairsVote.Cast(tie, SeatVote.Yes)).Outcome);
        Assert.Equal(VotingRefusals.ChairDecidesNothing, Against(ChairVotes.WhenItDecides, tie, SeatVote.No));
        Assert.Equal(VotingRefusals.ChairDecidesNothing, Against(ChairVotes.WhenItDecides, lead, SeatVote.No));
        Assert.Null(Against(ChairVotes.WhenItDecides, new(6, 5, 0, 1, 0, 0, 0, 0), SeatVote.No));
        Assert.Null(Against(ChairVotes.WhenItDecides, new(7, 4, 0, 1, 0, 0, 0, 0), SeatVote.Yes, threshold: Threshold.TwoThirds));
        Assert.Equal(VotingRefusals.ChairOnlyBreaksTies, Against(ChairVotes.ToBreakATie, new(7, 4, 0, 1, 0, 0, 0, 0), SeatVote.Yes, threshold: Threshold.TwoThirds));
        Assert.Null(Against(ChairVotes.ToBreakATie, tie, SeatVote.Yes));
        Assert.Null(Against(ChairVotes.AsAnyMember, lead, SeatVote.No));
        Assert.Null(Against(ChairVotes.WhenItDecides, lead, SeatVote.No, secret: true));
        Assert.Equal(VotingRefusals.ChairAlreadyVoted, Against(ChairVotes.AsAnyMember, tie, SeatVote.Yes, hasVoted: true));
        Assert.Equal(VotingRefusals.ChairNotAMember, Against(ChairVotes.AsAnyMember, tie, SeatVote.Yes, isMember: false));
    }

    [Fact]
    public void Where_several_groups_must_agree_each_of_them_does()
    {
        GroupResult Group(int yes, int no, int quorum = 0) =>
            new("cities", Derivation.Of(VotingRule.Of(Threshold.Majority, QuorumRule.Fixed(quorum), "the case"), new Count(yes, no, 0, 0, 0, 0, 0, 0)));

        Assert.Equal(VoteOutcome.Adopted, Concurrence.Of([Group(6, 5), Group(2, 1)]));
        Assert.Equal(VoteOutcome.Rejected, Concurrence.Of([Group(60, 5), Group(2, 2)]));
        Assert.Equal(VoteOutcome.NoQuorum, Concurrence.Of([Group(1, 5), Group(2, 1, quorum: 4)]));
        Assert.Throws<ArgumentException>(() => Concurrence.Of([]));
    }

    [Fact]
    public void A_city_votes_once_by_whoever_sits_for_it_and_a_newcomer_may_only_change_the_vote()
    {
        var ballots = new Ballots([new("Salinas", "delegate", null), new("Tracy", "delegate 2", null)], Secret: false, Announced: false).Cast("Salinas", "delegate", SeatVote.Yes);
        Assert.Equal(VotingRefusals.NotInTheSeat, ballots.Against("Salinas", "alternate", SeatVote.No));
        Assert.Same(ballots, ballots.Cast("Salinas", "alternate", SeatVote.No));
        Assert.Equal(VotingRefusals.NoSuchSeat, ballots.Against("Ukiah", "delegate", SeatVote.No));
        Assert.Equal(VotingRefusals.NoVote, ballots.Against("Tracy", "delegate 2", SeatVote.Recused));

        var seated = ballots.Seated("Salinas", "alternate");
        Assert.Equal(new Ballot("Salinas", "alternate", SeatVote.Yes), seated.Find("Salinas"));
        Assert.Equal(VotingRefusals.NotInTheSeat, seated.Against("Salinas", "delegate", SeatVote.No));
        Assert.Equal(new Count(0, 1, 0, 1, 0, 0, 0, 0), Count.Of(seated.Cast("Salinas", "alternate", SeatVote.No).Roll));
    }

    [Fact]
    public void A_vote_is_changed_until_the_result_is_announced_and_a_secret_one_never()
    {
        var ballots = new Ballots([new("1", "a", null)], Secret: false, Announced: false).Cast("1", "a", SeatVote.Yes);
        Assert.Equal(SeatVote.Abstain, ballots.Cast("1", "a", SeatVote.Abstain).Find("1")?.Vote);
        Assert.Equal(VotingRefusals.Announced, (ballots with { Announced = true }).Against("1", "a", SeatVote.No));
        Assert.Equal(VotingRefusals.SecretVoteStands, (ballots with { Secret = true }).Against("1", "a", SeatVote.No));
        Assert.Null((ballots with { Secret = true, Seats = [new("1", "a", null)] }).Against("1", "a", SeatVote.No));
    }

    [Fact]
    public void Members_who_recused_are_drawn_by_lot_where_too_few_are_left_to_act()
    {
        var urgent = VotingRule.Of(MajorityOfMembers with { Share = new(4, 5), Exceed = false }, QuorumRule.MajorityOfSeats, "the case");
        Assert.Equal(new Lot(2, 3, 6), Recusals.ToDraw(urgent, new(0, 0, 0, 4, 0, 3, 0, 0)));
        Assert.Null(Recusals.ToDraw(urgent, new(0, 0, 0, 6, 0, 1, 0, 0)));
        Assert.Null(Recusals.ToDraw(urgent, new(0, 0, 0, 4, 0, 1, 2, 0)));
        Assert.Equal(new Lot(1, 2, 4), Recusals.ToDraw(urgent with { Threshold = Threshold.Majority }, new(0, 0, 0, 3, 0, 2, 2, 0)));
    }

    [Theory]
    [InlineData(6, 9, 2)]
    [InlineData(5, 9, 1)]
    [InlineData(7, 11, 1)]
    [InlineData(8, 11, 2)]
    public void An_item_off_the_agenda_needs_two_thirds_of_those_present_or_all_where_fewer_than_two_thirds_are(int present, int membership, int over) =>
        Assert.Equal(over == 2 ? OffAgenda.TwoThirdsOfPresent : OffAgenda.AllPresent, OffAgenda.Threshold(present, membership));

    [Fact]
    public void Whoever_has_more_than_half_of_the_ballots_is_elected()
    {
        Papers For(int number, params ImmutableArray<string> names) => new(names, Unreadable: false, number);
        var unreadable = new Papers([], Unreadable: true, 2);

        var one = Elections.Of(1, [For(12, "Ana"), For(9, "Bo"), For(5)]);
        Assert.Equal((21, 11, 0), (one.Cast, one.Needed, one.SeatsLeft));
        Assert.Equal(["Ana"], one.Elected);
        Assert.Null(one.Next);

        var spoiled = Elections.Of(1, [For(12, "Ana"), For(9, "Bo"), For(1, "Ana", "Bo"), unreadable]);
        Assert.Equal((24, 13), (spoiled.Cast, spoiled.Needed));
        Assert.Empty(spoiled.Elected);
        Assert.Equal("Vote again: nobody has more than half of the ballots, and nobody drops out.", spoiled.Next);

        var two = Elections.Of(2, [For(10, "Ana", "Bo"), For(6, "Cy", "Ana"), For(1, "Ana", "Ana")]);
        Assert.Equal([new("Ana", 17), new("Bo", 10), new("Cy", 6)], two.Votes);
        Assert.Equal(["Ana", "Bo"], two.Elected);
    }

    [Fact]
    public void A_tie_across_the_last_seat_elects_none_of_those_tied()
    {
        var three = Elections.Of(3, 40, [new("Ana", 30), new("Bo", 25), new("Cy", 25), new("Di", 25)]);
        Assert.Equal(["Ana"], three.Elected);
        Assert.Equal("Vote again for 2 seats, between all who are left.", three.Next);

        var two = Elections.Of(2, 40, [new("Ana", 30), new("Bo", 25), new("Cy", 25)]);
        Assert.Equal("Vote again for 1 seat, between all who are left.", two.Next);

        // More have a majority than there are seats: those with most are elected.
        Assert.Equal(["Cy", "Ana"], Elections.Of(2, 40, [new("Ana", 25), new("Bo", 24), new("Cy", 26)]).Elected);
    }

    [Fact]
    public void Nobody_votes_where_there_is_a_seat_for_everyone_who_stands_and_the_bylaws_ask_for_no_ballot()
    {
        Assert.Equal((true, 0), Elections.ByAcclamation(2, ["Ana", "Bo"], ballotRequired: false) is { } both ? (both.ByAcclamation, both.SeatsLeft) : default);
        Assert.Equal(1, Elections.ByAcclamation(2, ["Ana"], ballotRequired: false)?.SeatsLeft);
        Assert.Null(Elections.ByAcclamation(1, ["Ana", "Bo"], ballotRequired: false));
        Assert.Null(Elections.ByAcclamation(1, ["Ana"], ballotRequired: true));
        Assert.Null(Elections.ByAcclamation(1, [], ballotRequired: false));
    }

    private static VotingRule Asked(Threshold threshold) => VotingRule.Of(threshold, QuorumRule.NotAsked, "the case");
}
