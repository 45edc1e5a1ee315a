using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>
/// Everything that can have happened in a meeting. Kinds are added, never changed: the log keeps them for ever.
/// Where an act is another's than the seat's, Recorded says who entered it.
/// </summary>
[GenerateSerializer, Alias("meetings.event")]
public abstract record MeetingEvent
{
    private MeetingEvent() { }

    /// <summary>NoticeHours: how long before the start the body's rule wants the agenda posted.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.scheduled.v1")]
    public sealed record Scheduled(GroupId Group, string GroupName, string Title, bool IsSpecial, DateTimeOffset Starts, Place Place, int NoticeHours, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.rearranged.v1")]
    public sealed record Rearranged(string Title, DateTimeOffset Starts, Place Place, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.cancelled.v1")]
    public sealed record Cancelled(string Reason, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-added.v1")]
    public sealed record ItemAdded(AgendaItem Item, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-changed.v1")]
    public sealed record ItemChanged(AgendaItem Item, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-moved.v1")]
    public sealed record ItemMoved(int Item, int Place) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-removed.v1")]
    public sealed record ItemRemoved(int Item) : MeetingEvent;

    /// <summary>The agenda as it was published, for good. InTime: before the notice hours of the meeting's start, by this revision or an earlier one with no other start.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.agenda-posted.v1")]
    public sealed record AgendaPosted(int Revision, ImmutableArray<AgendaItem> Items, bool InTime, Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-pulled.v1")]
    public sealed record ItemPulled(int Item, MemberId Seat) : MeetingEvent;

    /// <summary>The roster that everything later rests on. Alternates: those who are named for no single seat, but for their city's.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.roll-opened.v1")]
    public sealed record RollOpened(ImmutableArray<RollSeat> Seats, ImmutableArray<MemberId> Alternates, int Vacancies, BodyRules Rules, GroupPower Power, Byline By) : MeetingEvent;

    /// <summary>Who presides, from then on.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.called-to-order.v1")]
    public sealed record CalledToOrder(Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.recessed.v1")]
    public sealed record Recessed(Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.resumed.v1")]
    public sealed record Resumed(Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.adjourned.v1")]
    public sealed record Adjourned(Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.chair-taken.v1")]
    public sealed record ChairTaken(Byline By) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-called.v1")]
    public sealed record ItemCalled(int Item) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.stage-opened.v1")]
    public sealed record StageOpened(Stage Stage) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.item-finished.v1")]
    public sealed record ItemFinished(int Item) : MeetingEvent;

    /// <summary>Name: how the occupant is named on the roll and in the minutes.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.checked-in.v1")]
    public sealed record CheckedIn(MemberId Seat, MemberId Occupant, Byline Name, bool IsRemote) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.stepped-out.v1")]
    public sealed record SteppedOut(MemberId Seat) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.returned.v1")]
    public sealed record Returned(MemberId Seat) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.left.v1")]
    public sealed record Left(MemberId Seat) : MeetingEvent;

    /// <summary>IsLate: the item was under way already.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.recused.v1")]
    public sealed record Recused(MemberId Seat, int Item, string Interest, bool IsLate) : MeetingEvent;

    /// <summary>Seat: null for someone who has none here.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.asked-to-speak.v1")]
    public sealed record AskedToSpeak(int Speaker, MemberId? Seat, string Name, string Affiliation, Side Side) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.taken-off-list.v1")]
    public sealed record TakenOffList(int Speaker) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.recognised.v1")]
    public sealed record Recognised(int Speaker, int Seconds) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.time-extended.v1")]
    public sealed record TimeExtended(int Speaker, int Seconds) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.speech-ended.v1")]
    public sealed record SpeechEnded(int Speaker, int SpokeSeconds) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.list-closed.v1")]
    public sealed record ListClosed : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.list-opened.v1")]
    public sealed record ListOpened : MeetingEvent;

    /// <summary>NeedsSecond: nothing further happens with it before someone seconds it. Covers: the items that a motion on the consent calendar adopts.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.moved.v1")]
    public sealed record Moved(int Motion, int? Item, MemberId Seat, MotionKind Kind, MotionWords Words, bool NeedsSecond, ImmutableArray<int> Covers) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.seconded.v1")]
    public sealed record Seconded(int Motion, MemberId Seat) : MeetingEvent;

    /// <summary>The chair goes on though nobody seconded it, where the rules of order let them.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.taken-up-without-second.v1")]
    public sealed record TakenUpWithoutSecond(int Motion) : MeetingEvent;

    /// <summary>Nobody seconded it: it is off the floor.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.died-for-want-of-second.v1")]
    public sealed record DiedForWantOfSecond(int Motion) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.motion-withdrawn.v1")]
    public sealed record MotionWithdrawn(int Motion) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.amended-by-consent.v1")]
    public sealed record AmendedByConsent(int Motion, MotionWords Words) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.point-raised.v1")]
    public sealed record PointRaised(MemberId Seat, string Words) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.point-ruled-on.v1")]
    public sealed record PointRuledOn(bool IsWellTaken, string Reason, Byline By) : MeetingEvent;

    /// <summary>By the chair's ruling this may be moved once though the rules of order refuse it.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.ruled-in-order.v1")]
    public sealed record RuledInOrder(MotionKind Kind, string Reason, Byline By) : MeetingEvent;

    /// <summary>The motion as it reads now is put to the vote, by this rule.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.vote-opened.v1")]
    public sealed record VoteOpened(int Vote, int Motion, VoteMethod Method, VotingRule Rule) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.voted.v1")]
    public sealed record Voted(int Vote, MemberId Seat, Choice Choice) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.objected.v1")]
    public sealed record Objected(int Vote, MemberId Seat) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.marked-silent.v1")]
    public sealed record MarkedSilent(int Vote, MemberId Seat, Silence Silence) : MeetingEvent;

    [GenerateSerializer, Immutable, Alias("meetings.hands-entered.v1")]
    public sealed record HandsEntered(int Vote, int Yes, int No, int Abstain) : MeetingEvent;

    /// <summary>Closed and announced: the ballots are frozen, the result and why.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.vote-closed.v1")]
    public sealed record VoteClosed(int Vote, Derivation Why) : MeetingEvent;

    /// <summary>Its ballots stay in the record and count nowhere; the motion is pending again.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.vote-voided.v1")]
    public sealed record VoteVoided(int Vote, string Reason, Byline By) : MeetingEvent;
}

/// <summary>Where a meeting is: address and room, video link, telephone number; any may be empty.</summary>
[GenerateSerializer, Immutable, Alias("meetings.place")]
public sealed record Place(string Address, string Room, string Video, string Telephone, bool HasCaptions);

/// <summary>An item as written by whoever keeps the agenda. Recommends: the staff's, where there is one.</summary>
[GenerateSerializer, Immutable, Alias("meetings.item-text")]
public sealed record ItemText(ItemKind Kind, string Title, BillId? Bill, MotionWords? Recommends, ImmutableArray<Attachment> Attachments);

/// <summary>A paper of an item: an address to open, and what it is called.</summary>
[GenerateSerializer, Immutable, Alias("meetings.attachment")]
public sealed record Attachment(string Name, string Address);

/// <summary>An item of the agenda; BillNumber as it read when the item was written ("AB 831").</summary>
[GenerateSerializer, Immutable, Alias("meetings.agenda-item")]
public sealed record AgendaItem(int Item, ItemText Text, string? BillNumber);

/// <summary>The stages of an action item (DOMAIN §3).</summary>
[GenerateSerializer, Alias("meetings.stage")]
public enum Stage
{
    Report = 0,
    Questions = 1,
    PublicComment = 2,
    Motion = 3,
    Debate = 4,
    Vote = 5,
}

/// <summary>A seat on the roll: its holder, the alternates named for them, the role, and who appointed it.</summary>
[GenerateSerializer, Immutable, Alias("meetings.roll-seat")]
public sealed record RollSeat(MemberId Holder, Role Role, Appointer? By, ImmutableArray<MemberId> Alternates);

/// <summary>Why someone asks for the floor.</summary>
[GenerateSerializer, Alias("meetings.side")]
public enum Side
{
    For = 0,
    Against = 1,
    Question = 2,
    PointOfOrder = 3,
    /// <summary>Presents, or comments from the public.</summary>
    Comment = 4,
}

/// <summary>What is moved. On a bill: a position and its condition; Text is the exact wording of anything else.</summary>
[GenerateSerializer, Immutable, Alias("meetings.motion-words")]
public sealed record MotionWords(Position? Position, string Condition, string Text);

[GenerateSerializer, Alias("meetings.choice")]
public enum Choice
{
    Yes = 0,
    No = 1,
    Abstain = 2,
}

/// <summary>Why a seat that is present has no ballot.</summary>
[GenerateSerializer, Alias("meetings.silence")]
public enum Silence
{
    /// <summary>Called twice and did not vote.</summary>
    NotVoting = 0,
    /// <summary>Remote, and not to be reached.</summary>
    Unreachable = 1,
}

/// <summary>The league's words for a position on a measure (DOMAIN §2).</summary>
[GenerateSerializer, Alias("meetings.position")]
public enum Position
{
    Support = 0,
    SupportIfAmended = 1,
    Oppose = 2,
    OpposeUnlessAmended = 3,
    Neutral = 4,
    Watch = 5,
    Concerns = 6,
    NoPosition = 7,
    Sponsor = 8,
}
