using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>
/// What pages show of a meeting: the state that deciding rests on, and the record line by line. Ballots: by vote and seat.
/// </summary>
public sealed record MeetingView(MeetingId Meeting, Meeting State, long Version, ImmutableList<RecordLine> Record, ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, Ballot>> Ballots) : IView<MeetingView, MeetingEvent>
{
    private static readonly ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, Ballot>> NoBallots = ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, Ballot>>.Empty;
    private static readonly ImmutableSortedDictionary<string, Ballot> NoneYet = ImmutableSortedDictionary.Create<string, Ballot>(StringComparer.Ordinal);

    /// <summary>A view without its tally is made once for all who may see no more, not for each of a thousand viewers.</summary>
    private static readonly ConditionalWeakTable<MeetingView, MeetingView> Blind = [];

    public AgendaBook? Book => State is Meeting.Unscheduled ? null : MeetingDecider.BookOf(State);

    /// <summary>Null before the roll is opened.</summary>
    public Session? Session => State switch
    {
        Meeting.Sitting m => m.Session,
        Meeting.Adjourned m => m.Session,
        _ => null,
    };

    /// <summary>In session or about to be.</summary>
    public bool IsSitting => State is Meeting.Sitting;

    public static MeetingView Blank(StreamId stream) => new(new MeetingId(stream.Key), new Meeting.Unscheduled(), 0, [], NoBallots);

    public static MeetingView Fold(MeetingView view, Recorded<MeetingEvent> recorded)
    {
        var before = view.Session;
        var state = MeetingDecider.Fold(view.State, recorded);
        var next = view with
        {
            State = state,
            Version = recorded.Version,
            Ballots = recorded.Event switch
            {
                MeetingEvent.Voted e => view.Ballots.SetItem(e.Vote, view.Ballots.GetValueOrDefault(e.Vote, NoneYet).SetItem(e.Seat.Value,
                    new Ballot(e.Choice, Receipts.Of(recorded), IsEntered(before, e.Seat, recorded), view.BallotOf(e.Vote, e.Seat) is not null))),
                _ => view.Ballots,
            },
        };
        return next with { Record = next.Record.AddRange(Minutes.Of(next, before, recorded)) };
    }

    /// <summary>This viewer may not see yet how the open vote stands.</summary>
    public bool IsCut { get; private init; }

    private ImmutableArray<MemberId> AwaitedForKeeper { get; init; } = [];

    /// <summary>Seats that are present and not accounted for in the open vote: who is to be called still. Of a cut view, only for the chair and the clerk.</summary>
    public ImmutableArray<MemberId> Awaited =>
        IsCut ? AwaitedForKeeper
        : Session is { Vote: { } vote } session ? [.. MeetingDecider.Unaccounted(session, vote).Select(seat => seat.Seat.Holder)]
        : [];

    /// <summary>A seat's ballot in a vote, open or closed, if it has one that this viewer may see.</summary>
    public Ballot? BallotOf(int vote, MemberId seat) => Ballots.GetValueOrDefault(vote)?.GetValueOrDefault(seat.Value);

    /// <summary>The view of someone who may not see how the open roll call stands: their own seat's ballot is left, and nobody's silence.</summary>
    internal MeetingView CutFor(MemberId? seat, bool keepsRoll)
    {
        if (State is not Meeting.Sitting { Session: { Vote: { } vote } session })
            return this;
        var blind = Blind.GetValue(this, static view => view.WithoutTally());
        if (keepsRoll)
            blind = blind with { AwaitedForKeeper = [.. MeetingDecider.Unaccounted(session, vote).Select(awaited => awaited.Seat.Holder)] };
        return seat is { } own && vote.Ballots.TryGetValue(own.Value, out var choice) ? blind.With(own, choice, BallotOf(vote.Vote, own)!) : blind;
    }

    /// <summary>What nobody's ballot shows through; the same for all who may not see the tally.</summary>
    private MeetingView WithoutTally()
    {
        var sitting = (Meeting.Sitting)State;
        var vote = sitting.Session.Vote!;
        return this with
        {
            IsCut = true,
            State = sitting with { Session = sitting.Session with { Vote = vote with { Ballots = vote.Ballots.Clear(), Silent = vote.Silent.Clear(), Hands = null } } },
            Ballots = Ballots.Remove(vote.Vote),
            Record = Record.RemoveAll(line => line.Vote == vote.Vote && line.IsTally),
        };
    }

    private MeetingView With(MemberId own, Choice choice, Ballot ballot)
    {
        var sitting = (Meeting.Sitting)State;
        var vote = sitting.Session.Vote!;
        return this with
        {
            State = sitting with { Session = sitting.Session with { Vote = vote with { Ballots = vote.Ballots.SetItem(own.Value, choice) } } },
            Ballots = Ballots.SetItem(vote.Vote, NoneYet.SetItem(own.Value, ballot)),
        };
    }

    /// <summary>Another than who sits there entered it: the clerk, or the chair.</summary>
    internal static bool IsEntered(Session? session, MemberId seat, Recorded<MeetingEvent> recorded) => session?.Find(seat)?.Occupant is { } occupant && recorded.Actor.Member != occupant;
}

/// <summary>A ballot: its receipt is found again under the published roll. IsEntered: by the clerk, in the member's name. IsChanged: it took an earlier one's place.</summary>
public sealed record Ballot(Choice Choice, string Receipt, bool IsEntered, bool IsChanged);

/// <summary>A line of the record in words, at the time of its event. Vote: the vote that it belongs to; IsTally: it tells how an open one stands.</summary>
public sealed record RecordLine(long Version, DateTimeOffset At, int? Item, int? Vote, bool IsTally, string Text);
