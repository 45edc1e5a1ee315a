using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

/// <summary>Who is in a seat (or votes for a city) now, and how the seat has voted; null: not yet.</summary>
[GenerateSerializer, Immutable, Alias("voting.ballot")]
public sealed record Ballot(string Seat, string Holder, SeatVote? Vote);

/// <summary>
/// The ballots of one vote, one a seat, whoever sits in it: a city with a delegate and alternates has one. A vote may be changed until the result
/// is announced (RONR 12th ed., 45:8); a secret one never.
/// </summary>
[GenerateSerializer, Immutable, Alias("voting.ballots")]
public sealed record Ballots(ImmutableArray<Ballot> Seats, bool Secret, bool Announced)
{
    /// <summary>What stands against a vote; null when it counts.</summary>
    public Refusal? Against(string seat, string person, SeatVote vote) =>
        Announced ? VotingRefusals.Announced
        : vote is not (SeatVote.Yes or SeatVote.No or SeatVote.Abstain) ? VotingRefusals.NoVote
        : Find(seat) is not { } ballot ? VotingRefusals.NoSuchSeat
        : ballot.Holder != person ? VotingRefusals.NotInTheSeat
        : Secret && ballot.Vote is not null ? VotingRefusals.SecretVoteStands
        : null;

    /// <summary>The ballots with this vote in place of the seat's last one; as they are, if something stands against it.</summary>
    public Ballots Cast(string seat, string person, SeatVote vote) =>
        Against(seat, person, vote) is null ? Put(seat, ballot => ballot with { Vote = vote }) : this;

    /// <summary>Another person sits down in a seat: the ballot cast stands, and the newcomer may change it.</summary>
    public Ballots Seated(string seat, string person) => Put(seat, ballot => ballot with { Holder = person });

    public Ballot? Find(string seat) => Seats.FirstOrDefault(ballot => ballot.Seat == seat);

    /// <summary>Seats that have not voted are present and not voting.</summary>
    public ImmutableArray<RollLine> Roll => [.. Seats.Select(ballot => new RollLine(ballot.Seat, ballot.Vote ?? SeatVote.NotVoting))];

    private Ballots Put(string seat, Func<Ballot, Ballot> changed) =>
        this with { Seats = [.. Seats.Select(ballot => ballot.Seat == seat ? changed(ballot) : ballot)] };
}
