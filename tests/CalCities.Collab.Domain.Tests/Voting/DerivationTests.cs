using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

/// <summary>What is told of a result, to the word.</summary>
public sealed class DerivationTests
{
    private static readonly VotingRule Majority = VotingRule.Of(Threshold.Majority, QuorumRule.MajorityOfSeats, "Rosenberg's Rules, Counting Votes");

    [Fact]
    public void A_roll_call_says_who_counts_who_does_not_and_what_would_have_turned_it()
    {
        var why = Derivation.Of(
            Majority,
            [
                new("Alpine", SeatVote.Yes), new("Brea", SeatVote.Yes), new("Chico", SeatVote.Yes), new("Davis", SeatVote.No),
                new("Eureka", SeatVote.Abstain), new("Fresno", SeatVote.Recused), new("Goleta", SeatVote.Unreachable), new("seat 8", SeatVote.Vacant),
            ]);

        Assert.Equal(
            [
                "Adopted: 3 Yes, 1 No, 1 abstained.",
                "Needed: more Yes than No of the votes cast (Rosenberg's Rules, Counting Votes). That is 3 of 4; 3 were Yes.",
                "Counted: 3 voted Yes (Alpine, Brea, Chico).",
                "Counted: 1 voted No (Davis).",
                "Not counted: 1 abstained, which is not a vote cast (Eureka).",
                "Not counted: 1 could not be reached (Goleta).",
                "Not counted: 1 recused, so not present for this item (Fresno).",
                "Not counted: 1 vacant (seat 8).",
                "Quorum: more than half of the seats. That is 5; 5 were present for this item.",
                "It would have failed if 1 who voted Yes had voted No.",
            ],
            why.Sentences);
        Assert.Equal(Kinds.Write(why), Kinds.Write(Derivation.Of(Majority, [.. why.Portions.SelectMany(portion => portion.Names.Select(name => new RollLine(name, portion.Vote)))])));
    }
}
