using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>The smallest change that would have turned a result.</summary>
internal static class Flips
{
    // Nobody who is recused can vote, and nobody sits in a vacant seat: what they might have done is no change to tell of.
    private static readonly ImmutableArray<SeatVote> ToYes = [SeatVote.No, SeatVote.Abstain, SeatVote.NotVoting, SeatVote.Unreachable, SeatVote.Absent];
    private static readonly ImmutableArray<SeatVote> ToNo = [SeatVote.Yes, SeatVote.Abstain, SeatVote.NotVoting, SeatVote.Unreachable, SeatVote.Absent];

    public static ImmutableArray<Shift> Of(VotingRule rule, Count count)
    {
        var tally = Tally.Of(rule, count);
        return tally.Outcome switch
        {
            Outcome.NoQuorum => ToQuorum(tally),
            Outcome.Adopted => Least(rule, count, ToNo, SeatVote.No, outcome => outcome is not Outcome.Adopted),
            Outcome.Rejected or Outcome.VoteAgain => Least(rule, count, ToYes, SeatVote.Yes, outcome => outcome is Outcome.Adopted),
            _ => throw new System.Diagnostics.UnreachableException($"Nothing turns {tally.Outcome}."),
        };
    }

    private static ImmutableArray<Shift> ToQuorum(Tally tally)
    {
        var missing = tally.QuorumNeeded - tally.Present;
        return missing <= tally.Count.Absent ? [new Shift(SeatVote.Absent, SeatVote.NotVoting, missing)] : [];
    }

    /// <summary>One seat more at a time, those first whose change weighs most, until the result turns.</summary>
    private static ImmutableArray<Shift> Least(VotingRule rule, Count count, ImmutableArray<SeatVote> from, SeatVote to, Func<Outcome, bool> turned)
    {
        var movable = from.Sum(count.At);
        for (var seats = 1; seats <= movable; seats++)
        {
            var shifts = Shifts(count, from, to, seats);
            if (turned(Tally.Of(rule, shifts.Aggregate(count, (now, shift) => now.With(shift.From, shift.To, shift.Seats))).Outcome))
            {
                return shifts;
            }
        }

        return [];
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
