using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>One of the groups that must each agree.</summary>
[GenerateSerializer, Immutable, Alias("voting.group-result")]
public sealed record GroupResult(string Group, Derivation Why);

/// <summary>A decision that needs several groups, each by its own rule.</summary>
public static class Concurrence
{
    /// <summary>Adopted where each of them adopts; nothing is decided where one lacks its quorum.</summary>
    /// <exception cref="ArgumentException">No group is named: nobody's agreement is no agreement.</exception>
    public static VoteOutcome Of(ImmutableArray<GroupResult> groups) =>
        groups.IsDefaultOrEmpty ? throw new ArgumentException("No group is named.", nameof(groups))
        : groups.Any(group => group.Why.Outcome is VoteOutcome.NoQuorum) ? VoteOutcome.NoQuorum
        : groups.Any(group => group.Why.Outcome is VoteOutcome.Rejected) ? VoteOutcome.Rejected
        : groups.Any(group => group.Why.Outcome is VoteOutcome.VoteAgain) ? VoteOutcome.VoteAgain
        : VoteOutcome.Adopted;
}
