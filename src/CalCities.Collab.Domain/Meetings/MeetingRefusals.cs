using CalCities.Collab.Kernel;

namespace CalCities.Collab.Meetings;

public static class MeetingRefusals
{
    public static readonly Refusal NoSuchMeeting = new("NoSuchMeeting", "There is no such meeting. Choose one from the list of meetings.");
    public static readonly Refusal OnlyPeople = new("OnlyPeople", "Meetings are held by people: sign in.");
    public static readonly Refusal AlreadyScheduled = new("AlreadyScheduled", "This meeting is scheduled already. Change it, or schedule another.");
    public static readonly Refusal NoSuchGroup = new("NoSuchGroup", "There is no such group now. Choose one from the list.");
    public static readonly Refusal NotYourMeeting = new("NotYourMeeting", "A meeting and its agenda are kept by the group's chair, vice chair and clerk, and the league's staff. Ask one of them.");
    public static readonly Refusal OnlyTheChairPresides = new("OnlyTheChairPresides", "The chair or vice chair does this.");
    public static readonly Refusal AnotherPresides = new("AnotherPresides", "Someone else presides now. Take the chair first.");
    public static readonly Refusal OnlyChairOrClerk = new("OnlyChairOrClerk", "The chair, the vice chair or the clerk does this.");
    public static readonly Refusal NotYourSeat = new("NotYourSeat", "You can act for the seat in which you are checked in. The clerk can enter it for anyone in the room or on the telephone.");
    public static readonly Refusal BadTitle = new("BadTitle", $"A title has 1 to {MeetingDecider.MaxTitleLength} characters.");
    public static readonly Refusal BadPlace = new("BadPlace", $"Say where the meeting is: an address, a video link (https://…) or a telephone number, each up to {MeetingDecider.MaxPlaceLength} characters.");
    public static readonly Refusal InThePast = new("InThePast", "A meeting starts in the future. Choose a later time.");
    public static readonly Refusal BadReason = new("BadReason", $"Say why in 1 to {MeetingDecider.MaxReasonLength} characters: the reason goes into the record.");
    public static readonly Refusal NoSuchItem = new("NoSuchItem", "There is no such item on the agenda. It may have been removed.");
    public static readonly Refusal NoSuchBill = new("NoSuchBill", "The hub doesn't know that bill. Choose one from the list of bills.");
    public static readonly Refusal TooManyItems = new("TooManyItems", $"An agenda has {MeetingDecider.MaxItems} items at most.");
    public static readonly Refusal BadAttachment = new("BadAttachment", $"A paper has a name and an address that begins with https://, and an item has {MeetingDecider.MaxAttachments} papers at most.");
    public static readonly Refusal ItemDone = new("ItemDone", "That item has been called already and can't be changed any more.");
    public static readonly Refusal NothingToPost = new("NothingToPost", "The agenda has no items yet. Add one first.");
    public static readonly Refusal NotConsent = new("NotConsent", "Only an item of the consent calendar can be pulled from it, before the calendar is voted on.");
    public static readonly Refusal BegunAlready = new("BegunAlready", "The meeting has been called to order: it can't be moved or cancelled, nor its roll be opened anew. Adjourn it instead.");
    public static readonly Refusal NotSitting = new("NotSitting", "The meeting has not begun. The chair or clerk opens the roll first.");
    public static readonly Refusal HasEnded = new("HasEnded", "This meeting has ended. Its record stays as it is.");
    public static readonly Refusal OfAnotherGroup = new("OfAnotherGroup", "The roll is that of the meeting's own group.");
    public static readonly Refusal NotNow = new("NotNow", "This is not in order at this moment of the meeting: it must be in session, with an item up and nothing before the chair.");
    public static readonly Refusal SeatRecused = new("SeatRecused", "That seat is recused from this item: it takes no part in it.");
    public static readonly Refusal NoSuchSeat = new("NoSuchSeat", "That seat is not on this meeting's roll.");
    public static readonly Refusal NotItsAlternate = new("NotItsAlternate", "A seat is taken by its holder or by an alternate named for it.");
    public static readonly Refusal HolderSits = new("HolderSits", "The seat's holder is present. An alternate sits when the holder has stepped out or left.");
    public static readonly Refusal SeatedElsewhere = new("SeatedElsewhere", "You sit in another seat of this meeting. Leave that one first.");
    public static readonly Refusal NotPresent = new("NotPresent", "That seat is not present. Check in first.");
    public static readonly Refusal ListIsClosed = new("ListIsClosed", "The list of speakers is closed. Points of order can still be raised.");
    public static readonly Refusal ListFull = new("ListFull", $"The list holds {MeetingDecider.MaxSpeakers} speakers at most.");
    public static readonly Refusal OnTheListAlready = new("OnTheListAlready", "That seat is on the list already.");
    public static readonly Refusal NoSuchSpeaker = new("NoSuchSpeaker", "That speaker is not on the list any more.");
    public static readonly Refusal NobodySpeaks = new("NobodySpeaks", "Nobody has the floor now.");
    public static readonly Refusal BadSeconds = new("BadSeconds", $"A speech has {MeetingDecider.MinSpeechSeconds} seconds to {MeetingDecider.MaxSpeechSeconds / 60} minutes.");
    public static readonly Refusal BadName = new("BadName", $"A speaker has a name, and perhaps an affiliation, each up to {MeetingDecider.MaxNameLength} characters.");
    public static readonly Refusal BadWords = new("BadWords", $"Say what is moved: a position, or words of 1 to {MeetingDecider.MaxWordsLength} characters. A conditional position names its condition.");
    public static readonly Refusal VotesOnNothing = new("VotesOnNothing", "This group shares what it knows and votes on nothing. Bring it up in a policy committee.");
    public static readonly Refusal TakesNoPositions = new("TakesNoPositions", "This group takes no positions on bills. Move in words what it should do.");
    public static readonly Refusal NoSuchMotion = new("NoSuchMotion", "That motion is not pending any more.");
    public static readonly Refusal NoSuchVote = new("NoSuchVote", "That vote is not open any more. Look at what is open now.");
    public static readonly Refusal WordingChanged = new("WordingChanged", "The wording changed after this ballot was opened. Read the new words, then vote.");
    public static readonly Refusal NotByHands = new("NotByHands", "Only a show of hands is entered as a count.");
    public static readonly Refusal HandsDontFit = new("HandsDontFit", "The hands counted are more than the members who are present, or fewer than none.");
    public static readonly Refusal HandsMissing = new("HandsMissing", "Enter the hands that were counted first.");
    public static readonly Refusal VotedAlready = new("VotedAlready", "That seat has a ballot in this vote.");

    public static readonly Refusal NotLastMotion = new("NotLastMotion", "The last motion made is voted on first.");
    public static readonly Refusal OnlyToBreakATie = new("OnlyToBreakATie", "By this body's rule the one who presides votes only to break a tie.");

    /// <summary>The window for objections is still open.</summary>
    public static Refusal ConsentStillOpen(int seconds) => new("ConsentStillOpen", seconds == 1 ? "Objections can be made for one more second." : $"Objections can be made for {seconds} more seconds.");

    /// <summary>Who is present and has neither ballot nor a word why.</summary>
    public static Refusal Unaccounted(string names) => new("Unaccounted", $"Not yet accounted for: {names}. Call them; then enter their vote, or say that they are not voting or can't be reached.");
}
