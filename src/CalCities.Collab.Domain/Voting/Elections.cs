using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>Papers that say the same: the names on each (none: a blank), whether they can be read, how many there are.</summary>
[GenerateSerializer, Immutable, Alias("voting.papers")]
public sealed record Papers(ImmutableArray<string> Names, bool Unreadable, int Number);

/// <summary>What a candidate got.</summary>
[GenerateSerializer, Immutable, Alias("voting.candidate")]
public sealed record CandidateVotes(string Name, int Votes);

/// <summary>What an election came to. ByAcclamation: nobody stood against them. SeatsLeft are balloted for again, with everyone not elected still standing.</summary>
[GenerateSerializer, Immutable, Alias("voting.election")]
public sealed record Election(int Seats, int Cast, int Needed, ImmutableArray<CandidateVotes> Votes, ImmutableArray<string> Elected, bool ByAcclamation)
{
    public int SeatsLeft => Seats - Elected.Length;

    /// <summary>What comes next, for people; null when all seats are filled.</summary>
    public string? Next => (SeatsLeft, Seats) switch
    {
        (0, _) => null,
        (_, 1) => "Vote again: nobody has more than half of the ballots, and nobody drops out.",
        (1, _) => "Vote again for 1 seat, between all who are left.",
        (var left, _) => $"Vote again for {left} seats, between all who are left.",
    };
}

/// <summary>Elections by ballot: whoever has more than half of the ballots cast (RONR 12th ed., 45:30-36 and 46:30-34).</summary>
public static class Elections
{
    /// <summary>A blank paper is no ballot. One that can't be read, or names more than there are seats, is a ballot for nobody.</summary>
    public static Election Of(int seats, ImmutableArray<Papers> papers)
    {
        var cast = papers.Where(paper => paper.Unreadable || !paper.Names.IsEmpty).ToImmutableArray();
        var votes = (from paper in cast
                     let names = paper.Names.Distinct(StringComparer.Ordinal).ToImmutableArray()
                     where !paper.Unreadable && names.Length <= seats
                     from name in names
                     select (Name: name, paper.Number))
            .GroupBy(given => given.Name, given => given.Number, StringComparer.Ordinal)
            .Select(given => new CandidateVotes(given.Key, given.Sum()));
        return Of(seats, cast.Sum(paper => paper.Number), [.. votes]);
    }

    /// <summary>Counted already: so many ballots that were not blank, so many votes for each.</summary>
    public static Election Of(int seats, int cast, ImmutableArray<CandidateVotes> votes)
    {
        var needed = Threshold.Majority.Needed(cast);
        var ranked = votes.OrderByDescending(candidate => candidate.Votes).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).ToImmutableArray();
        // A tie across the last seat elects none of those tied.
        var elected = from candidate in ranked
                      where candidate.Votes >= needed && ranked.Count(other => other.Votes >= candidate.Votes) <= seats
                      select candidate.Name;
        return new(seats, cast, needed, ranked, [.. elected], ByAcclamation: false);
    }

    /// <summary>Those who stand are elected without a vote where there is a seat for each, unless the bylaws ask for a ballot; null: a ballot is needed.</summary>
    public static Election? ByAcclamation(int seats, ImmutableArray<string> nominees, bool ballotRequired) =>
        ballotRequired || nominees.IsEmpty || nominees.Length > seats ? null : new(seats, 0, 0, [], nominees, ByAcclamation: true);
}
