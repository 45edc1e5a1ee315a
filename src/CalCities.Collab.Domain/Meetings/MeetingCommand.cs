using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>
/// Everything that can be asked of a meeting. Items, speakers, motions and votes are numbered by the meeting from 1 in the order in which they came.
/// A seat is named by its holder: who acts for themselves names their seat, the clerk names whose entry it is.
/// </summary>
[GenerateSerializer, Alias("meetings.command")]
public abstract record MeetingCommand : ICommand
{
    private MeetingCommand() { }

    ImmutableArray<StreamId> ICommand.Needs => this switch
    {
        Schedule c => [c.Group.Stream],
        OpenRoll c => [c.Group.Stream],
        AddItem { Item.Bill: { } bill } => [bill.Stream],
        ChangeItem { To.Bill: { } bill } => [bill.Stream],
        CheckIn c => [.. new[] { c.Seat.Stream, c.Occupant.Stream }.Where(stream => StreamId.TryParse(stream.ToString(), out _))],
        _ => [],
    };

    /// <summary>What is said in a noticed meeting is said in public; in one that was not noticed it is one conversation with all that is said of its subject (Gov. Code 54952.2).</summary>
    Talk? ICommand.Joins(StreamId to, Fact? told) =>
        this is AskToSpeak or MakeMotion or SecondMotion or RaisePoint && told is MeetingFact { IsNoticed: false } meeting ? new Talk(meeting.Group, meeting.Subject ?? to.Key) : null;

    // The meeting and its agenda

    [GenerateSerializer, Immutable, Alias("meetings.schedule")]
    public sealed record Schedule(GroupId Group, string Title, bool IsSpecial, DateTimeOffset Starts, Place Place) : MeetingCommand;

    /// <summary>Another title, time or place.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.rearrange")]
    public sealed record Rearrange(string Title, DateTimeOffset Starts, Place Place) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.cancel")]
    public sealed record Cancel(string Reason) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.add-item")]
    public sealed record AddItem(ItemText Item) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.change-item")]
    public sealed record ChangeItem(int Item, ItemText To) : MeetingCommand;

    /// <summary>Puts an item at another place of the agenda, from 1.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.move-item")]
    public sealed record MoveItem(int Item, int Place) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.remove-item")]
    public sealed record RemoveItem(int Item) : MeetingCommand;

    /// <summary>Publishes the agenda as it stands; after a change, as the next revision.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.post-agenda")]
    public sealed record PostAgenda : MeetingCommand;

    /// <summary>Any member takes an item out of the consent calendar; it comes up right after it.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.pull-item")]
    public sealed record PullItem(int Item, MemberId Seat) : MeetingCommand;

    // The chair

    /// <summary>Opens the roll with the seats and rules of the group (the meeting's own) as they are now: members may check in.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.open-roll")]
    public sealed record OpenRoll(GroupId Group) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.call-to-order")]
    public sealed record CallToOrder : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.recess")]
    public sealed record Recess : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.resume")]
    public sealed record Resume : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.adjourn")]
    public sealed record Adjourn : MeetingCommand;

    /// <summary>The chair or vice chair presides from now on.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.take-the-chair")]
    public sealed record TakeTheChair : MeetingCommand;

    /// <summary>Takes up an item; whoever has an interest recuses themselves now.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.call-item")]
    public sealed record CallItem(int Item) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.open-stage")]
    public sealed record OpenStage(Stage Stage) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.finish-item")]
    public sealed record FinishItem : MeetingCommand;

    // The roll

    /// <summary>Someone takes a seat: its holder, or an alternate named for them.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.check-in")]
    public sealed record CheckIn(MemberId Seat, MemberId Occupant, bool IsRemote) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.step-out")]
    public sealed record StepOut(MemberId Seat) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.return")]
    public sealed record Return(MemberId Seat) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.leave")]
    public sealed record Leave(MemberId Seat) : MeetingCommand;

    /// <summary>Takes no part in an item, for an interest that is named aloud.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.recuse")]
    public sealed record Recuse(MemberId Seat, int Item, string Interest) : MeetingCommand;

    // Speakers

    [GenerateSerializer, Immutable, Alias("meetings.ask-to-speak")]
    public sealed record AskToSpeak(MemberId Seat, Side Side) : MeetingCommand;

    /// <summary>The clerk puts someone without an account on the list.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.add-speaker")]
    public sealed record AddSpeaker(string Name, string Affiliation) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.take-off-list")]
    public sealed record TakeOffList(int Speaker) : MeetingCommand;

    /// <summary>Gives the floor for some seconds; who spoke before is done.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.recognise")]
    public sealed record Recognise(int Speaker, int Seconds) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.extend-time")]
    public sealed record ExtendTime(int Seconds) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.end-speech")]
    public sealed record EndSpeech : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.close-list")]
    public sealed record CloseList : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.open-list")]
    public sealed record OpenList : MeetingCommand;

    // Motions

    /// <summary>Moves, by one's own seat or (clerk and chair) by a member's who spoke it.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.make-motion")]
    public sealed record MakeMotion(MemberId Seat, MotionKind Kind, MotionWords Words) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.second-motion")]
    public sealed record SecondMotion(int Motion, MemberId Seat) : MeetingCommand;

    /// <summary>The chair takes it up without a second, or says that it has none and is off the floor.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.settle-second")]
    public sealed record SettleSecond(int Motion, bool GoesOn) : MeetingCommand;

    /// <summary>The chair rules that a motion of this kind is in order now, against the rules of order; it is recorded as a ruling, and may be appealed.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.rule-in-order")]
    public sealed record RuleInOrder(MotionKind Kind, string Reason) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.withdraw-motion")]
    public sealed record WithdrawMotion(int Motion) : MeetingCommand;

    /// <summary>Other words by consent of mover and seconder, without a vote.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.amend-friendly")]
    public sealed record AmendFriendly(int Motion, MotionWords Words) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.raise-point")]
    public sealed record RaisePoint(MemberId Seat, string Words) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.rule-on-point")]
    public sealed record RuleOnPoint(bool IsWellTaken, string Reason) : MeetingCommand;

    // Votes

    [GenerateSerializer, Immutable, Alias("meetings.open-vote")]
    public sealed record OpenVote(int Motion, VoteMethod Method) : MeetingCommand;

    /// <summary>One's ballot, or (clerk) a member's who spoke it. Wording is the number of the words that stood above the ballot.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.cast")]
    public sealed record Cast(int Vote, MemberId Seat, Choice Choice, int Wording) : MeetingCommand;

    /// <summary>Objects to unanimous consent: the roll is called.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.object")]
    public sealed record Object(int Vote, MemberId Seat) : MeetingCommand;

    /// <summary>Says of a seat that is present and has no ballot why.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.mark-silent")]
    public sealed record MarkSilent(int Vote, MemberId Seat, Silence Silence) : MeetingCommand;

    /// <summary>Hands raised, as counted and entered by the clerk.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.enter-hands")]
    public sealed record EnterHands(int Vote, int Yes, int No, int Abstain) : MeetingCommand;

    /// <summary>Closes and announces in one act.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.close-vote")]
    public sealed record CloseVote(int Vote) : MeetingCommand;

    [GenerateSerializer, Immutable, Alias("meetings.void-vote")]
    public sealed record VoidVote(int Vote, string Reason) : MeetingCommand;
}
