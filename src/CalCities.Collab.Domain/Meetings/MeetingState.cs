using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>What other slices may know of a meeting. IsNoticed: in session under an agenda that was posted in time. Subject: the bill that is up.</summary>
[GenerateSerializer, Immutable, Alias("meetings.fact")]
public sealed record MeetingFact(GroupId Group, string Title, DateTimeOffset Starts, bool IsNoticed, bool HasEnded, string? Subject) : Fact
{
    /// <summary>The agenda as it was last published, which revision that is and where the meeting is; empty before.</summary>
    [Id(7)]
    public ImmutableArray<AgendaItem> Published { get; init; } = [];

    [Id(8)]
    public int Revision { get; init; }

    [Id(9)]
    public Place? Place { get; init; }

    [Id(10)]
    public string GroupName { get; init; } = "";
}

/// <summary>A meeting, as deciding needs it.</summary>
[GenerateSerializer, Alias("meetings.state")]
public abstract record Meeting
{
    private Meeting() { }

    [GenerateSerializer, Immutable, Alias("meetings.state.unscheduled")]
    public sealed record Unscheduled : Meeting;

    [GenerateSerializer, Immutable, Alias("meetings.state.planned")]
    public sealed record Planned(AgendaBook Book) : Meeting;

    /// <summary>The roll is open, or it is in session.</summary>
    [GenerateSerializer, Immutable, Alias("meetings.state.sitting")]
    public sealed record Sitting(AgendaBook Book, Session Session) : Meeting;

    [GenerateSerializer, Immutable, Alias("meetings.state.adjourned")]
    public sealed record Adjourned(AgendaBook Book, Session Session) : Meeting;

    [GenerateSerializer, Immutable, Alias("meetings.state.cancelled")]
    public sealed record Cancelled(AgendaBook Book) : Meeting;
}

/// <summary>What a scheduled meeting keeps: its agenda in order, and which items have been published. Revision counts postings; IsChanged: since the last one.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.book")]
public sealed record AgendaBook(
    GroupId Group, string GroupName, string Title, bool IsSpecial, DateTimeOffset Starts, Place Place, int NoticeHours,
    ImmutableArray<AgendaItem> Items, int LastItem, ImmutableSortedSet<int> Posted, ImmutableSortedSet<int> Pulled, int Revision, bool InTime, bool IsChanged)
{
    /// <summary>The agenda as it was last published; empty before.</summary>
    [Id(14)]
    public ImmutableArray<AgendaItem> Published { get; init; } = [];

    public AgendaItem? Find(int item) => Items.FirstOrDefault(known => known.Item == item);
}

[GenerateSerializer, Alias("meetings.state.phase")]
public enum Phase
{
    /// <summary>Members check in; nothing is decided.</summary>
    RollOpen = 0,
    InSession = 1,
    InRecess = 2,
}

[GenerateSerializer, Alias("meetings.state.attendance")]
public enum Attendance
{
    Absent = 0,
    Present = 1,
    SteppedOut = 2,
    /// <summary>Gone for good, unless they check in anew.</summary>
    Left = 3,
}

/// <summary>
/// A meeting from its roll to its end. Seats by their holder; recusals: the items a seat takes no part in; Floor: what the rules of order go by, and
/// Motions: the words of what is pending on it, the last motion last; Results: the votes that were closed, the last one last.
/// </summary>
[GenerateSerializer, Immutable, Alias("meetings.state.session")]
public sealed record Session(
    BodyRules Rules, GroupPower Power, ImmutableSortedDictionary<string, SeatNow> Seats, ImmutableArray<MemberId> Alternates, int Vacancies, Phase Phase, MemberId? Presiding,
    int? Item, Stage Stage, Floor Floor, ImmutableSortedSet<int> Finished, ImmutableSortedDictionary<string, ImmutableSortedSet<int>> Recusals,
    ImmutableArray<SpeakerNow> Speakers, int LastSpeaker, bool IsListClosed, SpeechNow? Speech,
    ImmutableArray<MotionNow> Motions, int LastMotion, PointNow? Point, RulingNow? Ruling,
    VoteNow? Vote, int LastVote, ImmutableArray<VoteDone> Results)
{
    public SeatNow? Find(MemberId seat) => seat.Value is { } key ? Seats.GetValueOrDefault(key) : null;

    /// <summary>The seat that someone occupies now, checked in or stepped out.</summary>
    public SeatNow? Of(MemberId member) => Occupancy.Of(Seats).SeatOf(member);

    public bool IsRecused(MemberId seat, int? item) => item is { } at && Recusals.TryGetValue(seat.Value, out var items) && items.Contains(at);

    /// <summary>Seats that are present, without those who take no part in the item at hand.</summary>
    public IEnumerable<SeatNow> Taking => Seats.Values.Where(seat => seat.Attendance == Attendance.Present && !IsRecused(seat.Seat.Holder, Item));

    /// <summary>How many take part.</summary>
    public int Attending => Occupancy.Of(Seats).Present - RecusedNow.Count();

    /// <summary>Whether one of those who take part is remote.</summary>
    public bool HasRemote => Occupancy.Of(Seats).Remote > RecusedNow.Count(seat => seat.IsRemote);

    public int Filled => Seats.Count;

    public int QuorumNeeded => Rules.Quorum.Needed(Filled + Vacancies, Filled);

    public bool HasQuorum => Attending >= QuorumNeeded;

    /// <summary>Seats that are present but take no part in the item at hand.</summary>
    private IEnumerable<SeatNow> RecusedNow => Recusals.Keys.Select(Seats.GetValueOrDefault).OfType<SeatNow>()
        .Where(seat => seat.Attendance == Attendance.Present && IsRecused(seat.Seat.Holder, Item));

    /// <summary>The motion that is taken next.</summary>
    public MotionNow? Top => Motions is [.., var top] ? top : null;
}

/// <summary>A seat on the roll, who sits in it, and how they are named.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.seat")]
public sealed record SeatNow(RollSeat Seat, Attendance Attendance, bool IsRemote, MemberId? Occupant, Byline? Name);

/// <summary>Someone on the list. Spoke: seconds, once they have spoken.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.speaker")]
public sealed record SpeakerNow(int Speaker, MemberId? Seat, string Name, string Affiliation, Side Side);

/// <summary>Who has the floor, since when, for how long.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.speech")]
public sealed record SpeechNow(SpeakerNow Speaker, DateTimeOffset Since, int Seconds);

/// <summary>A motion that is pending. Wording counts its words' changes from 1.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.motion")]
public sealed record MotionNow(int Motion, int? Item, MemberId Mover, MotionKind Kind, MotionWords Words, int Wording, MemberId? Second, ImmutableArray<int> Covers);

[GenerateSerializer, Immutable, Alias("meetings.state.point")]
public sealed record PointNow(MemberId Seat, string Words);

/// <summary>The chair's last ruling, which may be appealed until other business.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.ruling")]
public sealed record RulingNow(string Words, bool IsWellTaken, string Reason);

/// <summary>The vote that stands open, on these words of the motion, with the ballots by seat.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.vote")]
public sealed record VoteNow(
    int Vote, int Motion, VoteMethod Method, VotingRule Rule, ImmutableSortedDictionary<string, Choice> Ballots,
    ImmutableSortedDictionary<string, Silence> Silent, HandsNow? Hands, int Wording, DateTimeOffset Opened);

[GenerateSerializer, Immutable, Alias("meetings.state.hands")]
public sealed record HandsNow(int Yes, int No, int Abstain);

/// <summary>A vote that was closed or voided (with a reason). Motions: what was pending when it was put, to which a voided vote goes back.</summary>
[GenerateSerializer, Immutable, Alias("meetings.state.vote-done")]
public sealed record VoteDone(VoteNow Vote, MotionNow Motion, Derivation? Why, string? Voided, bool IsReconsidered, ImmutableArray<MotionNow> Motions)
{
    /// <summary>Stands: neither voided nor taken up again.</summary>
    public bool Stands => Voided is null && !IsReconsidered;
}
