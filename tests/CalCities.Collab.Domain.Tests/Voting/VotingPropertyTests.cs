using System.Collections.Immutable;
using System.Text.Json;
using CalCities.Collab.Kernel;
using CsCheck;

namespace CalCities.Collab.Voting;

/// <summary>Random rules on random counts, and random meetings.</summary>
public sealed class VotingPropertyTests
{
    private static readonly Gen<Fraction> AnyShare = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], (a, b) => new Fraction(Math.Min(a, b), Math.Max(a, b)));

    private static readonly Gen<Threshold> AnyThreshold =
        Gen.Select(Gen.Enum<VoteBase>(), AnyShare, Gen.Bool, Gen.Enum<Abstentions>(), (of, share, exceed, abstentions) => new Threshold(of, share, exceed, abstentions))
            .Where(threshold => threshold.IsReachable);

    private static readonly Gen<QuorumRule> AnyQuorum = Gen.OneOf(
        Gen.Const(QuorumRule.NotAsked), Gen.Int[0, 6].Select(QuorumRule.Fixed), Gen.Select(AnyShare, Gen.Enum<QuorumOf>(), (share, of) => new QuorumRule(share, Exceed: false, of)));

    private static readonly Gen<VotingRule> AnyRule = Gen.Select(AnyThreshold, AnyQuorum, Gen.Enum<TieRule>(), Gen.Bool, Gen.Bool,
        (threshold, quorum, tie, silent, away) => new VotingRule(threshold, quorum, tie, silent, away, "The body's own rule"));

    private static readonly ImmutableArray<Move> Onwards =
    [
        Move.Of(Act.CallToOrder), Move.Of(Act.Resume), Move.Of(Act.CallItem), Move.Make(MotionKind.Main), Move.Of(Act.Second), Move.Of(Act.OpenRollCall), Move.Of(Act.CloseVote),
        Move.Of(Act.RuleOnPoint),
    ];

    private static readonly Gen<ImmutableArray<RollLine>> AnyRoll =
        Gen.Enum<SeatVote>().Array[0, 12].Select(votes => votes.Select((vote, at) => new RollLine($"seat {at}", vote)).ToImmutableArray());

    [Fact]
    public void A_derivation_is_the_same_to_the_byte_whenever_it_is_computed_and_however_it_was_kept() =>
        Gen.Select(AnyRule, AnyRoll).Sample((rule, roll) =>
        {
            var text = Kinds.Write(Derivation.Of(rule, roll));
            Assert.Equal(text, Kinds.Write(Derivation.Of(rule with { }, [.. roll.Select(line => line with { })])));

            var kept = JsonSerializer.Deserialize<Derivation>(text, Kinds.Json)!;
            Assert.Equal(text, Kinds.Write(kept));
            Assert.Equal(Derivation.Of(rule, roll).Sentences, kept.Sentences);
            Assert.Equal(text, Kinds.Write(Derivation.Of(kept.Rule, [.. roll.OrderBy(line => line.Vote)])));
        });

    [Fact]
    public void Each_seat_stands_once_in_a_derivation_and_what_counts_adds_up() =>
        Gen.Select(AnyRule, AnyRoll).Sample((rule, roll) =>
        {
            var why = Derivation.Of(rule, roll);
            Assert.Equal(roll.Select(line => line.Name).Order(), why.Portions.SelectMany(portion => portion.Names).Order());
            Assert.Equal(roll.Length, why.Count.Seats);
            Assert.Equal(why.Denominator, why.Portions.Sum(portion => portion.Counted));
            Assert.All(why.Portions, portion => Assert.Equal(portion.Seats, portion.Names.Length));
            Assert.True(why.Denominator == 0 ? why.GivenShare is null : why.GivenShare == new Fraction(why.Given, why.Denominator));
        });

    /// <summary>Asked as the rule says it, by multiplying out, not as the tally works it out.</summary>
    [Fact]
    public void A_motion_is_adopted_exactly_where_a_quorum_gives_the_share() =>
        Gen.Select(AnyRule, AnyRoll).Sample((rule, roll) =>
        {
            var (tally, share) = (Tally.Of(rule, Count.Of(roll)), rule.Threshold.Share);
            var given = (long)tally.Given * share.Denominator;
            var asked = (long)tally.Denominator * share.Numerator;
            var enough = tally.Given > 0 && (rule.Threshold.Exceed ? given > asked : given >= asked);
            Assert.Equal(tally.Present >= tally.QuorumNeeded && enough, tally.Outcome is VoteOutcome.Adopted);
            Assert.Equal(tally.Present < tally.QuorumNeeded, tally.Outcome is VoteOutcome.NoQuorum);
        });

    [Fact]
    public void Who_is_recused_or_sits_nowhere_is_counted_in_no_share_of_votes_or_of_those_present() =>
        Gen.Select(AnyRule, AnyRoll, Gen.Int[1, 5], Gen.Int[1, 5]).Where((rule, _, _, _) => rule.Threshold.Base is VoteBase.Cast or VoteBase.Present)
            .Sample((rule, roll, recused, vacant) =>
            {
                var (count, asked) = (Count.Of(roll), rule with { Quorum = QuorumRule.NotAsked });
                var others = count with { Recused = count.Recused + recused, Vacant = count.Vacant + vacant };
                Assert.Equal((Tally.Of(asked, count).Outcome, Tally.Of(asked, count).Denominator), (Tally.Of(asked, others).Outcome, Tally.Of(asked, others).Denominator));
            });

    /// <summary>Every way in which a few seats could have voted otherwise is tried.</summary>
    [Fact]
    public void The_change_that_is_told_turns_the_result_and_no_smaller_one_does() =>
        Gen.Select(AnyRule, Gen.Enum<SeatVote>().Array[0, 6]).Sample((rule, votes) =>
        {
            var count = Count.Of([.. votes.Select((vote, at) => new RollLine($"{at}", vote))]);
            var why = Derivation.Of(rule, count);
            bool Turned(Count other) => Tally.Of(rule, other).Outcome is var outcome
                && (why.Outcome is VoteOutcome.NoQuorum ? outcome is not VoteOutcome.NoQuorum : why.Outcome is VoteOutcome.Adopted ? outcome is not VoteOutcome.Adopted : outcome is VoteOutcome.Adopted);
            ImmutableArray<SeatVote> to = why.Outcome is VoteOutcome.NoQuorum ? [SeatVote.Abstain] : [SeatVote.Yes, SeatVote.No, SeatVote.Abstain];
            IEnumerable<Count> Changed(Count before) =>
                from was in new[] { SeatVote.Yes, SeatVote.No, SeatVote.Abstain, SeatVote.NotVoting, SeatVote.Unreachable, SeatVote.Absent }
                where before.At(was) > 0 && (why.Outcome is not VoteOutcome.NoQuorum || !rule.IsPresent(was))
                from becomes in to
                where becomes != was
                select before.With(was, becomes, 1);

            var told = why.Flip.Sum(shift => shift.Seats);
            HashSet<Count> reached = [count];
            for (var seats = 1; seats <= (told > 0 ? told - 1 : votes.Length); seats++)
            {
                reached = [.. reached.SelectMany(Changed)];
                Assert.DoesNotContain(reached, Turned);
            }

            Assert.True(told == 0 || Turned(why.Flip.Aggregate(count, (now, shift) => now.With(shift.From, shift.To, shift.Seats))));
        }, iter: 5_000);

    /// <summary>The tally of any prefix of what was cast is that of the last vote of each seat in it.</summary>
    [Fact]
    public void However_often_they_vote_no_seat_counts_twice() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], Gen.Enum<SeatVote>()).Array[0, 30].Sample(acts =>
        {
            var ballots = new Ballots([.. Enumerable.Range(0, 3).Select(seat => new Ballot($"{seat}", "0", null))], Secret: false, Announced: false);
            var last = new SortedDictionary<string, SeatVote>(StringComparer.Ordinal);
            foreach (var (seat, person, vote) in acts)
            {
                ballots = ballots.Cast($"{seat}", $"{person}", vote);
                if (seat < 3 && person == 0 && vote is (SeatVote.Yes or SeatVote.No or SeatVote.Abstain))
                {
                    last[$"{seat}"] = vote;
                }

                Assert.Equal(3, Count.Of(ballots.Roll).Seats);
                Assert.Equal(last.Select(pair => (pair.Key, pair.Value)), ballots.Seats.Where(ballot => ballot.Vote is not null).Select(ballot => (ballot.Seat, ballot.Vote!.Value)));
            }
        });

    /// <summary>Lawful moves of a chair and two members, chosen at random, with quorums lost and found, rulings and nominations between.</summary>
    [Fact]
    public void No_meeting_comes_to_where_nothing_is_lawful_or_a_fourth_motion_is_on_the_floor() =>
        Gen.Select(Gen.Enum<RulesOfOrder>(), Gen.Int[0, 1_000_000].Array[1, 80]).Sample((rules, choices) => Walk(RuleSet.Of(rules), choices), iter: 2_000);

    /// <summary>Meetings drawn from one seed, so that this comes out the same each time.</summary>
    [Fact]
    public void Random_meetings_reach_every_move()
    {
        var (drawn, seen) = (1L, new HashSet<Move>());
        for (var meeting = 0; meeting < 3_000; meeting++)
        {
            var choices = new int[100];
            for (var at = 0; at < choices.Length; at++)
            {
                drawn = drawn * 48_271 % int.MaxValue;
                choices[at] = (int)(drawn % 1_000_003);
            }

            seen.UnionWith(Walk(RuleSet.Of((RulesOfOrder)(meeting % 2)), choices));
        }

        Assert.Empty(Move.All.Except(seen));
    }

    private static List<Move> Walk(RuleSet rules, int[] choices)
    {
        var (floor, made) = (Floor.Before with { Quorum = true }, new List<Move>());
        foreach (var choice in choices)
        {
            var (kind, pick) = (choice % 16, choice / 16);
            floor = kind switch
            {
                0 => floor with { Quorum = !floor.Quorum },
                1 => floor with { Nominations = !floor.Nominations, RollCallOnly = pick % 2 == 0 },
                2 => floor with { RuledInOrder = [Move.All[pick % Move.All.Length]] },
                3 when floor is { Session: FloorPhase.InSession, Vote: null } => Course.Spoken(floor),
                _ => floor,
            };

            var lawful = (from who in Everyone(pick) from answer in Moves.Of(rules, floor, who) where answer.Against is null select answer.Move).Distinct().ToList();
            if (floor.Session is FloorPhase.Adjourned)
            {
                Assert.Empty(lawful);
                break;
            }

            Assert.NotEmpty(lawful);
            // A meeting that adjourns at every chance, and finishes nothing that it begins, tells little.
            var likely = lawful.Where(move => pick % 3 == 0 ? Onwards.Contains(move) : move.Act is not (Act.Adjourn or Act.Recess or Act.FinishItem) || pick % 7 == 0).ToList() is { Count: > 0 } some ? some : lawful;
            var move = likely[pick % likely.Count];
            made.Add(move);
            floor = move.Act switch
            {
                Act.CallItem => Course.Called(floor, new FloorItem((ItemKind)(pick / 3 % 5 % 4), Posted: pick / 15 % 3 != 0, Found: false, Debated: false, CommentHeard: pick % 2 == 0)),
                Act.CloseVote => Course.Closed(rules, floor, (VoteOutcome)(pick / 3 % 9 % 4)),
                _ => Course.After(rules, floor, move),
            };

            Assert.InRange(floor.Motions.Count(motion => motion.IsOfSubstance), 0, rules.MostMotions);
            // What is of substance lies under what is not, and of that there is one of each kind.
            Assert.True(floor.Motions.SkipWhile(motion => motion.IsOfSubstance).All(motion => !motion.IsOfSubstance));
            Assert.Distinct(floor.Motions.Where(motion => !motion.IsOfSubstance).Select(motion => motion.Kind));
            Assert.True(floor.Vote is null || floor.Top is not null);
            Assert.True(floor.Item is not null || !floor.Motions.Any(motion => motion.IsOfSubstance));
            Assert.Equal(Kinds.Write(floor), Kinds.Write(JsonSerializer.Deserialize<Floor>(Kinds.Write(floor), Kinds.Json)!));
        }

        return made;
    }

    private static IEnumerable<Mover> Everyone(int pick) =>
    [
        new(Chairs: true, Votes: pick % 2 == 0, Recused: false, Made: false, VotedSide.DidNotVote),
        new(Chairs: false, Votes: true, Recused: false, Made: true, VotedSide.Prevailing),
        new(Chairs: false, Votes: true, Recused: pick % 3 == 0, Made: false, VotedSide.Losing),
    ];
}
