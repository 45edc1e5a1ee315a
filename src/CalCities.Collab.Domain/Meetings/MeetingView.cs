using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Meetings;

/// <summary>
/// What pages show of a meeting: the state that deciding rests on, and the record line by line. Receipts: the codes of the last vote's ballots by seat.
/// </summary>
public sealed record MeetingView(MeetingId Meeting, Meeting State, long Version, ImmutableList<RecordLine> Record, ImmutableSortedDictionary<string, Ballot> Ballots) : IView<MeetingView, MeetingEvent>
{
    private static readonly ImmutableSortedDictionary<string, Ballot> NoBallots = ImmutableSortedDictionary.Create<string, Ballot>(StringComparer.Ordinal);

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
                MeetingEvent.Voted e => view.Ballots.SetItem(BallotKey(e.Vote, e.Seat), new Ballot(e.Choice, Receipts.Of(recorded), IsEntered(before, e.Seat, recorded), view.Ballots.ContainsKey(BallotKey(e.Vote, e.Seat)))),
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
    public Ballot? BallotOf(int vote, MemberId seat) => Ballots.GetValueOrDefault(BallotKey(vote, seat));

    /// <summary>The view of someone who may not see how the open roll call stands: their own seat's ballot is left, and nobody's silence.</summary>
    internal MeetingView CutFor(MemberId? seat, bool keepsRoll)
    {
        if (State is not Meeting.Sitting { Session: { Vote: { } vote } session } sitting)
            return this;
        bool IsOwn(string key) => key == seat?.Value;
        return this with
        {
            IsCut = true,
            AwaitedForKeeper = keepsRoll ? [.. MeetingDecider.Unaccounted(session, vote).Select(awaited => awaited.Seat.Holder)] : [],
            State = sitting with
            {
                Session = session with
                {
                    Vote = vote with
                    {
                        Ballots = vote.Ballots.RemoveRange(vote.Ballots.Keys.Where(key => !IsOwn(key))),
                        Silent = vote.Silent.Clear(),
                        Hands = null,
                    },
                },
            },
            Ballots = Ballots.RemoveRange(vote.Ballots.Keys.Where(key => !IsOwn(key)).Select(key => BallotKey(vote.Vote, new MemberId(key)))),
            Record = Record.RemoveAll(line => line.Vote == vote.Vote && line.IsTally),
        };
    }

    /// <summary>Another than who sits there entered it: the clerk, or the chair.</summary>
    internal static bool IsEntered(Session? session, MemberId seat, Recorded<MeetingEvent> recorded) => session?.Find(seat)?.Occupant is { } occupant && recorded.Actor.Member != occupant;

    private static string BallotKey(int vote, MemberId seat) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{vote:D6}/{seat.Value}");
}

/// <summary>A ballot: its receipt is found again under the published roll. IsEntered: by the clerk, in the member's name. IsChanged: it took an earlier one's place.</summary>
public sealed record Ballot(Choice Choice, string Receipt, bool IsEntered, bool IsChanged);

/// <summary>A line of the record in words, at the time of its event. Vote: the vote that it belongs to; IsTally: it tells how an open one stands.</summary>
public sealed record RecordLine(long Version, DateTimeOffset At, int? Item, int? Vote, bool IsTally, string Text);
