using CalCities.Collab.Kernel;

namespace CalCities.Collab.Threads;

public static class ThreadRefusals
{
    public static readonly Refusal OnlyPeople = new("OnlyPeople", "Only a person with an account opens threads and writes in them.");
    public static readonly Refusal AlreadyOpened = new("AlreadyOpened", "This thread is open already. Write your post in it.");
    /// <summary>Also told to those who may not read it: they shall not learn that it is there.</summary>
    public static readonly Refusal NoSuchThread = new("NoSuchThread", "There is no such thread, or it is not one that you may read.");
    public static readonly Refusal NoSuchGroup = new("NoSuchGroup", "There is no such group. Choose one from the list of groups.");
    public static readonly Refusal NoSuchBill = new("NoSuchBill", "The hub doesn't know this bill. Choose one from the list of bills.");
    public static readonly Refusal NoSeat = new("NoSeat", "Only those with a seat in this group, and the league's staff, write here.");
    public static readonly Refusal BadTitle = new("BadTitle", $"A thread needs a title of 1 to {ThreadDecider.MaxTitleLength} characters that says what it is about.");
    public static readonly Refusal NotOpen = new("NotOpen", "The chair has closed this thread. Your text is kept: ask the chair to reopen it.");
    public static readonly Refusal Full = new("Full", $"A thread holds {ThreadDecider.MaxPosts:N0} posts and this one is full. Open another thread.");
    public static readonly Refusal BadPostId = new("BadPostId", "The id of this post isn't one that the hub takes. Reload the page and try again.");
    public static readonly Refusal PostIdTaken = new("PostIdTaken", "Another post already has this id. Send yours again as a new one.");
    public static readonly Refusal EmptyBody = new("EmptyBody", "There is nothing to read in this post. Write a few words.");
    public static readonly Refusal BodyTooLong = new("BodyTooLong", $"A post holds {ThreadDecider.MaxBodyLength:N0} characters. Shorten it, or send it as two.");
    public static readonly Refusal UnknownParent = new("UnknownParent", "The post that this one answers is not in this thread.");
    public static readonly Refusal ReplyToReply = new("ReplyToReply", "Replies go one level deep. Answer the first post of that exchange, and quote this one.");
    public static readonly Refusal BadQuote = new("BadQuote", $"A quote is 1 to {ThreadDecider.MaxQuoteLength} characters of a post that stands in this thread.");
    public static readonly Refusal TooManyMentions = new("TooManyMentions", $"A post mentions {ThreadDecider.MaxMentions} people at most.");
    public static readonly Refusal MentionCannotRead = new("MentionCannotRead", "Someone you mention may not read this thread. Take out the mention, or choose someone from the list.");
    public static readonly Refusal MentionNotInText = new("MentionNotInText", "A mention must stand in the text with an @ before the person's name.");
    public static readonly Refusal NoSuchPost = new("NoSuchPost", "There is no such post in this thread.");
    public static readonly Refusal NotYours = new("NotYours", "Only its author edits or withdraws a post.");
    public static readonly Refusal OwnPost = new("OwnPost", "You wrote this post, so you agree with it already.");
    public static readonly Refusal PostHidden = new("PostHidden", "This post is hidden. Ask the chair or staff to show it again first.");
    public static readonly Refusal PostWithdrawn = new("PostWithdrawn", "Its author has withdrawn this post.");
    public static readonly Refusal AlreadyHidden = new("AlreadyHidden", "This post is hidden already, with a reason given.");
    public static readonly Refusal TooManyEdits = new("TooManyEdits", $"A post is edited {ThreadDecider.MaxEdits} times at most. Write a new one.");
    public static readonly Refusal TooManyAgreements = new("TooManyAgreements", $"A post shows {ThreadDecider.MaxAgreements:N0} agreements at most. Say in a post that you agree.");
    public static readonly Refusal OnlyTheChair = new("OnlyTheChair", "Only the chair or vice chair of this group closes and reopens its threads and pins posts.");
    public static readonly Refusal OnlyChairOrStaff = new("OnlyChairOrStaff", "Only the chair, the vice chair or the league's staff hide a post and show it again.");
    public static readonly Refusal TooManyPins = new("TooManyPins", $"A thread has {ThreadDecider.MaxPins} pinned posts at most. Unpin one first.");
    public static readonly Refusal BadReason = new("BadReason", $"Say why in 1 to {ThreadDecider.MaxReasonLength} characters: the reason is shown in the post's place.");
    public static readonly Refusal NoStance = new("NoStance", "A stance is taken by members of this group; staff, clerks and partners have none. Post without a stance.");
    public static readonly Refusal AnswersFellow = new("AnswersFellow",
        "This answers a member of your own council or commission, which the open-meeting law (Gov. Code 54952.2) keeps apart outside a noticed meeting. "
        + "Say it to the whole thread without replying, quoting, naming or agreeing, or at a noticed meeting.");
    public static readonly Refusal AnswersFellowWarning = new("AnswersFellowWarning",
        "This answers a member of your own council or commission. The open-meeting law (Gov. Code 54952.2) forbids a majority of them to discuss by messages. "
        + "Say it to the whole thread instead, or take note of this and go on.");
}
