using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>The roll, the chair, items and speakers. Presence is what the roll says, never what a connection says.</summary>
public sealed partial class MeetingDecider
{
    /// <summary>The seats of the group as they are filled now; alternates sit with the seat that they are named for, or (a city's) for their city's delegate.</summary>
    private static Decision<MeetingEvent> OpenRoll(AgendaBook book, MeetingCommand.OpenRoll c, Actor.Person by, Circumstances given)
    {
        if (MeetingRights.KeepRoll.Against(by.Standing.To(book.Group)) is { } refusal)
            return refusal;
        if (c.Group != book.Group)
            return MeetingRefusals.OfAnotherGroup;
        if (given.Fact<GroupFact>(book.Group.Stream) is not { HasEnded: false } group)
            return MeetingRefusals.NoSuchGroup;
        var alternates = group.Seats.Where(seat => seat.Value.Role is Role.Alternate or Role.SeatedAlternate).ToArray();
        return new MeetingEvent.RollOpened(
            [
                .. from seat in @group.Seats
                   where seat.Value.Counts
                   select new RollSeat(new MemberId(seat.Key), seat.Value.Role, seat.Value.By,
                       [.. alternates.Where(alternate => alternate.Value.AlternateFor?.Value == seat.Key).Select(alternate => new MemberId(alternate.Key))]),
            ],
            [.. alternates.Where(alternate => alternate.Value.AlternateFor is null).Select(alternate => new MemberId(alternate.Key))],
            group.Vacancies, group.Rules, group.Power, Byline.Of(by.Standing, book.Group));
    }

    /// <summary>A roll that is opened anew takes over who has checked in, where they may still sit.</summary>
    private static Session SessionOf(MeetingEvent.RollOpened e, Session? before) => new(
        e.Rules, e.Power, e.Seats.ToImmutableSortedDictionary(seat => seat.Holder.Value, seat =>
            before?.Find(seat.Holder) is { Occupant: { } occupant } known && (occupant == seat.Holder || seat.Alternates.Contains(occupant)) ? known with { Seat = seat }
            : new SeatNow(seat, Attendance.Absent, false, null, null), StringComparer.Ordinal),
        e.Alternates, e.Vacancies, Phase.RollOpen, null, null, Stage.Report, Floor.Before, NoItems, ImmutableSortedDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal),
        [], 0, false, null, [], 0, null, null, null, 0, []);

    private static Decision<MeetingEvent> CheckIn(Meeting.Sitting m, MeetingCommand.CheckIn c, Actor.Person by, Circumstances given)
    {
        var seat = m.Session.Find(c.Seat);
        var kinds = by.Standing.To(m.Book.Group) | (c.Occupant == by.Member ? ActorKinds.Oneself : ActorKinds.Nobody);
        return MeetingRights.Attend.Against(kinds) is { } refusal ? refusal
            : seat is null ? MeetingRefusals.NoSuchSeat
            : given.Fact<MemberFact>(c.Occupant.Stream) is not { } occupant || !MaySit(m.Session, seat, c.Occupant, given) ? MeetingRefusals.NotItsAlternate
            : m.Session.Of(c.Occupant) is { } other && other != seat ? MeetingRefusals.SeatedElsewhere
            : seat.Attendance == Attendance.Present && seat.Occupant == c.Seat && c.Occupant != c.Seat ? MeetingRefusals.HolderSits
            : seat.Attendance == Attendance.Present && seat.Occupant == c.Occupant && seat.IsRemote == c.IsRemote ? Decision<MeetingEvent>.Accept()
            : new MeetingEvent.CheckedIn(c.Seat, c.Occupant, Byline.Of(occupant.Standing, m.Book.Group), c.IsRemote);
    }

    private static bool MaySit(Session session, SeatNow seat, MemberId occupant, Circumstances given) =>
        occupant == seat.Seat.Holder || seat.Seat.Alternates.Contains(occupant)
        || (session.Alternates.Contains(occupant) && given.Fact<MemberFact>(occupant.Stream)?.Standing.City is { } city
            && given.Fact<MemberFact>(seat.Seat.Holder.Stream)?.Standing.City == city);

    /// <summary>Steps out, returns or leaves: for oneself, or as chair and clerk see it.</summary>
    private static Decision<MeetingEvent> Move(Meeting.Sitting m, MemberId at, Actor.Person by, Func<SeatNow, bool> mayMove, MeetingEvent moved)
    {
        var seat = m.Session.Find(at);
        return MeetingRights.Attend.Against(MeetingRights.To(by, m.Book.Group, seat)) is { } refusal ? refusal
            : seat is null ? MeetingRefusals.NoSuchSeat
            : !mayMove(seat) ? MeetingRefusals.NotPresent
            : moved;
    }

    private static Decision<MeetingEvent> Recuse(Meeting.Sitting m, MeetingCommand.Recuse c, Actor.Person by)
    {
        var seat = m.Session.Find(c.Seat);
        return MeetingRights.Attend.Against(MeetingRights.To(by, m.Book.Group, seat)) is { } refusal ? refusal
            : seat is null ? MeetingRefusals.NoSuchSeat
            : seat.Attendance is not (Attendance.Present or Attendance.SteppedOut) ? MeetingRefusals.NotPresent
            : m.Book.Find(c.Item) is null ? MeetingRefusals.NoSuchItem
            : m.Session.Finished.Contains(c.Item) ? MeetingRefusals.ItemDone
            : m.Session.IsRecused(c.Seat, c.Item) ? Decision<MeetingEvent>.Accept()
            : Reason(c.Interest) is not { } interest ? MeetingRefusals.BadReason
            : new MeetingEvent.Recused(c.Seat, c.Item, interest, m.Session.Item == c.Item && (m.Session.Stage > Stage.Report || !m.Session.Motions.IsEmpty));
    }

    private static Decision<MeetingEvent> TakeTheChair(Meeting.Sitting m, Actor.Person by) =>
        MeetingRights.Preside.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
        : m.Session.Of(by.Member) is not { Attendance: Attendance.Present } ? MeetingRefusals.NotPresent
        : m.Session.Presiding == by.Member ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.ChairTaken(Line(m, by));

    /// <summary>Whoever of chair and vice chair does it first presides.</summary>
    private static Decision<MeetingEvent> CallToOrder(Meeting.Sitting m, Actor.Person by) =>
        MeetingRights.Preside.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
        : m.Session.Of(by.Member) is not { Attendance: Attendance.Present } seat ? MeetingRefusals.NotPresent
        : Lawful.Against(m.Session with { Presiding = by.Member }, by.Member, seat, Voting.Move.Of(Act.CallToOrder)) is { } reason ? reason.Refusal
        : new MeetingEvent.CalledToOrder(Line(m, by));

    /// <summary>Why this person does not preside now, or may not do this, if so.</summary>
    private static Refusal? Preside(Meeting.Sitting m, Actor.Person by, Move? move = null) =>
        MeetingRights.Preside.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
        : m.Session.Presiding is not null && m.Session.Presiding != by.Member ? MeetingRefusals.AnotherPresides
        : m.Session.Presiding is not null && m.Session.Of(by.Member) is not { Attendance: Attendance.Present } ? MeetingRefusals.NotPresent
        : move is null ? null
        : Lawful.Against(m.Session, by.Member, m.Session.Of(by.Member), move)?.Refusal;

    /// <summary>The item before it is finished with, if nothing of it is on the floor.</summary>
    private static Decision<MeetingEvent> CallItem(Meeting.Sitting m, MeetingCommand.CallItem c, Actor.Person by)
    {
        if (Preside(m, by) is { } refusal)
            return refusal;
        if (m.Book.Find(c.Item) is null)
            return MeetingRefusals.NoSuchItem;
        if (m.Session.Item == c.Item)
            return Decision<MeetingEvent>.Accept();
        if (m.Session.Item is not null && Preside(m, by, Voting.Move.Of(Act.FinishItem)) is { } notFinished)
            return notFinished;
        var finishes = m.Session.Item is { } open ? new MeetingEvent.ItemFinished(open) : null;
        var before = finishes is null ? m : m with { Session = m.Session with { Item = null, Floor = Course.After(Lawful.RulesOf(m.Session), m.Session.Floor, Voting.Move.Of(Act.FinishItem)) } };
        return Preside(before, by, Voting.Move.Of(Act.CallItem)) is { } notNow ? notNow
            : Decision<MeetingEvent>.Accept([.. new MeetingEvent?[] { finishes }.OfType<MeetingEvent>(), new MeetingEvent.ItemCalled(c.Item)]);
    }

    private static Decision<MeetingEvent> FinishItem(Meeting.Sitting m, Actor.Person by) =>
        Preside(m, by, Voting.Move.Of(Act.FinishItem)) is { } refusal ? refusal : new MeetingEvent.ItemFinished(m.Session.Item!.Value);

    private static Decision<MeetingEvent> OpenStage(Meeting.Sitting m, MeetingCommand.OpenStage c, Actor.Person by) =>
        Preside(m, by) is { } refusal ? refusal
        : m.Session.Item is null || !Enum.IsDefined(c.Stage) ? MeetingRefusals.NotNow
        : m.Session.Stage == c.Stage ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.StageOpened(c.Stage);

    private static Decision<MeetingEvent> PullItem(Meeting.Sitting m, MeetingCommand.PullItem c, Actor.Person by) =>
        TakesPart(m, c.Seat, by, MeetingRights.TakePart, null) is { } refusal ? refusal
        : m.Book.Find(c.Item) is not { } item ? MeetingRefusals.NoSuchItem
        : item.Text.Kind != ItemKind.Consent || m.Session.Finished.Contains(c.Item) || !m.Session.Motions.IsEmpty ? MeetingRefusals.NotConsent
        : m.Book.Pulled.Contains(c.Item) ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.ItemPulled(c.Item, c.Seat);

    /// <summary>Why this person may not act for this seat now, if so: it must be theirs (or they enter it), present, not recused, and the move in order.</summary>
    private static Refusal? TakesPart(Meeting.Sitting m, MemberId at, Actor.Person by, Right right, Move? move)
    {
        var seat = m.Session.Find(at);
        return right.Against(MeetingRights.To(by, m.Book.Group, seat, m.Session)) is { } refusal ? refusal
            : seat is null ? MeetingRefusals.NoSuchSeat
            : m.Session.IsRecused(at, m.Session.Item) ? MeetingRefusals.SeatRecused
            : seat.Attendance != Attendance.Present ? MeetingRefusals.NotPresent
            : move is null ? null
            : Lawful.Against(m.Session, by.Member, seat, move)?.Refusal;
    }

    private static Decision<MeetingEvent> AskToSpeak(Meeting.Sitting m, MeetingCommand.AskToSpeak c, Actor.Person by)
    {
        if (TakesPart(m, c.Seat, by, MeetingRights.TakePart, null) is { } refusal)
            return refusal;
        var waiting = m.Session.Speakers.FirstOrDefault(speaker => speaker.Seat == c.Seat);
        var name = m.Session.Find(c.Seat)!.Name!;
        return m.Session.IsListClosed && c.Side != Side.PointOfOrder ? MeetingRefusals.ListIsClosed
            : waiting is not null ? MeetingRefusals.OnTheListAlready
            : m.Session.Speakers.Length >= MaxSpeakers ? MeetingRefusals.ListFull
            : new MeetingEvent.AskedToSpeak(m.Session.LastSpeaker + 1, c.Seat, name.DisplayName, "", c.Side);
    }

    private static Decision<MeetingEvent> AddSpeaker(Meeting.Sitting m, MeetingCommand.AddSpeaker c, Actor.Person by)
    {
        var (name, affiliation) = (PlainText.Line(c.Name), PlainText.Line(c.Affiliation));
        return MeetingRights.KeepRoll.Against(by.Standing.To(m.Book.Group)) is { } refusal ? refusal
            : IsBlank(name, MaxNameLength) || affiliation.Length > MaxNameLength ? MeetingRefusals.BadName
            : m.Session.Speakers.Length >= MaxSpeakers ? MeetingRefusals.ListFull
            : new MeetingEvent.AskedToSpeak(m.Session.LastSpeaker + 1, null, name, affiliation, Side.Comment);
    }

    private static Decision<MeetingEvent> TakeOffList(Meeting.Sitting m, MeetingCommand.TakeOffList c, Actor.Person by)
    {
        var speaker = m.Session.Speakers.FirstOrDefault(known => known.Speaker == c.Speaker);
        return MeetingRights.TakeBack.Against(MeetingRights.To(by, m.Book.Group, speaker?.Seat is { } at ? m.Session.Find(at) : null)) is { } refusal ? refusal
            : speaker is null ? MeetingRefusals.NoSuchSpeaker
            : new MeetingEvent.TakenOffList(c.Speaker);
    }

    private static Decision<MeetingEvent> Recognise(Meeting.Sitting m, MeetingCommand.Recognise c, Actor.Person by, Circumstances given) =>
        Preside(m, by) is { } refusal ? refusal
        : !m.Session.Speakers.Any(known => known.Speaker == c.Speaker) ? MeetingRefusals.NoSuchSpeaker
        : c.Seconds is < MinSpeechSeconds or > MaxSpeechSeconds ? MeetingRefusals.BadSeconds
        : Decision<MeetingEvent>.Accept([.. new[] { Ended(m, given) }.OfType<MeetingEvent>(), new MeetingEvent.Recognised(c.Speaker, c.Seconds)]);

    /// <summary>The end of the speech under way, if one is.</summary>
    private static MeetingEvent.SpeechEnded? Ended(Meeting.Sitting m, Circumstances given) =>
        m.Session.Speech is not { } speech ? null
        : new MeetingEvent.SpeechEnded(speech.Speaker.Speaker, (int)Math.Clamp((given.Time - speech.Since).Ticks / TimeSpan.TicksPerSecond, 0, MaxSpeechSeconds));

    private static Session Fold(Session session, Recorded<MeetingEvent> recorded) =>
        recorded.Event switch
        {
            MeetingEvent.CheckedIn e => With(session, e.Seat, seat => seat with { Attendance = Attendance.Present, Occupant = e.Occupant, Name = e.Name, IsRemote = e.IsRemote }),
            MeetingEvent.SteppedOut e => Gone(session, e.Seat, Attendance.SteppedOut),
            MeetingEvent.Returned e => With(session, e.Seat, seat => seat with { Attendance = Attendance.Present }),
            MeetingEvent.Left e => Gone(session, e.Seat, Attendance.Left),
            MeetingEvent.Recused e => Queued(session, speaker => e.Item != session.Item || speaker.Seat != e.Seat) with
            {
                Recusals = session.Recusals.SetItem(e.Seat.Value, session.Recusals.GetValueOrDefault(e.Seat.Value, NoItems).Add(e.Item)),
            },
            MeetingEvent.CalledToOrder => After(session, Voting.Move.Of(Act.CallToOrder)) with { Phase = Phase.InSession, Presiding = recorded.Actor.Member },
            MeetingEvent.ChairTaken => session with { Presiding = recorded.Actor.Member },
            MeetingEvent.Recessed => After(session, Voting.Move.Of(Act.Recess)) with { Phase = Phase.InRecess, Speech = null },
            MeetingEvent.Resumed => After(session, Voting.Move.Of(Act.Resume)) with { Phase = Phase.InSession },
            MeetingEvent.StageOpened e => session with
            {
                Stage = e.Stage,
                Floor = e.Stage == Stage.PublicComment && session.Floor.Item is { } item ? session.Floor with { Item = item with { CommentHeard = true } } : session.Floor,
            },
            MeetingEvent.ItemFinished e => After(session, Voting.Move.Of(Act.FinishItem)) with
            {
                Item = null,
                Speakers = [],
                Speech = null,
                Ruling = null,
                Finished = session.Finished.Add(e.Item),
            },

            MeetingEvent.AskedToSpeak e => session with
            {
                LastSpeaker = e.Speaker,
                Speakers = InOrder(session.Speakers.Add(new SpeakerNow(e.Speaker, e.Seat, e.Name, e.Affiliation, e.Side))),
            },
            MeetingEvent.TakenOffList e => Queued(session, speaker => speaker.Speaker != e.Speaker),
            MeetingEvent.Recognised e => Queued(session, speaker => speaker.Speaker != e.Speaker) with
            {
                Floor = Course.Spoken(session.Floor),
                Speech = new SpeechNow(session.Speakers.First(speaker => speaker.Speaker == e.Speaker), recorded.Time, e.Seconds),
            },
            MeetingEvent.TimeExtended e => session with { Speech = session.Speech! with { Seconds = session.Speech.Seconds + e.Seconds } },
            MeetingEvent.SpeechEnded => session with { Speech = null },
            MeetingEvent.ListClosed => session with { IsListClosed = true },
            MeetingEvent.ListOpened => session with { IsListClosed = false },

            _ => FoldFloor(session, recorded),
        };

    /// <summary>An item that is called comes before the body as the agenda has it.</summary>
    private static Session Called(AgendaBook book, Session session, int number)
    {
        var item = book.Find(number)!;
        return session with
        {
            Item = number,
            Stage = Stage.Report,
            Speakers = [],
            Speech = null,
            IsListClosed = false,
            Ruling = null,
            Finished = session.Finished.Remove(number),
            Floor = Course.Called(session.Floor, new FloorItem(item.Text.Kind, book.Posted.Contains(number), Found: false, Debated: false, CommentHeard: false)),
        };
    }

    /// <summary>Points of order come first; the others in the order in which they asked.</summary>
    private static ImmutableArray<SpeakerNow> InOrder(ImmutableArray<SpeakerNow> speakers) =>
        [.. speakers.OrderBy(speaker => speaker.Side == Side.PointOfOrder ? 0 : 1).ThenBy(speaker => speaker.Speaker)];

    private static Session Queued(Session session, Func<SpeakerNow, bool> stays) => session with { Speakers = [.. session.Speakers.Where(stays)] };

    private static Session With(Session session, MemberId seat, Func<SeatNow, SeatNow> change) =>
        session with { Seats = session.Seats.SetItem(seat.Value, change(session.Seats[seat.Value])) };

    /// <summary>Who goes is off the list; a ballot that they cast stands.</summary>
    private static Session Gone(Session session, MemberId at, Attendance attendance) =>
        Queued(With(session, at, seat => seat with { Attendance = attendance }), speaker => speaker.Seat != at);
}
