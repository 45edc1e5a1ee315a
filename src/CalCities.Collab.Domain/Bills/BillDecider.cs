using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>The rules of a bill: an observation changes only what it tells differently from what is known.</summary>
public sealed class BillDecider : IDecider<BillView, BillCommand, BillEvent>
{
    public static BillView Initial => BillView.Unknown;
    public static int FoldVersion => 1;

    public static Decision<BillEvent> Decide(BillView state, BillCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when BillRights.Observe.Against(Relations.Of(given.Actor)) is { } refusal => refusal,

            (_, BillCommand.Observe c) when BillNumber.Of(c.Seen.Number.Id) != c.Seen.Number => BillRefusals.NotABill,
            ({ Number: { } number }, BillCommand.Observe c) when number != c.Seen.Number => BillRefusals.OtherBill,
            (_, BillCommand.Observe c) when c.Seen.IsTooMuch => BillRefusals.TooMuch,
            // An extract that is older than what is known tells nothing new.
            (_, BillCommand.Observe c) when c.Seen.AsOf < state.AsOf => Decision<BillEvent>.Accept(),
            (_, BillCommand.Observe c) => Observe(state, c.Seen),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
        };

    public static BillView Fold(BillView state, Recorded<BillEvent> recorded) => BillView.Fold(state, recorded);

    public static Fact? Tell(BillView state) => state.Number is { } number ? new BillFact(number.ToString(), state.Subject) : null;

    private static Decision<BillEvent> Observe(BillView known, BillObservation seen)
    {
        var events = ImmutableArray.CreateBuilder<BillEvent>();

        if (known.Number is null)
            events.Add(new BillEvent.Introduced(seen.Number));

        ImmutableArray<Committee> named = [.. (seen.Committees ?? []).Where(c => known.Committees.GetValueOrDefault(c.Code) != c)];
        if (named.Length > 0)
            events.Add(new BillEvent.CommitteesNamed(named));

        if (seen.Subject is { } subject && subject != known.Subject)
            events.Add(new BillEvent.Titled(subject));

        if (seen.Authors?.Select(author => Complete(author, known)).ToImmutableArray() is { } authors && !authors.SequenceEqual(known.Authors))
            events.Add(new BillEvent.Authored(authors));

        foreach (var version in (seen.Versions ?? []).OrderByDescending(v => v.Order).Where(v => !known.Versions.Contains(v)))
            events.Add(new BillEvent.Printed(version));

        if (seen.History is { } history && !history.Select(Comparable).SequenceEqual(known.History.Select(Comparable)))
            events.Add(new BillEvent.HistoryTold(history));

        foreach (var rollCall in seen.RollCalls ?? [])
        {
            var before = known.RollCalls.FirstOrDefault(rollCall.IsSameAs);
            var now = Complete(rollCall, before);
            if (before is null || !AreEqual(now, before))
                events.Add(new BillEvent.RollCalled(now));
        }

        if (seen.Place != known.Place)
            events.Add(new BillEvent.Placed(seen.Place));

        if (events.Count > 0)
            events.Add(new BillEvent.Observed(seen.AsOf, seen.Fingerprint()));
        return Decision<BillEvent>.Accept(events.ToImmutable());
    }

    private static BillAction Comparable(BillAction action) => action with { Text = action.Comparable() };

    private static BillAuthor Complete(BillAuthor seen, BillView known)
    {
        if (seen.District is not null || known.Authors.FirstOrDefault(a => a.Name == seen.Name && a.House == seen.House) is not { } before)
            return seen;
        return seen with { District = before.District, Party = seen.Party ?? before.Party };
    }

    private static RollCall Complete(RollCall seen, RollCall? before) => before is null ? seen : seen with
    {
        Motion = seen.Motion ?? before.Motion,
        File = seen.File ?? before.File,
        Passed = seen.Passed ?? before.Passed,
        Votes = seen.Votes ?? before.Votes,
    };

    private static bool AreEqual(RollCall a, RollCall b) =>
        a with { Votes = null } == b with { Votes = null } && (a.Votes ?? []).SequenceEqual(b.Votes ?? []) && a.Votes.HasValue == b.Votes.HasValue;
}
