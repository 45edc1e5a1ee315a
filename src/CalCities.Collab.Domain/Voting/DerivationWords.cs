using System.Collections.Immutable;
using System.Diagnostics;

namespace CalCities.Collab.Voting;

/// <summary>A derivation in plain words.</summary>
internal static class DerivationWords
{
    public static string Text(VotingRule rule) => $"{rule.Threshold.Words} ({rule.Cite})";

    public static ImmutableArray<string> Of(Derivation why) =>
    [
        $"{Result(why.Outcome)}: {Votes(why.Count)}.",
        $"Needed: {why.RuleText}. {Arithmetic(why)}",
        .. from portion in why.Portions select Place(portion),
        why.QuorumNeeded == 0
            ? "No quorum is asked for this."
            : $"Quorum: {why.Rule.Quorum.Words}. That is {why.QuorumNeeded}; {Number(why.QuorumPresent)} present for this item.",
        Turn(why),
    ];

    public static string Result(VoteOutcome outcome) => outcome switch
    {
        VoteOutcome.Adopted => "Adopted",
        VoteOutcome.Rejected => "Not adopted",
        VoteOutcome.NoQuorum => "No quorum, so nothing is decided",
        VoteOutcome.VoteAgain => "A tie: the body votes again within 48 hours, and a second tie is a No",
        _ => throw new UnreachableException($"No words for {outcome}."),
    };

    public static string Why(VotingRule rule, SeatVote vote, int counted) => (rule.Threshold.Base, vote) switch
    {
        (_, SeatVote.Yes) => "voted Yes",
        (_, SeatVote.No) => "voted No",
        (_, SeatVote.Abstain) => (rule.Threshold.Abstentions, counted) switch
        {
            (Abstentions.AsYes, _) => "abstained, which counts as a Yes by this body's rule",
            (Abstentions.AsNo, _) => "abstained, which counts as a No by this body's rule",
            (Abstentions.ConcurIfOneShort, > 0) when rule.Threshold.Base is VoteBase.Cast => "abstained, and one abstention counts as the Yes that was missing",
            (_, > 0) => "abstained, which is not a Yes",
            _ => "abstained, which is not a vote cast",
        },
        (_, SeatVote.NotVoting) => counted > 0 ? "did not vote, and are counted all the same" : "did not vote",
        (_, SeatVote.Unreachable) => counted > 0 ? "could not be reached, and are counted all the same" : "could not be reached",
        (VoteBase.Membership or VoteBase.Seats, SeatVote.Recused) => "recused, and still members",
        (_, SeatVote.Recused) => "recused, so not present for this item",
        (VoteBase.Membership or VoteBase.Seats, SeatVote.Absent) => "absent, and counted all the same",
        (_, SeatVote.Absent) => "absent",
        (VoteBase.Seats, SeatVote.Vacant) => "vacant, and counted by this rule",
        (_, SeatVote.Vacant) => "vacant",
        _ => throw new UnreachableException($"No reason for {vote}."),
    };

    private static string Votes(Count count) =>
        $"{count.Yes} Yes, {count.No} No" + (count.Abstain > 0 ? $", {count.Abstain} abstained" : "");

    private static string Arithmetic(Derivation why) =>
        why.Denominator == 0
            ? "Nobody is counted, so nothing is adopted."
            : $"That is {why.Needed} of {why.Denominator}; {Number(why.Given)} Yes.";

    private static string Place(Portion portion) =>
        $"{(portion.Counted == portion.Seats ? "Counted" : portion.Counted == 0 ? "Not counted" : $"{portion.Counted} counted of")}: {portion.Seats} {portion.Why}"
        + (portion.Names.IsEmpty ? "." : $" ({string.Join(", ", portion.Names)}).");

    private static string Turn(Derivation why) => (why.Outcome, why.Flip) switch
    {
        (_, []) => "No change of votes would have turned it.",
        (VoteOutcome.NoQuorum, var shifts) when shifts.Sum(shift => shift.Seats) is var more => $"{more} more {(more == 1 ? "member" : "members")} present would make a quorum.",
        (var outcome, var shifts) =>
            $"It would have {(outcome is VoteOutcome.Adopted ? "failed" : "passed")} if {string.Join(" and ", shifts.Select(Other))} had voted {(shifts[0].To is SeatVote.Yes ? "Yes" : "No")}.",
    };

    private static string Other(Shift shift) => $"{shift.Seats} who {shift.From switch
    {
        SeatVote.Yes => "voted Yes",
        SeatVote.No => "voted No",
        SeatVote.Abstain => "abstained",
        SeatVote.NotVoting => "did not vote",
        SeatVote.Unreachable => "could not be reached",
        SeatVote.Absent => shift.Seats == 1 ? "was absent" : "were absent",
        _ => throw new UnreachableException($"Nobody at {shift.From} could have voted otherwise."),
    }}";

    private static string Number(int number) => number switch { 1 => "1 was", _ => $"{number} were" };
}
