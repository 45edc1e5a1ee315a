using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

/// <summary>Where a seat (or a city) stands in a vote. Each stands in one place, so none counts twice.</summary>
[GenerateSerializer, Alias("voting.seat-vote")]
public enum SeatVote
{
    Yes = 0,
    No = 1,
    Abstain = 2,
    /// <summary>Present, called twice, and did not vote.</summary>
    NotVoting = 3,
    /// <summary>On the roll as present, and could not be reached.</summary>
    Unreachable = 4,
    /// <summary>Not present for this item (2 CCR 18707), and still a member.</summary>
    Recused = 5,
    Absent = 6,
    Vacant = 7,
}

/// <summary>One line of the roll as the vote closed: a name, never looked up again, or nothing where none is to be told.</summary>
[GenerateSerializer, Immutable, Alias("voting.roll-line")]
public sealed record RollLine(string Name, SeatVote Vote);

/// <summary>How many seats stand where: each seat of the body once.</summary>
[GenerateSerializer, Immutable, Alias("voting.count")]
public sealed record Count(int Yes, int No, int Abstain, int NotVoting, int Unreachable, int Recused, int Absent, int Vacant)
{
    public static Count Of(ImmutableArray<RollLine> roll)
    {
        int At(SeatVote vote) => roll.Count(line => line.Vote == vote);
        return new(
            At(SeatVote.Yes), At(SeatVote.No), At(SeatVote.Abstain), At(SeatVote.NotVoting),
            At(SeatVote.Unreachable), At(SeatVote.Recused), At(SeatVote.Absent), At(SeatVote.Vacant));
    }

    /// <summary>Counted by hand. Present: those present for the item, without the recused. Membership: filled seats. Whoever is present and is in no other number did not vote.</summary>
    /// <exception cref="ArgumentException">More voted than were present, or more were present or recused than there are members, or seats.</exception>
    public static Count ByHand(int yes, int no, int abstain, int present, int membership, int seats, int recused = 0)
    {
        var count = new Count(yes, no, abstain, present - yes - no - abstain, 0, recused, membership - present - recused, seats - membership);
        return count.IsCount ? count : throw new ArgumentException($"{count} is no count of seats.", nameof(yes));
    }

    /// <summary>No number is less than nothing.</summary>
    public bool IsCount => Enum.GetValues<SeatVote>().All(vote => At(vote) >= 0);

    public int Voted => Yes + No + Abstain;
    public int Membership => Voted + NotVoting + Unreachable + Recused + Absent;
    public int Seats => Membership + Vacant;

    public int At(SeatVote vote) => vote switch
    {
        SeatVote.Yes => Yes,
        SeatVote.No => No,
        SeatVote.Abstain => Abstain,
        SeatVote.NotVoting => NotVoting,
        SeatVote.Unreachable => Unreachable,
        SeatVote.Recused => Recused,
        SeatVote.Absent => Absent,
        SeatVote.Vacant => Vacant,
        _ => throw new System.Diagnostics.UnreachableException($"No seat is at {vote}."),
    };

    /// <summary>The same count with some seats elsewhere.</summary>
    public Count With(SeatVote from, SeatVote to, int seats) => Add(from, -seats).Add(to, seats);

    private Count Add(SeatVote vote, int seats) => vote switch
    {
        SeatVote.Yes => this with { Yes = Yes + seats },
        SeatVote.No => this with { No = No + seats },
        SeatVote.Abstain => this with { Abstain = Abstain + seats },
        SeatVote.NotVoting => this with { NotVoting = NotVoting + seats },
        SeatVote.Unreachable => this with { Unreachable = Unreachable + seats },
        SeatVote.Recused => this with { Recused = Recused + seats },
        SeatVote.Absent => this with { Absent = Absent + seats },
        SeatVote.Vacant => this with { Vacant = Vacant + seats },
        _ => throw new System.Diagnostics.UnreachableException($"No seat is at {vote}."),
    };
}
