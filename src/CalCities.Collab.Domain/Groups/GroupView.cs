using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>What pages show of a group. Seats by member in the order of their ids; History is what became of it, the last first.</summary>
public sealed record GroupView(
    GroupId Group, string Name, GroupKind Kind, string Scope, GroupPower Power, GuardMode Guard, ImmutableSortedDictionary<string, Held> Seats,
    ImmutableSortedDictionary<string, int> Allotments, string? Term, NextTerm? Next, GroupEnd? End, ImmutableList<GroupPast> History) : IView<GroupView, GroupEvent>
{
    /// <summary>How it meets and votes.</summary>
    public BodyRules Rules { get; init; } = BodyRules.OfTheLeague;

    private static readonly ImmutableSortedDictionary<string, Held> NoSeats = ImmutableSortedDictionary.Create<string, Held>(StringComparer.Ordinal);

    public static GroupView Blank(StreamId stream) =>
        new(new GroupId(stream.Key), "", GroupKind.PolicyCommittee, "", GroupPower.Discusses, GuardMode.Hold, NoSeats,
            ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), null, null, null, []);

    /// <summary>Seats that an appointer has not filled now.</summary>
    public int VacanciesOf(Appointer appointer) =>
        Math.Max(0, Allotments.GetValueOrDefault(appointer.Value) - Seats.Values.Count(seat => seat.By == appointer && seat.Counts));

    public static GroupView Fold(GroupView view, Recorded<GroupEvent> recorded) =>
        recorded.Event switch
        {
            GroupEvent.Founded e => view with { Name = e.Name, Kind = e.Kind, Scope = e.Scope, Power = GroupDecider.PowerOf(e.Kind), History = view.Past(recorded, "Founded") },
            GroupEvent.Renamed e => view with { Name = e.Name, Scope = e.Scope, History = view.Name == e.Name ? view.History : view.Past(recorded, $"Renamed from {view.Name}") },
            GroupEvent.Empowered e => view with { Power = e.Power },
            GroupEvent.GuardSet e => view with { Guard = e.Mode },
            GroupEvent.RulesSet e => view with { Rules = e.Rules },
            GroupEvent.Allotted e => view with { Allotments = e.Seats == 0 ? view.Allotments.Remove(e.Appointer.Value) : view.Allotments.SetItem(e.Appointer.Value, e.Seats) },
            GroupEvent.SeatFilled e => view with { Seats = view.Seats.SetItem(e.Member.Value, new Held(e.Role, null, null)) },
            GroupEvent.Appointed e => view with { Seats = view.Seats.SetItem(e.Member.Value, new Held(e.Role, e.Appointer, e.AlternateFor)) },
            GroupEvent.SeatVacated e => view with { Seats = view.Seats.Remove(e.Member.Value) },
            GroupEvent.TermPlanned e => view with { Next = new NextTerm(e.Name, e.Begins, view.Next?.Seats ?? NoSeats) },
            GroupEvent.NextAppointed e => view with { Next = view.Next! with { Seats = view.Next.Seats.SetItem(e.Member.Value, new Held(e.Role, e.Appointer, e.AlternateFor)) } },
            GroupEvent.NextVacated e => view with { Next = view.Next! with { Seats = view.Next.Seats.Remove(e.Member.Value) } },
            GroupEvent.TermBegun e => view with
            {
                Term = e.Name,
                Next = null,
                History = view.Past(recorded, e.HeldOver ? $"Term {e.Name} began with those who sat before: nobody was appointed for it yet" : $"Term {e.Name} began"),
            },
            GroupEvent.Merged e => view with { End = new GroupEnd(e.Into, null), History = view.Past(recorded, "Merged into another group") },
            GroupEvent.Retired e => view with { End = new GroupEnd(null, e.Reason), History = view.Past(recorded, $"Retired: {e.Reason}") },
            _ => throw new UnreachableException($"No view of {recorded.Event.GetType().Name}."),
        };

    private ImmutableList<GroupPast> Past(Recorded<GroupEvent> recorded, string what) => History.Insert(0, new GroupPast(recorded.Time, what));
}

/// <summary>How a group ended: merged into another, or retired for a reason.</summary>
public sealed record GroupEnd(GroupId? Into, string? Reason);

/// <summary>What became of a group at a time, in words.</summary>
public sealed record GroupPast(DateTimeOffset At, string What);

/// <summary>Every member may see every group and who sits in it.</summary>
public sealed class GroupSight : ISight<GroupView, GroupEvent>
{
    public static string StreamType => "group";

    public static GroupView? For(Viewer viewer, GroupView view) => view;

    public static Recorded<GroupEvent>? For(Viewer viewer, GroupView view, Recorded<GroupEvent> recorded) => recorded;
}
