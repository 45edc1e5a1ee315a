using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>The smallest change that would have turned a result.</summary>
internal static class Flips
{
    // Nobody who is recused can vote, and nobody sits in a vacant seat: what they might have done is no change to tell of.
    private static readonly ImmutableArray<SeatVote> Others = [SeatVote.Abstain, SeatVote.NotVoting, SeatVote.Unreachable, SeatVote.Absent];

    public static ImmutableArray<Shift> Of(VotingRule rule, Count count)
    {
        var tally = Tally.Of(rule, count);
        return tally.Outcome switch
        {
            VoteOutcome.NoQuorum => ToQuorum(tally),
            VoteOutcome.Adopted => Least(rule, count, [SeatVote.Yes, .. Others], SeatVote.No, outcome => outcome is not VoteOutcome.Adopted),
            VoteOutcome.Rejected or VoteOutcome.VoteAgain => Least(rule, count, [SeatVote.No, .. Others.Where(vote => !IsYes(rule, vote)).OrderByDescending(rule.IsCounted)], SeatVote.Yes, outcome => outcome is VoteOutcome.Adopted),
            _ => throw new System.Diagnostics.UnreachableException($"Nothing turns {tally.Outcome}."),
        };
    }

    private static bool IsYes(VotingRule rule, SeatVote vote) => vote is SeatVote.Abstain && rule.Threshold.Abstentions is Abstentions.AsYes;

    /// <summary>Members who would have been present, if only to abstain.</summary>
    private static ImmutableArray<Shift> ToQuorum(Tally tally)
    {
        var missing = tally.QuorumNeeded - tally.Present;
        var away = ImmutableArray.Create(SeatVote.Absent, SeatVote.Unreachable, SeatVote.NotVoting).RemoveAll(tally.Rule.IsPresent);
        return missing <= away.Sum(tally.Count.At) ? Shifts(tally.Count, away, SeatVote.Abstain, missing) : [];
    }

    /// <summary>
    /// One seat more at a time until the result turns. Those come first whose change weighs most: who voted the other way, then (to a Yes) who is
    /// counted already. Where an abstention may concur that isn't always so, so each of the others is tried first and last too.
    /// </summary>
    private static ImmutableArray<Shift> Least(VotingRule rule, Count count, ImmutableArray<SeatVote> movable, SeatVote to, Func<VoteOutcome, bool> turned)
    {
        ImmutableArray<ImmutableArray<SeatVote>> orders = [movable, .. movable[1..].Select(first => movable.Remove(first).Insert(0, first)), .. movable[1..].Select(last => movable.Remove(last).Add(last))];
        return (from seats in Enumerable.Range(1, movable.Sum(count.At))
                from order in orders
                let shifts = Shifts(count, order, to, seats)
                where turned(Tally.Of(rule, shifts.Aggregate(count, (now, shift) => now.With(shift.From, shift.To, shift.Seats))).Outcome)
                select shifts).FirstOrDefault([]);
    }

    private static ImmutableArray<Shift> Shifts(Count count, ImmutableArray<SeatVote> from, SeatVote to, int seats)
    {
        var shifts = ImmutableArray.CreateBuilder<Shift>();
        foreach (var vote in from)
        {
            var some = Math.Min(seats, count.At(vote));
            if (some > 0)
            {
                shifts.Add(new Shift(vote, to, some));
                seats -= some;
            }
        }

        return shifts.ToImmutable();
    }
}
