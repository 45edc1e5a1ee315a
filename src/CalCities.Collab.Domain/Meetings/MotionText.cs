using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>Motions in plain words: what is pending, and what a Yes and a No would do.</summary>
public static class MotionText
{
    public static string Of(Position position) => position switch
    {
        Position.Support => "Support",
        Position.SupportIfAmended => "Support if amended",
        Position.Oppose => "Oppose",
        Position.OpposeUnlessAmended => "Oppose unless amended",
        Position.Neutral => "Neutral",
        Position.Watch => "Watch",
        Position.Concerns => "Concerns",
        Position.NoPosition => "No position",
        Position.Sponsor => "Sponsor",
        _ => throw new UnreachableException($"No words for {position}."),
    };

    /// <summary>"Support if amended: to set a deadline of 60 days".</summary>
    public static string Of(MotionWords words) =>
        words.Position is not { } position ? words.Text
        : string.Join(". ", new[] { words.Condition.Length > 0 ? $"{Of(position)}: {words.Condition}" : Of(position), words.Text }.Where(part => part.Length > 0));

    /// <summary>What a Yes does, and what a No does, for the people who vote on it. Subject: the bill or item at hand; below: the motion under the one that is voted on.</summary>
    public static (string Yes, string No) Effects(MotionNow motion, MotionNow? below, string subject, GroupPower power, string body) => motion.Kind switch
    {
        MotionKind.Main or MotionKind.Substitute when motion.Words.Position is not null =>
            (power == GroupPower.Decides ? $"{body} takes the position “{Of(motion.Words)}” on {subject}." : $"{body} recommends “{Of(motion.Words)}” on {subject}.",
             motion.Kind == MotionKind.Substitute && below is not null ? $"the motion before it, “{Of(below.Words)}”, is taken up next."
             : power == GroupPower.Decides ? "the motion fails and no position is taken." : "the motion fails and nothing is recommended."),
        MotionKind.Main when !motion.Covers.IsEmpty => ($"all {motion.Covers.Length} items of the consent calendar are adopted.", "none of them is adopted."),
        MotionKind.Main or MotionKind.Substitute => ($"{body} adopts “{Of(motion.Words)}”.", below is null ? "the motion fails." : $"the motion before it, “{Of(below.Words)}”, is taken up next."),
        MotionKind.Amend => ($"the motion will read “{Of(motion.Words)}”.", below is null ? "the motion stays as moved." : $"the motion stays “{Of(below.Words)}”."),
        MotionKind.Adjourn => ("the meeting ends now.", "the meeting goes on."),
        MotionKind.Recess => ("the meeting pauses.", "the meeting goes on."),
        MotionKind.FixTimeToAdjourn => ($"the meeting ends as moved: {Of(motion.Words)}.", "no time is set."),
        MotionKind.Table => ($"{subject} is put off.", $"the debate on {subject} goes on."),
        MotionKind.LimitDebate or MotionKind.CallTheQuestion => ("debate ends, and the motion is voted on next.", "debate goes on."),
        MotionKind.ObjectToConsideration => ($"{subject} is not taken up.", $"{subject} is taken up."),
        MotionKind.CloseNominations => ("no more names are taken.", "names are still taken."),
        MotionKind.SuspendRules => ($"the rules step aside for this: {Of(motion.Words)}.", "the rules hold."),
        MotionKind.Reconsider => ("the motion decided before is open again, as if not voted on.", "the earlier result stands."),
        MotionKind.Appeal => ("the chair’s ruling is reversed.", "the chair’s ruling stands."),
        MotionKind.OffAgenda or MotionKind.Emergency => ($"{subject} is acted on now though it was not on the posted agenda.", $"{subject} waits for a posted agenda."),
        _ => throw new UnreachableException($"No words for {motion.Kind}."),
    };
}
