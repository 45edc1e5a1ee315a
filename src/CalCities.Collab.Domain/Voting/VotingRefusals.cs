using CalCities.Collab.Kernel;

namespace CalCities.Collab.Voting;

public static class VotingRefusals
{
    public static readonly Refusal Announced = new("Announced", "The result is announced, so votes stand as they are. A motion to reconsider would take it up again.");
    public static readonly Refusal NoSuchSeat = new("NoSuchSeat", "This seat has no vote on this motion.");
    public static readonly Refusal NotInTheSeat = new("NotInTheSeat", "Another person holds this seat now, and only one votes for it. The chair or clerk can seat you instead.");
    public static readonly Refusal NoVote = new("NoVote", "A vote is Yes, No or Abstain.");
    public static readonly Refusal SecretVoteStands = new("SecretVoteStands", "A secret ballot stands once it is cast: nobody can tell which one is yours.");
    public static readonly Refusal ChairAlreadyVoted = new("ChairAlreadyVoted", "The chair has voted on this motion already, and votes once like everyone else.");
    public static readonly Refusal ChairNotAMember = new("ChairNotAMember", "This chair is not a voting member of the body, so a tie stands, and the motion fails.");
    public static readonly Refusal ChairDecidesNothing = new("ChairDecidesNothing", "By this body's rule the chair votes only where that changes the result, and here it would not.");
    public static readonly Refusal ChairOnlyBreaksTies = new("ChairOnlyBreaksTies", "By this body's rule the chair votes only to break a tie, and this is none.");
}
