using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>A seat in a group as it is held: by whose appointment, and for whom, where the person is someone's alternate.</summary>
[GenerateSerializer, Immutable, Alias("groups.place")]
public sealed record Place(Role Role, Appointer? By, MemberId? For)
{
    /// <summary>Whether it is one of its appointer's seats: alternates, partners, guests and the clerk sit beside them.</summary>
    public bool Counts => Role is Role.Member or Role.Chair or Role.ViceChair or Role.Delegate;
}

/// <summary>The next term, and who sits in it by member id, as far as that is prepared.</summary>
[GenerateSerializer, Immutable, Alias("groups.term")]
public sealed record Term(string Name, DateTimeOffset Begins, ImmutableSortedDictionary<string, Place> Seats);

/// <summary>A group, as deciding needs it.</summary>
[GenerateSerializer, Alias("groups.state")]
public abstract record Body
{
    private Body() { }

    [GenerateSerializer, Immutable, Alias("groups.state.unfounded")]
    public sealed record Unfounded : Body;

    /// <summary>Seats by member id, allotments by appointer.</summary>
    [GenerateSerializer, Immutable, Alias("groups.state.founded")]
    public sealed record Founded(
        string Name, GroupKind Kind, GroupPower Power, bool Votes, GuardMode Guard, ImmutableSortedDictionary<string, Place> Seats,
        ImmutableSortedDictionary<string, int> Allotments, Term? Next) : Body;

    /// <summary>Merged or retired.</summary>
    [GenerateSerializer, Immutable, Alias("groups.state.ended")]
    public sealed record Ended : Body;
}

/// <summary>The rules of a group: founded once, its seats filled by those who appoint to them and turned over by terms, merged or retired in the end.</summary>
public sealed class GroupDecider : IDecider<Body, GroupCommand, GroupEvent>
{
    /// <summary>The longest name; "Governance, Transparency, and Labor Relations" is 46 characters.</summary>
    public const int MaxNameLength = 120;

    /// <summary>Divisions hold every official of their cities: Los Angeles County's 86 cities have some 450.</summary>
    public const int MaxSeats = 5_000;

    /// <summary>Sixteen divisions, ten departments, five caucuses, seven committees and a few lists appoint to a body.</summary>
    public const int MaxAppointers = 100;

    private static readonly ImmutableSortedDictionary<string, Place> NoSeats = ImmutableSortedDictionary.Create<string, Place>(StringComparer.Ordinal);

    public static Body Initial => new Body.Unfounded();
    public static int FoldVersion => 2;

    /// <summary>What a group of a kind does about positions and whether it votes, unless it was said otherwise (DOMAIN §1).</summary>
    public static (GroupPower Power, bool Votes) PowersOf(GroupKind kind) => kind switch
    {
        GroupKind.PolicyCommittee or GroupKind.ResolutionsCommittee => (GroupPower.Recommends, true),
        GroupKind.Board or GroupKind.GeneralAssembly => (GroupPower.Decides, true),
        GroupKind.Exchange => (GroupPower.None, false),
        _ => (GroupPower.None, true),
    };

    public static Decision<GroupEvent> Decide(Body state, GroupCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when Against(state, command, given) is { } refusal => refusal,

            (Body.Unfounded, GroupCommand.Found { Name.Length: 0 or > MaxNameLength }) => GroupRefusals.NameMissing,
            (Body.Unfounded, GroupCommand.Found c) => new GroupEvent.Founded(c.Name, c.Kind, c.Scope),
            (_, GroupCommand.Found) => GroupRefusals.AlreadyFounded,
            (Body.Unfounded, _) => GroupRefusals.NotFounded,
            (Body.Ended, _) => GroupRefusals.NoLongerThere,

            (_, GroupCommand.Rename { Name.Length: 0 or > MaxNameLength }) => GroupRefusals.NameMissing,
            (Body.Founded g, GroupCommand.Rename c) => string.Equals(g.Name, c.Name, StringComparison.Ordinal) ? Nothing : new GroupEvent.Renamed(c.Name),
            (Body.Founded g, GroupCommand.Merge c) => given.Fact<GroupFact>(c.Into.Stream) is null ? GroupRefusals.MergedIntoNothing : End(g, new GroupEvent.Merged(c.Into)),
            (Body.Founded g, GroupCommand.Retire) => End(g, new GroupEvent.Retired()),
            (Body.Founded g, GroupCommand.Empower c) => (g.Power, g.Votes) == (c.Power, c.Votes) ? Nothing : new GroupEvent.Empowered(c.Power, c.Votes),
            (Body.Founded g, GroupCommand.SetGuard c) => g.Guard == c.Mode ? Nothing : new GroupEvent.GuardSet(c.Mode),
            (Body.Founded g, GroupCommand.Allot c) => Allot(g, c),

            (Body.Founded g, GroupCommand.FillSeat c) => FillSeat(g, c, given),
            (Body.Founded g, GroupCommand.VacateSeat c) => VacateSeat(g, c),

            (_, GroupCommand.PlanTerm { Name.Length: 0 or > MaxNameLength }) => GroupRefusals.NameMissing,
            (_, GroupCommand.PlanTerm c) when c.Begins <= given.Time => GroupRefusals.TermInPast,
            (Body.Founded { Next: { } next }, GroupCommand.PlanTerm c) when string.Equals(next.Name, c.Name, StringComparison.Ordinal) && next.Begins == c.Begins => Nothing,
            (_, GroupCommand.PlanTerm c) => new GroupEvent.TermPlanned(c.Name, c.Begins),
            (Body.Founded g, GroupCommand.BeginTerm c) => BeginTerm(g, c, given),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Body Fold(Body state, Recorded<GroupEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Body.Unfounded, GroupEvent.Founded e) => new Body.Founded(
                e.Name, e.Kind, PowersOf(e.Kind).Power, PowersOf(e.Kind).Votes, GuardMode.Hold, NoSeats, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), null),
            (Body.Founded g, GroupEvent.SeatFilled e) => g with { Seats = g.Seats.SetItem(e.Member.Value, new Place(e.Role, null, null)) },
            (Body.Founded g, GroupEvent.Appointed e) => g with { Seats = g.Seats.SetItem(e.Member.Value, new Place(e.Role, e.By, e.For)) },
            (Body.Founded g, GroupEvent.SeatVacated e) => g with { Seats = g.Seats.Remove(e.Member.Value) },
            (Body.Founded g, GroupEvent.Renamed e) => g with { Name = e.Name },
            (Body.Founded, GroupEvent.Merged or GroupEvent.Retired) => new Body.Ended(),
            (Body.Founded g, GroupEvent.Empowered e) => g with { Power = e.Power, Votes = e.Votes },
            (Body.Founded g, GroupEvent.GuardSet e) => g with { Guard = e.Mode },
            (Body.Founded g, GroupEvent.Allotted e) => g with { Allotments = With(g.Allotments, e.Allotments) },
            (Body.Founded g, GroupEvent.TermPlanned e) => g with { Next = new Term(e.Name, e.Begins, g.Next?.Seats ?? NoSeats) },
            (Body.Founded { Next: { } next } g, GroupEvent.SeatPrepared e) => g with { Next = next with { Seats = next.Seats.SetItem(e.Member.Value, new Place(e.Role, e.By, e.For)) } },
            (Body.Founded { Next: { } next } g, GroupEvent.SeatUnprepared e) => g with { Next = next with { Seats = next.Seats.Remove(e.Member.Value) } },
            (Body.Founded g, GroupEvent.TermBegun) => g with { Next = null },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Body state) => state is Body.Founded g ? new GroupFact(g.Name, g.Kind) { Guard = g.Guard, Power = g.Power, Votes = g.Votes } : null;

    /// <summary>How many of an appointer's seats are filled by others than this person.</summary>
    internal static int Filled(ImmutableSortedDictionary<string, Place> seats, Appointer by, MemberId? but = null) =>
        seats.Count(seat => seat.Value.By == by && seat.Value.Counts && !string.Equals(seat.Key, but?.Value, StringComparison.Ordinal));

    /// <summary>The allotments after these were said; none takes one away.</summary>
    internal static ImmutableSortedDictionary<string, int> With(ImmutableSortedDictionary<string, int> before, ImmutableArray<Allotment> said) =>
        said.Aggregate(before, (all, one) => one.Count == 0 ? all.Remove(one.By.Value) : all.SetItem(one.By.Value, one.Count));

    private static Decision<GroupEvent> Nothing => Decision<GroupEvent>.Accept();

    /// <summary>What stands against the actor. Who vacates a seat must be the one who fills it.</summary>
    private static Refusal? Against(Body state, GroupCommand command, Circumstances given) => command switch
    {
        GroupCommand.FillSeat c => GroupRights.Against(given.Actor, GroupRights.Fill, c.By),
        GroupCommand.VacateSeat c => GroupRights.Against(given.Actor, GroupRights.Fill, state is Body.Founded g ? SeatsOf(g, c.Term)?.GetValueOrDefault(c.Member.Value)?.By : null),
        GroupCommand.BeginTerm => GroupRights.Against(given.Actor, GroupRights.Begin),
        _ => GroupRights.Against(given.Actor, GroupRights.Keep),
    };

    /// <summary>Those of now, or of the next term if it is this one.</summary>
    private static ImmutableSortedDictionary<string, Place>? SeatsOf(Body.Founded g, string? term) =>
        term is null ? g.Seats : g.Next is { } next && string.Equals(next.Name, term, StringComparison.Ordinal) ? next.Seats : null;

    private static Decision<GroupEvent> Allot(Body.Founded g, GroupCommand.Allot c)
    {
        if (c.Allotments.IsDefault || c.Allotments.Any(one => one.Count is < 0 or > MaxSeats || one.By.Value is not { Length: > 0 and <= MaxNameLength })
            || c.Allotments.Select(one => one.By).Distinct().Count() != c.Allotments.Length || With(g.Allotments, c.Allotments).Count > MaxAppointers)
            return GroupRefusals.BadAllotment;
        ImmutableArray<Allotment> changed = [.. c.Allotments.Where(one => g.Allotments.GetValueOrDefault(one.By.Value) != one.Count)];
        return changed.IsEmpty ? Nothing : new GroupEvent.Allotted(changed);
    }

    private static Decision<GroupEvent> FillSeat(Body.Founded g, GroupCommand.FillSeat c, Circumstances given)
    {
        if (SeatsOf(g, c.Term) is not { } seats)
            return GroupRefusals.NoTerm;
        var asked = new Place(c.Role, c.By, c.For);
        var held = seats.GetValueOrDefault(c.Member.Value);
        if (held == asked)
            return Nothing;
        if (held is null && seats.Count >= MaxSeats)
            return GroupRefusals.Full;
        if (given.Actor is Actor.Person person)
        {
            if (given.Fact<MemberFact>(c.Member.Stream) is null)
                return GroupRefusals.NoSuchMember;
            if (held is not null && !GroupRights.MayFill(person.Standing, held.By))
                return GroupRefusals.SeatOfAnother;
            if (!GroupRights.MayGive(person.Standing, c.By, c.Role) || (held is not null && !GroupRights.MayGive(person.Standing, c.By, held.Role)))
                return GroupRefusals.OnlyThePresident;
        }

        if (c.For is { } holder && (c.Role is not (Role.Alternate or Role.SeatedAlternate) || holder == c.Member || seats.GetValueOrDefault(holder.Value) is not { Counts: true }))
            return GroupRefusals.NoHolder;
        // The program may note who appoints to a group that has no allotments (a city to the General Assembly); a person fills what is allotted.
        if (c.By is { } by && (given.Actor is Actor.Person || !g.Allotments.IsEmpty))
        {
            if (!g.Allotments.TryGetValue(by.Value, out var count))
                return GroupRefusals.NoAllotment;
            if (asked.Counts && Filled(seats, by, c.Member) >= count)
                return GroupRefusals.AllotmentFull;
        }

        return c.Term is not null ? new GroupEvent.SeatPrepared(c.Member, c.Role, c.By, c.For)
            : c is { By: null, For: null } ? new GroupEvent.SeatFilled(c.Member, c.Role)
            : new GroupEvent.Appointed(c.Member, c.Role, c.By, c.For);
    }

    private static Decision<GroupEvent> VacateSeat(Body.Founded g, GroupCommand.VacateSeat c)
    {
        if (SeatsOf(g, c.Term) is not { } seats)
            return GroupRefusals.NoTerm;
        if (!seats.ContainsKey(c.Member.Value))
            return GroupRefusals.SeatVacant;
        IEnumerable<MemberId> leaving = [c.Member, .. seats.Where(seat => seat.Value.For == c.Member).Select(seat => new MemberId(seat.Key))];
        return Decision<GroupEvent>.Accept([.. leaving.Select(member => c.Term is null ? (GroupEvent)new GroupEvent.SeatVacated(member) : new GroupEvent.SeatUnprepared(member))]);
    }

    private static Decision<GroupEvent> End(Body.Founded g, GroupEvent end) =>
        Decision<GroupEvent>.Accept([.. g.Seats.Keys.Select(member => new GroupEvent.SeatVacated(new(member))), end]);

    /// <summary>
    /// All that changes, in one decision: those who aren't on the prepared roster leave, but for the keeper of the record; those whose seat changes get it.
    /// A roster that nobody has prepared takes over nothing: no group wakes up empty.
    /// </summary>
    private static Decision<GroupEvent> BeginTerm(Body.Founded g, GroupCommand.BeginTerm c, Circumstances given)
    {
        if (g.Next is not { } next || !string.Equals(next.Name, c.Name, StringComparison.Ordinal))
            return given.Actor is Actor.Policy ? Nothing : GroupRefusals.NoTerm;
        if (given.Time < next.Begins)
            return given.Actor is Actor.Policy ? Nothing : GroupRefusals.TermNotDue;
        if (next.Seats.IsEmpty)
            return given.Actor is Actor.Policy ? Nothing : GroupRefusals.NothingPrepared;
        return Decision<GroupEvent>.Accept(
        [
            .. g.Seats.Where(seat => !next.Seats.ContainsKey(seat.Key) && seat.Value.Role != Role.Clerk).Select(seat => new GroupEvent.SeatVacated(new(seat.Key))),
            .. next.Seats.Where(seat => g.Seats.GetValueOrDefault(seat.Key) != seat.Value)
                .Select(seat => new GroupEvent.Appointed(new(seat.Key), seat.Value.Role, seat.Value.By, seat.Value.For)),
            new GroupEvent.TermBegun(next.Name),
        ]);
    }
}
