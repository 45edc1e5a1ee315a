using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>What sort of body a group is (DOMAIN §1).</summary>
[GenerateSerializer, Alias("groups.kind")]
public enum GroupKind
{
    PolicyCommittee = 0,
    Division = 1,
    Department = 2,
    Caucus = 3,
    Board = 4,
    /// <summary>Discusses and shares; takes no positions (Coastal Cities Group, Rural City Information Exchange).</summary>
    Exchange = 5,
    ResolutionsCommittee = 6,
    GeneralAssembly = 7,
    /// <summary>A part of another group that only appoints (a region of the Coastal Cities Group).</summary>
    Region = 8,
}

/// <summary>What other slices may know of a group; HasEnded once it was merged or retired.</summary>
[GenerateSerializer, Immutable, Alias("groups.fact")]
public sealed record GroupFact(string Name, GroupKind Kind) : Fact
{
    /// <summary>What its threads do before a majority of one council takes part.</summary>
    [Id(2)]
    public GuardMode Guard { get; init; }

    [Id(3)]
    public bool HasEnded { get; init; }

    /// <summary>What it does with positions.</summary>
    [Id(7)]
    public GroupPower Power { get; init; }

    /// <summary>How it meets and votes.</summary>
    [Id(4)]
    public BodyRules Rules { get; init; } = BodyRules.OfTheLeague;

    /// <summary>Who sits in it, by member.</summary>
    [Id(5)]
    public ImmutableSortedDictionary<string, Held> Seats { get; init; } = ImmutableSortedDictionary.Create<string, Held>(StringComparer.Ordinal);

    /// <summary>Seats that their appointers have not filled.</summary>
    [Id(6)]
    public int Vacancies { get; init; }
}

/// <summary>A seat that someone holds: appointed by whom (null: counted by no appointer), and for an alternate whose holder's.</summary>
[GenerateSerializer, Immutable, Alias("groups.held")]
public sealed record Held(Role Role, Appointer? By, MemberId? AlternateFor)
{
    /// <summary>Whether it fills one of the appointer's seats; alternates, partners, guests and clerks sit beside them.</summary>
    public bool Counts => Role is Role.Member or Role.Chair or Role.ViceChair or Role.Delegate;
}

/// <summary>The roster that the next term begins with, and when that is.</summary>
[GenerateSerializer, Immutable, Alias("groups.next-term")]
public sealed record NextTerm(string Name, DateTimeOffset Begins, ImmutableSortedDictionary<string, Held> Seats);

/// <summary>A group, as deciding needs it.</summary>
[GenerateSerializer, Alias("groups.state")]
public abstract record Body
{
    private Body() { }

    [GenerateSerializer, Immutable, Alias("groups.state.unfounded")]
    public sealed record Unfounded : Body;

    /// <summary>Seats by member; allotments by appointer.</summary>
    [GenerateSerializer, Immutable, Alias("groups.state.founded")]
    public sealed record Founded(GroupId Id, GroupFact Known, GroupPower Power, ImmutableSortedDictionary<string, Held> Seats, ImmutableSortedDictionary<string, int> Allotments, NextTerm? Next) : Body;

    [GenerateSerializer, Immutable, Alias("groups.state.ended")]
    public sealed record Ended(GroupFact Known) : Body;
}

/// <summary>The rules of a group: founded once, its seats filled by their appointers (DOMAIN §1), its terms taking over by themselves, until it is merged or retired.</summary>
public sealed class GroupDecider : IDecider<Body, GroupCommand, GroupEvent>
{
    /// <summary>The longest name; "Governance, Transparency, and Labor Relations" is 46 characters.</summary>
    public const int MaxNameLength = 120;

    /// <summary>What a group deals with, in a sentence or two.</summary>
    public const int MaxScopeLength = 300;

    /// <summary>Divisions hold every official of their cities: Los Angeles County's 86 cities have some 450; the General Assembly three a city.</summary>
    public const int MaxSeats = 5_000;

    /// <summary>The president appoints up to sixteen to a committee; the Board's at-large list is twelve.</summary>
    public const int MaxAllotment = 500;

    public const int MaxTermLength = 40;
    public const int MaxReasonLength = 300;

    private static readonly ImmutableSortedDictionary<string, Held> NoSeats = ImmutableSortedDictionary.Create<string, Held>(StringComparer.Ordinal);

    public static Body Initial => new Body.Unfounded();
    public static int FoldVersion => 3;

    public static Decision<GroupEvent> Decide(Body state, GroupCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, GroupCommand.BeginTerm) when GroupRights.BeginTerm.Against(Relations.Of(given.Actor)) is { } refusal => refusal,
            (_, GroupCommand.Appoint c) when GroupRights.Appoint.Against(GroupRights.To(given.Actor, c.Appointer)) is { } refusal => refusal,
            (_, GroupCommand.VacateSeat c) when GroupRights.Appoint.Against(GroupRights.To(given.Actor, SeatOf(state, c.Member)?.By)) is { } refusal => refusal,
            (_, GroupCommand.VacateNext c) when GroupRights.Appoint.Against(GroupRights.To(given.Actor, NextSeatOf(state, c.Member)?.By)) is { } refusal => refusal,
            (_, GroupCommand.FillSeat) when GroupRights.Fill.Against(Relations.Of(given.Actor)) is { } refusal => refusal,
            (_, not (GroupCommand.FillSeat or GroupCommand.BeginTerm or GroupCommand.Appoint or GroupCommand.VacateSeat or GroupCommand.VacateNext))
                when GroupRights.Keep.Against(Relations.Of(given.Actor)) is { } refusal => refusal,

            (Body.Unfounded, GroupCommand.Found c) => Unnamed(c.Name, c.Scope) is { } refusal ? refusal : new GroupEvent.Founded(c.Name, c.Kind, c.Scope),
            (_, GroupCommand.Found) => GroupRefusals.AlreadyFounded,
            (Body.Unfounded, _) => GroupRefusals.NotFounded,
            (Body.Ended, _) => GroupRefusals.Ended,

            (Body.Founded, GroupCommand.Rename c) => Unnamed(c.Name, c.Scope) is { } refusal ? refusal : new GroupEvent.Renamed(c.Name, c.Scope),
            (Body.Founded g, GroupCommand.Empower c) => g.Power == c.Power ? Decision<GroupEvent>.Accept() : new GroupEvent.Empowered(c.Power),
            (Body.Founded g, GroupCommand.SetGuard c) => g.Known.Guard == c.Mode ? Decision<GroupEvent>.Accept() : new GroupEvent.GuardSet(c.Mode),
            (Body.Founded g, GroupCommand.SetRules c) => !c.Rules.IsAcceptable ? GroupRefusals.BadRules
                : g.Known.Rules == c.Rules ? Decision<GroupEvent>.Accept() : new GroupEvent.RulesSet(c.Rules),
            (Body.Founded g, GroupCommand.Allot c) => Allot(g, c),

            (Body.Founded g, GroupCommand.FillSeat c) when SeatOf(g, c.Member) is { } held && held.Role == c.Role => Decision<GroupEvent>.Accept(),
            (Body.Founded { Seats.Count: >= MaxSeats } g, GroupCommand.FillSeat c) when SeatOf(g, c.Member) is null => GroupRefusals.Full,
            (Body.Founded, GroupCommand.FillSeat c) => new GroupEvent.SeatFilled(c.Member, c.Role),

            (Body.Founded { Next: null }, GroupCommand.Appoint { NextTerm: true } or GroupCommand.VacateNext) => GroupRefusals.NoTermPlanned,
            (Body.Founded g, GroupCommand.Appoint c) => Appoint(g, c, given.Actor),
            (Body.Founded g, GroupCommand.VacateSeat c) => SeatOf(g, c.Member) is null ? GroupRefusals.SeatVacant : new GroupEvent.SeatVacated(c.Member),
            (Body.Founded g, GroupCommand.VacateNext c) => NextSeatOf(g, c.Member) is null ? GroupRefusals.SeatVacant : new GroupEvent.NextVacated(c.Member),

            (Body.Founded g, GroupCommand.PlanTerm c) => PlanTerm(g, c, given),
            (Body.Founded g, GroupCommand.BeginTerm c) => BeginTerm(g, c, given),

            (Body.Founded g, GroupCommand.Merge c) => c.Into == g.Id || !StreamId.TryParse(c.Into.Stream.ToString(), out _) ? GroupRefusals.IntoItself
                : given.Fact<GroupFact>(c.Into.Stream) is not { HasEnded: false } ? GroupRefusals.NotFounded
                : Decision<GroupEvent>.Accept([.. Vacated(g.Seats.Keys), new GroupEvent.Merged(c.Into)]),
            (Body.Founded g, GroupCommand.Retire c) => c.Reason is not { Length: > 0 and <= MaxReasonLength } ? GroupRefusals.ReasonMissing
                : Decision<GroupEvent>.Accept([.. Vacated(g.Seats.Keys), new GroupEvent.Retired(c.Reason)]),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Body Fold(Body state, Recorded<GroupEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Body.Unfounded, GroupEvent.Founded e) => new Body.Founded(new GroupId(recorded.Stream.Key), new GroupFact(e.Name, e.Kind), PowerOf(e.Kind), NoSeats,
                ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), null),
            (Body.Founded g, GroupEvent.Renamed e) => g with { Known = g.Known with { Name = e.Name } },
            (Body.Founded g, GroupEvent.Empowered e) => g with { Power = e.Power },
            (Body.Founded g, GroupEvent.GuardSet e) => g with { Known = g.Known with { Guard = e.Mode } },
            (Body.Founded g, GroupEvent.RulesSet e) => g with { Known = g.Known with { Rules = e.Rules } },
            (Body.Founded g, GroupEvent.Allotted e) => g with { Allotments = e.Seats == 0 ? g.Allotments.Remove(e.Appointer.Value) : g.Allotments.SetItem(e.Appointer.Value, e.Seats) },
            (Body.Founded g, GroupEvent.SeatFilled e) => g with { Seats = g.Seats.SetItem(e.Member.Value, new Held(e.Role, null, null)) },
            (Body.Founded g, GroupEvent.Appointed e) => g with { Seats = g.Seats.SetItem(e.Member.Value, new Held(e.Role, e.Appointer, e.AlternateFor)) },
            (Body.Founded g, GroupEvent.SeatVacated e) => g with { Seats = g.Seats.Remove(e.Member.Value) },
            (Body.Founded g, GroupEvent.TermPlanned e) => g with { Next = new NextTerm(e.Name, e.Begins, g.Next?.Seats ?? NoSeats) },
            (Body.Founded { Next: { } next } g, GroupEvent.NextAppointed e) =>
                g with { Next = next with { Seats = next.Seats.SetItem(e.Member.Value, new Held(e.Role, e.Appointer, e.AlternateFor)) } },
            (Body.Founded { Next: { } next } g, GroupEvent.NextVacated e) => g with { Next = next with { Seats = next.Seats.Remove(e.Member.Value) } },
            (Body.Founded g, GroupEvent.TermBegun) => g with { Next = null },
            (Body.Founded g, GroupEvent.Merged or GroupEvent.Retired) => new Body.Ended(g.Known with { HasEnded = true }),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Body state) => state switch
    {
        Body.Founded g => g.Known with
        {
            Power = g.Power,
            Seats = g.Seats,
            Vacancies = g.Allotments.Sum(allotted => Math.Max(0, allotted.Value - g.Seats.Values.Count(seat => seat.By?.Value == allotted.Key && seat.Counts))),
        },
        Body.Ended g => g.Known,
        _ => null,
    };

    /// <summary>What a body of a kind does until it is said otherwise.</summary>
    public static GroupPower PowerOf(GroupKind kind) => kind switch
    {
        GroupKind.PolicyCommittee or GroupKind.ResolutionsCommittee => GroupPower.Recommends,
        GroupKind.Board or GroupKind.GeneralAssembly => GroupPower.Decides,
        _ => GroupPower.Discusses,
    };

    private static Refusal? Unnamed(string? name, string? scope) =>
        name is not { Length: > 0 and <= MaxNameLength } ? GroupRefusals.NameMissing : scope is not { Length: <= MaxScopeLength } ? GroupRefusals.ScopeTooLong : null;

    private static Held? SeatOf(Body state, MemberId member) => member.Value is { } key && state is Body.Founded g ? g.Seats.GetValueOrDefault(key) : null;

    private static Held? NextSeatOf(Body state, MemberId member) => member.Value is { } key && state is Body.Founded { Next: { } next } ? next.Seats.GetValueOrDefault(key) : null;

    private static Decision<GroupEvent> Allot(Body.Founded g, GroupCommand.Allot c) =>
        !c.Appointer.IsAcceptable ? GroupRefusals.BadAppointer
        : c.Seats is < 0 or > MaxAllotment ? GroupRefusals.BadAllotment
        : g.Allotments.GetValueOrDefault(c.Appointer.Value) == c.Seats ? Decision<GroupEvent>.Accept()
        : new GroupEvent.Allotted(c.Appointer, c.Seats);

    private static Decision<GroupEvent> Appoint(Body.Founded g, GroupCommand.Appoint c, Actor actor)
    {
        var seats = c.NextTerm ? g.Next!.Seats : g.Seats;
        var held = new Held(c.Role, c.Appointer, c.AlternateFor);
        var others = seats.Where(seat => seat.Key != c.Member.Value && seat.Value.By == c.Appointer).ToArray();
        return !c.Appointer.IsAcceptable ? GroupRefusals.BadAppointer
            : !g.Allotments.TryGetValue(c.Appointer.Value, out var allotted) ? GroupRefusals.NoAllotment
            : seats.GetValueOrDefault(c.Member.Value) is { } theirs && GroupRights.Appoint.Against(GroupRights.To(actor, theirs.By)) is not null ? GroupRefusals.SeatOfAnother
            : !GroupRights.MayGive(actor, c.Appointer, c.Role) || (seats.GetValueOrDefault(c.Member.Value) is { } now && !GroupRights.MayGive(actor, c.Appointer, now.Role)) ? GroupRefusals.OnlyThePresident
            : (c.Role is Role.Alternate or Role.SeatedAlternate) != c.AlternateFor is not null ? GroupRefusals.AlternateForNobody
            : c.AlternateFor is { } holder && !others.Any(seat => seat.Key == holder.Value && seat.Value.Counts) ? GroupRefusals.AlternateForNobody
            : held.Counts && others.Count(seat => seat.Value.Counts) >= allotted ? GroupRefusals.AllotmentFull
            : seats.Count >= MaxSeats && !seats.ContainsKey(c.Member.Value) ? GroupRefusals.Full
            : seats.TryGetValue(c.Member.Value, out var before) && before == held ? Decision<GroupEvent>.Accept()
            : c.NextTerm ? new GroupEvent.NextAppointed(c.Member, c.Role, c.Appointer, c.AlternateFor)
            : new GroupEvent.Appointed(c.Member, c.Role, c.Appointer, c.AlternateFor);
    }

    private static Decision<GroupEvent> PlanTerm(Body.Founded g, GroupCommand.PlanTerm c, Circumstances given) =>
        c.Name is not { Length: > 0 and <= MaxTermLength } || c.Begins <= given.Time ? GroupRefusals.BadTerm
        : g.Next is { } next && next.Name == c.Name && next.Begins == c.Begins ? Decision<GroupEvent>.Accept()
        : new GroupEvent.TermPlanned(c.Name, c.Begins);

    /// <summary>Appointments end with the term and the prepared roster takes their place; without one those who sit go on, so that no committee wakes up empty.</summary>
    private static Decision<GroupEvent> BeginTerm(Body.Founded g, GroupCommand.BeginTerm c, Circumstances given)
    {
        if (g.Next is not { } next || next.Name != c.Name || next.Begins > given.Time)
            return Decision<GroupEvent>.Accept();   // begun already, renamed, or moved: its own deadline comes
        if (!next.Seats.Values.Any(seat => seat.Counts))
            return new GroupEvent.TermBegun(next.Name, HeldOver: true);
        return Decision<GroupEvent>.Accept(
        [
            new GroupEvent.TermBegun(next.Name, HeldOver: false),
            .. Vacated(g.Seats.Where(seat => seat.Value.By is not null && !next.Seats.ContainsKey(seat.Key)).Select(seat => seat.Key)),
            .. from seat in next.Seats
               where g.Seats.GetValueOrDefault(seat.Key) != seat.Value
               select new GroupEvent.Appointed(new MemberId(seat.Key), seat.Value.Role, seat.Value.By!.Value, seat.Value.AlternateFor),
        ]);
    }

    private static IEnumerable<GroupEvent> Vacated(IEnumerable<string> members) => members.Select(member => new GroupEvent.SeatVacated(new MemberId(member)));
}
