using System.Globalization;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>What a screen reader says of a vote by itself: when it opens, at each quarter of the ballots, and its result. Short, so that it never talks over people.</summary>
internal static class Spoken
{
    public static string Of(Room room)
    {
        if (room.Session is not { } session)
            return "";
        if (session.Vote is { } vote)
        {
            var present = session.Taking.Count();
            var quarter = room.View.IsCut || present == 0 ? 0 : 4 * (vote.Ballots.Count + vote.Silent.Count) / present;
            return quarter == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Vote {vote.Vote} is open. {MeetingWords.Of(vote.Method)}.")
                : string.Create(CultureInfo.InvariantCulture, $"{(quarter == 4 ? "All" : $"{quarter} quarters")} of {present} in. {(session.HasQuorum ? "Quorum holds." : "There is no quorum.")}");
        }

        return session.Results is [.., { } last] ? $"Vote {last.Vote.Vote}: {ResultWords.Of(last)}." : "";
    }
}

/// <summary>Results in words.</summary>
internal static class ResultWords
{
    public static string Of(VoteDone done) =>
        done.Voided is not null ? "void"
        : done.Why!.Outcome switch
        {
            VoteOutcome.Adopted => done.IsReconsidered ? "adopted, taken up again" : "adopted",
            VoteOutcome.Rejected => done.IsReconsidered ? "failed, taken up again" : "failed",
            VoteOutcome.NoQuorum => "no quorum, nothing is decided",
            _ => "tied, to be voted on again",
        };
}
