using System.Globalization;
using CalCities.Collab.Groups;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>What a meeting's parts are called on its pages.</summary>
internal static class MeetingWords
{
    /// <summary>An item by its bill's number and title, the number once.</summary>
    public static string TitleOf(AgendaItem item) =>
        item.BillNumber is { } number && !item.Text.Title.StartsWith(number, StringComparison.OrdinalIgnoreCase) ? $"{number}: {item.Text.Title}" : item.Text.Title;

    public static string Of(ItemKind kind) => kind switch
    {
        ItemKind.Informational => "Informational",
        ItemKind.Action => "Action",
        ItemKind.Consent => "Consent",
        _ => "Public comment",
    };

    public static string Of(Stage stage) => stage switch
    {
        Stage.Report => "Report",
        Stage.Questions => "Questions",
        Stage.PublicComment => "Public comment",
        Stage.Motion => "Motion",
        Stage.Debate => "Debate",
        _ => "Vote",
    };

    public static string Of(Side side) => side switch
    {
        Side.For => "For",
        Side.Against => "Against",
        Side.Question => "Question",
        Side.PointOfOrder => "Point of order",
        _ => "Comment",
    };

    public static string Of(Choice choice) => choice switch
    {
        Choice.Yes => "Yes",
        Choice.No => "No",
        _ => "Abstain",
    };

    /// <summary>Hidden from the accessible name: the word stands beside it.</summary>
    public static string SignOf(Choice choice) => choice switch
    {
        Choice.Yes => "✓",
        Choice.No => "✕",
        _ => "–",
    };

    public static string Of(VoteMethod method) => method switch
    {
        VoteMethod.RollCall => "Roll call",
        VoteMethod.UnanimousConsent => "Unanimous consent",
        _ => "Show of hands",
    };

    /// <summary>"Motion to amend" of "a motion to amend".</summary>
    public static string Of(MotionKind kind, BodyRules rules)
    {
        var name = RuleSet.Of(rules.Order)[kind].Name;
        name = name.StartsWith("a ", StringComparison.Ordinal) ? name[2..] : name.StartsWith("an ", StringComparison.Ordinal) ? name[3..] : name.StartsWith("the ", StringComparison.Ordinal) ? name[4..] : name;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    public static string Of(MeetingStage stage) => stage switch
    {
        MeetingStage.Planned => "Planned",
        MeetingStage.RollOpen => "Roll open",
        MeetingStage.InSession => "In session",
        MeetingStage.InRecess => "In recess",
        MeetingStage.Adjourned => "Ended",
        _ => "Cancelled",
    };

    public static string Clock(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    public static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");
}
