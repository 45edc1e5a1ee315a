using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Voting;

namespace CalCities.Collab.Meetings;

/// <summary>
/// The rules of a meeting: its agenda here, the roll, the floor and the votes in the other parts of this class. Who may do what: <see cref="MeetingRights"/>;
/// what is in order when: the body's own rule set.
/// </summary>
public sealed partial class MeetingDecider : IDecider<Meeting, MeetingCommand, MeetingEvent>
{
    /// <summary>Two lines on a phone.</summary>
    public const int MaxTitleLength = 160;

    public const int MaxPlaceLength = 300;
    public const int MaxReasonLength = 300;
    public const int MaxNameLength = 120;

    /// <summary>A motion as a clerk reads it aloud.</summary>
    public const int MaxWordsLength = 1_000;

    /// <summary>Three times the longest agenda of a policy committee; an assembly's consent calendar.</summary>
    public const int MaxItems = 200;

    public const int MaxAttachments = 12;

    /// <summary>A hearing room's public comment.</summary>
    public const int MaxSpeakers = 300;

    public const int MinSpeechSeconds = 10;
    public const int MaxSpeechSeconds = 3_600;

    private static readonly ImmutableSortedSet<int> NoItems = [];

    public static Meeting Initial => new Meeting.Unscheduled();

    public static int FoldVersion => 1;

    public static Decision<MeetingEvent> Decide(Meeting state, MeetingCommand command, Circumstances given) =>
        given.Actor is Actor.Person person ? Decide(state, command, person, given) : MeetingRefusals.OnlyPeople;

    private static Decision<MeetingEvent> Decide(Meeting state, MeetingCommand command, Actor.Person by, Circumstances given) =>
        (state, command) switch
        {
            (Meeting.Unscheduled, MeetingCommand.Schedule c) => Schedule(c, by, given),
            (Meeting.Unscheduled, _) => MeetingRefusals.NoSuchMeeting,
            (_, MeetingCommand.Schedule) => MeetingRefusals.AlreadyScheduled,
            (Meeting.Cancelled or Meeting.Adjourned, _) => MeetingRefusals.HasEnded,

            (_, MeetingCommand.Rearrange or MeetingCommand.Cancel or MeetingCommand.AddItem or MeetingCommand.ChangeItem or MeetingCommand.MoveItem or MeetingCommand.RemoveItem or MeetingCommand.PostAgenda)
                when MeetingRights.Keep.Against(by.Standing.To(BookOf(state).Group)) is { } refusal => refusal,
            (_, MeetingCommand.Rearrange c) when !HasBegun(state) => Rearrange(BookOf(state), c, by, given),
            (_, MeetingCommand.Rearrange) => MeetingRefusals.BegunAlready,
            (_, MeetingCommand.Cancel c) when !HasBegun(state) => Reason(c.Reason) is { } reason ? new MeetingEvent.Cancelled(reason, Line(state, by)) : MeetingRefusals.BadReason,
            (_, MeetingCommand.Cancel) => MeetingRefusals.BegunAlready,
            (_, MeetingCommand.AddItem c) => AddItem(state, c, by, given),
            (_, MeetingCommand.ChangeItem c) => ChangeItem(state, c, by, given),
            (_, MeetingCommand.MoveItem c) => MoveItem(state, c),
            (_, MeetingCommand.RemoveItem c) => Untouched(state, c.Item) is { } refusal ? refusal : new MeetingEvent.ItemRemoved(c.Item),
            (_, MeetingCommand.PostAgenda) => PostAgenda(BookOf(state), by, given),

            (_, MeetingCommand.OpenRoll c) when !HasBegun(state) => OpenRoll(BookOf(state), c, by, given),
            (_, MeetingCommand.OpenRoll) => MeetingRefusals.BegunAlready,
            (Meeting.Planned, _) => MeetingRefusals.NotSitting,
            (Meeting.Sitting m, _) => Decide(m, command, by, given),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    private static Decision<MeetingEvent> Decide(Meeting.Sitting m, MeetingCommand command, Actor.Person by, Circumstances given) =>
        command switch
        {
            MeetingCommand.CheckIn c => CheckIn(m, c, by, given),
            MeetingCommand.StepOut c => Move(m, c.Seat, by, seat => seat.Attendance == Attendance.Present, new MeetingEvent.SteppedOut(c.Seat)),
            MeetingCommand.Return c => Move(m, c.Seat, by, seat => seat.Attendance == Attendance.SteppedOut, new MeetingEvent.Returned(c.Seat)),
            MeetingCommand.Leave c => Move(m, c.Seat, by, seat => seat.Attendance is Attendance.Present or Attendance.SteppedOut, new MeetingEvent.Left(c.Seat)),
            MeetingCommand.Recuse c => Recuse(m, c, by),

            MeetingCommand.TakeTheChair => TakeTheChair(m, by),
            MeetingCommand.CallToOrder => CallToOrder(m, by),
            MeetingCommand.Resume => Preside(m, by, Voting.Move.Of(Act.Resume)) is { } refusal ? refusal : new MeetingEvent.Resumed(Line(m, by)),
            MeetingCommand.Adjourn => Preside(m, by, Voting.Move.Of(Act.Adjourn)) is { } refusal ? refusal : new MeetingEvent.Adjourned(Line(m, by)),
            MeetingCommand.Recess => Preside(m, by, Voting.Move.Of(Act.Recess)) is { } refusal ? refusal : new MeetingEvent.Recessed(Line(m, by)),
            _ when m.Session.Phase != Phase.InSession => MeetingRefusals.NotNow,

            MeetingCommand.CallItem c => CallItem(m, c, by),
            MeetingCommand.OpenStage c => OpenStage(m, c, by),
            MeetingCommand.FinishItem => FinishItem(m, by),
            MeetingCommand.PullItem c => PullItem(m, c, by),

            MeetingCommand.AskToSpeak c => AskToSpeak(m, c, by),
            MeetingCommand.AddSpeaker c => AddSpeaker(m, c, by),
            MeetingCommand.TakeOffList c => TakeOffList(m, c, by),
            MeetingCommand.Recognise c => Recognise(m, c, by, given),
            MeetingCommand.ExtendTime c => Preside(m, by) is { } refusal ? refusal : m.Session.Speech is not { } speech ? MeetingRefusals.NobodySpeaks
                : c.Seconds is < MinSpeechSeconds or > MaxSpeechSeconds || speech.Seconds + c.Seconds > MaxSpeechSeconds ? MeetingRefusals.BadSeconds
                : new MeetingEvent.TimeExtended(speech.Speaker.Speaker, c.Seconds),
            MeetingCommand.EndSpeech => Preside(m, by) is { } refusal ? refusal : Ended(m, given) is { } ended ? ended : MeetingRefusals.NobodySpeaks,
            MeetingCommand.CloseList => Preside(m, by) is { } refusal ? refusal : m.Session.IsListClosed ? Decision<MeetingEvent>.Accept() : new MeetingEvent.ListClosed(),
            MeetingCommand.OpenList => Preside(m, by) is { } refusal ? refusal : !m.Session.IsListClosed ? Decision<MeetingEvent>.Accept() : new MeetingEvent.ListOpened(),

            MeetingCommand.MakeMotion c => MakeMotion(m, c, by),
            MeetingCommand.SecondMotion c => SecondMotion(m, c, by),
            MeetingCommand.SettleSecond c => SettleSecond(m, c, by),
            MeetingCommand.WithdrawMotion c => WithdrawMotion(m, c, by),
            MeetingCommand.AmendFriendly c => AmendFriendly(m, c, by),
            MeetingCommand.RaisePoint c => RaisePoint(m, c, by),
            MeetingCommand.RuleOnPoint c => RuleOnPoint(m, c, by),
            MeetingCommand.RuleInOrder c => RuleInOrder(m, c, by),

            MeetingCommand.OpenVote c => OpenVote(m, c, by),
            MeetingCommand.Cast c => Cast(m, c, by),
            MeetingCommand.Object c => Object(m, c, by),
            MeetingCommand.MarkSilent c => MarkSilent(m, c, by),
            MeetingCommand.EnterHands c => EnterHands(m, c, by),
            MeetingCommand.CloseVote c => CloseVote(m, c, by, given),
            MeetingCommand.VoidVote c => VoidVote(m, c, by),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in a meeting under way."),
        };

    public static Meeting Fold(Meeting state, Recorded<MeetingEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Meeting.Unscheduled, MeetingEvent.Scheduled e) => new Meeting.Planned(new AgendaBook(
                e.Group, e.GroupName, e.Title, e.IsSpecial, e.Starts, e.Place, e.NoticeHours, [], 0, NoItems, NoItems, 0, false, false)),
            // What was posted named another start: the notice runs anew, unless the meeting only begins later.
            (_, MeetingEvent.Rearranged e) => WithBook(state, book => book with
            {
                Title = e.Title,
                Starts = e.Starts,
                Place = e.Place,
                IsChanged = true,
                InTime = book.InTime && e.Starts >= book.Starts,
                Posted = e.Starts >= book.Starts ? book.Posted : NoItems,
            }),
            (_, MeetingEvent.Cancelled) => new Meeting.Cancelled(BookOf(state)),
            (_, MeetingEvent.ItemAdded e) => WithBook(state, book => book with { Items = book.Items.Add(e.Item), LastItem = e.Item.Item, IsChanged = true }),
            (_, MeetingEvent.ItemChanged e) => WithBook(state, book => book with { Items = [.. book.Items.Select(item => item.Item == e.Item.Item ? e.Item : item)], IsChanged = true }),
            (_, MeetingEvent.ItemMoved e) => WithBook(state, book => book with { Items = Moved(book.Items, e.Item, e.Place), IsChanged = true }),
            (_, MeetingEvent.ItemRemoved e) => WithBook(state, book => book with { Items = book.Items.RemoveAll(item => item.Item == e.Item), IsChanged = true }),
            (_, MeetingEvent.AgendaPosted e) => WithBook(state, book => book with
            {
                Posted = e.InTime ? book.Posted.Union(e.Items.Select(item => item.Item)) : book.Posted,
                Revision = e.Revision,
                Published = e.Items,
                InTime = book.InTime || e.InTime,
                IsChanged = false,
            }),
            (Meeting.Sitting, MeetingEvent.ItemPulled e) => WithBook(state, book => book with { Pulled = book.Pulled.Add(e.Item) }),
            (_, MeetingEvent.RollOpened e) => new Meeting.Sitting(BookOf(state), SessionOf(e, (state as Meeting.Sitting)?.Session)),
            (Meeting.Sitting m, MeetingEvent.Adjourned) => new Meeting.Adjourned(m.Book, m.Session with { Item = null, Speech = null, Speakers = [] }),
            (Meeting.Sitting m, MeetingEvent.ItemCalled e) => m with { Session = Called(m.Book, m.Session, e.Item) },
            (Meeting.Sitting m, _) => m with { Session = Fold(m.Session, recorded) },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Meeting state) => state switch
    {
        Meeting.Unscheduled => null,
        Meeting.Sitting { Session: var session, Book: var book } => Told(book, book.InTime && session.Phase == Phase.InSession, false, session.Item is { } item ? book.Find(item)?.Text.Bill?.Value : null),
        _ => Told(BookOf(state), false, state is Meeting.Adjourned or Meeting.Cancelled, null),
    };

    private static MeetingFact Told(AgendaBook book, bool isNoticed, bool hasEnded, string? subject) =>
        new(book.Group, book.Title, book.Starts, isNoticed, hasEnded, subject) { Published = book.Published, Revision = book.Revision, Place = book.Place, GroupName = book.GroupName };

    private static Decision<MeetingEvent> Schedule(MeetingCommand.Schedule c, Actor.Person by, Circumstances given)
    {
        var title = PlainText.Line(c.Title);
        return given.Fact<GroupFact>(c.Group.Stream) is not { HasEnded: false } group ? MeetingRefusals.NoSuchGroup
            : MeetingRights.Keep.Against(by.Standing.To(c.Group)) is { } refusal ? refusal
            : IsBlank(title, MaxTitleLength) ? MeetingRefusals.BadTitle
            : Cleaned(c.Place) is not { } place ? MeetingRefusals.BadPlace
            : c.Starts <= given.Time ? MeetingRefusals.InThePast
            : new MeetingEvent.Scheduled(c.Group, group.Name, title, c.IsSpecial, c.Starts, place, c.IsSpecial ? group.Rules.SpecialNoticeHours : group.Rules.NoticeHours,
                Byline.Of(by.Standing, c.Group));
    }

    private static Decision<MeetingEvent> Rearrange(AgendaBook book, MeetingCommand.Rearrange c, Actor.Person by, Circumstances given)
    {
        var title = PlainText.Line(c.Title);
        return IsBlank(title, MaxTitleLength) ? MeetingRefusals.BadTitle
            : Cleaned(c.Place) is not { } place ? MeetingRefusals.BadPlace
            : c.Starts <= given.Time ? MeetingRefusals.InThePast
            : title == book.Title && c.Starts == book.Starts && place == book.Place ? Decision<MeetingEvent>.Accept()
            : new MeetingEvent.Rearranged(title, c.Starts, place, Byline.Of(by.Standing, book.Group));
    }

    private static Decision<MeetingEvent> AddItem(Meeting state, MeetingCommand.AddItem c, Actor.Person by, Circumstances given) =>
        BookOf(state).Items.Length >= MaxItems ? MeetingRefusals.TooManyItems
        : Unacceptable(c.Item, given) is { } refusal ? refusal
        : new MeetingEvent.ItemAdded(ItemOf(BookOf(state).LastItem + 1, c.Item, given), Line(state, by));

    private static Decision<MeetingEvent> ChangeItem(Meeting state, MeetingCommand.ChangeItem c, Actor.Person by, Circumstances given) =>
        Untouched(state, c.Item) is { } touched ? touched
        : Unacceptable(c.To, given) is { } refusal ? refusal
        : new MeetingEvent.ItemChanged(ItemOf(c.Item, c.To, given), Line(state, by));

    private static Decision<MeetingEvent> MoveItem(Meeting state, MeetingCommand.MoveItem c)
    {
        var items = BookOf(state).Items;
        var place = Math.Clamp(c.Place, 1, Math.Max(1, items.Length));
        return Untouched(state, c.Item) is { } refusal ? refusal
            : items[place - 1].Item == c.Item ? Decision<MeetingEvent>.Accept()
            : new MeetingEvent.ItemMoved(c.Item, place);
    }

    /// <summary>In time: the body's notice hours before the start, counted to the second.</summary>
    private static Decision<MeetingEvent> PostAgenda(AgendaBook book, Actor.Person by, Circumstances given) =>
        book.Items.IsEmpty ? MeetingRefusals.NothingToPost
        : book is { Revision: > 0, IsChanged: false } ? Decision<MeetingEvent>.Accept()
        : new MeetingEvent.AgendaPosted(book.Revision + 1, book.Items, given.Time <= book.Starts.AddHours(-book.NoticeHours), Byline.Of(by.Standing, book.Group));

    /// <summary>What stands against changing an item, if anything.</summary>
    private static Refusal? Untouched(Meeting state, int item) =>
        BookOf(state).Find(item) is null ? MeetingRefusals.NoSuchItem
        : state is Meeting.Sitting { Session: var session } && (session.Item == item || session.Finished.Contains(item)) ? MeetingRefusals.ItemDone
        : null;

    private static Refusal? Unacceptable(ItemText item, Circumstances given) =>
        IsBlank(PlainText.Line(item.Title), MaxTitleLength) ? MeetingRefusals.BadTitle
        : item.Bill is { } bill && given.Fact<BillFact>(bill.Stream) is null ? MeetingRefusals.NoSuchBill
        : item.Recommends is { } words && Cleaned(words) is null ? MeetingRefusals.BadWords
        : item.Attachments is { IsDefault: false } papers && (papers.Length > MaxAttachments || papers.Any(paper => IsBlank(PlainText.Line(paper.Name), MaxNameLength) || !IsLink(paper.Address)))
            ? MeetingRefusals.BadAttachment
        : null;

    private static AgendaItem ItemOf(int number, ItemText text, Circumstances given) => new(number,
        text with
        {
            Title = PlainText.Line(text.Title),
            Recommends = text.Recommends is { } words ? Cleaned(words) : null,
            Attachments = text.Attachments.IsDefault ? [] : [.. text.Attachments.Select(paper => paper with { Name = PlainText.Line(paper.Name) })],
        },
        text.Bill is { } bill ? given.Fact<BillFact>(bill.Stream)!.Number : null);

    private static ImmutableArray<AgendaItem> Moved(ImmutableArray<AgendaItem> items, int item, int place)
    {
        var moved = items.First(known => known.Item == item);
        return items.Remove(moved).Insert(place - 1, moved);
    }

    /// <summary>A place that says where: at least one of its parts, the video link one that opens.</summary>
    private static Place? Cleaned(Place? place)
    {
        if (place is null)
            return null;
        var clean = place with { Address = PlainText.Line(place.Address), Room = PlainText.Line(place.Room), Video = PlainText.Line(place.Video), Telephone = PlainText.Line(place.Telephone) };
        return new[] { clean.Address, clean.Room, clean.Video, clean.Telephone }.Any(part => part.Length > MaxPlaceLength)
            || (clean.Video.Length > 0 && !IsLink(clean.Video))
            || (PlainText.IsBlank(clean.Address) && clean.Video.Length == 0 && PlainText.IsBlank(clean.Telephone))
            ? null
            : clean;
    }

    /// <summary>Words that move something: a position (a conditional one with its condition), or a text.</summary>
    private static MotionWords? Cleaned(MotionWords? words)
    {
        if (words is null)
            return null;
        var clean = words with { Condition = PlainText.Line(words.Condition), Text = PlainText.Line(words.Text) };
        return clean.Condition.Length > MaxWordsLength || clean.Text.Length > MaxWordsLength
            || (clean.Position is null && PlainText.IsBlank(clean.Text))
            || (clean.Position is Position.SupportIfAmended or Position.OpposeUnlessAmended && PlainText.IsBlank(clean.Condition))
            ? null
            : clean;
    }

    private static string? Reason(string? text)
    {
        var reason = PlainText.Line(text);
        return IsBlank(reason, MaxReasonLength) ? null : reason;
    }

    private static bool IsBlank(string text, int most) => text.Length > most || PlainText.IsBlank(text);

    private static bool IsLink(string? address) =>
        address is { Length: > 0 and <= MaxPlaceLength } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;

    private static Byline Line(Meeting state, Actor.Person by) => Byline.Of(by.Standing, BookOf(state).Group);

    internal static AgendaBook BookOf(Meeting state) => state switch
    {
        Meeting.Planned m => m.Book,
        Meeting.Sitting m => m.Book,
        Meeting.Adjourned m => m.Book,
        Meeting.Cancelled m => m.Book,
        _ => throw new UnreachableException("A meeting that nobody scheduled keeps nothing."),
    };

    /// <summary>Called to order, or over: until then the roll may be opened anew, and the meeting moved or cancelled.</summary>
    private static bool HasBegun(Meeting state) => state is not (Meeting.Planned or Meeting.Sitting { Session.Phase: Phase.RollOpen });

    private static Meeting WithBook(Meeting state, Func<AgendaBook, AgendaBook> change) => state switch
    {
        Meeting.Planned m => m with { Book = change(m.Book) },
        Meeting.Sitting m => m with { Book = change(m.Book) },
        _ => throw new UnreachableException($"The agenda can't change in {state.GetType().Name}."),
    };
}
