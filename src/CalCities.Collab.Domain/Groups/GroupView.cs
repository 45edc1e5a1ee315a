using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>Something that happened to a group itself, for its history: a sentence without its date.</summary>
public sealed record GroupMoment(DateTimeOffset At, string What, GroupId? Other = null);

/// <summary>What pages show of a group; seats by member in the order of their ids, allotments by appointer.</summary>
public sealed record GroupView(GroupId Group, string Name, GroupKind Kind, string Scope, ImmutableSortedDictionary<string, Place> Seats) : IView<GroupView, GroupEvent>
{
    public GroupPower Power { get; init; }
    public bool Votes { get; init; }
    public GuardMode Guard { get; init; }
    public ImmutableSortedDictionary<string, int> Allotments { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
    public Term? Next { get; init; }

    /// <summary>Merged or retired.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Founded, renamed, turned over, merged or retired; the first first.</summary>
    public ImmutableArray<GroupMoment> History { get; init; } = [];

    /// <summary>Seats that nobody holds, of all allotments.</summary>
    public int Vacancies => Allotments.Sum(one => VacantOf(Seats, one.Key, one.Value));

    public static GroupView Blank(StreamId stream) =>
        new(new GroupId(stream.Key), "", GroupKind.PolicyCommittee, "", ImmutableSortedDictionary.Create<string, Place>(StringComparer.Ordinal));

    public static GroupView Fold(GroupView view, Recorded<GroupEvent> recorded) =>
        recorded.Event switch
        {
            GroupEvent.Founded e => Happened(recorded, "Founded in this hub", view with
            {
                Name = e.Name,
                Kind = e.Kind,
                Scope = e.Scope,
                Power = GroupDecider.PowersOf(e.Kind).Power,
                Votes = GroupDecider.PowersOf(e.Kind).Votes,
            }),
            GroupEvent.SeatFilled e => view with { Seats = view.Seats.SetItem(e.Member.Value, new Place(e.Role, null, null)) },
            GroupEvent.Appointed e => view with { Seats = view.Seats.SetItem(e.Member.Value, new Place(e.Role, e.By, e.For)) },
            GroupEvent.SeatVacated e => view with { Seats = view.Seats.Remove(e.Member.Value) },
            GroupEvent.Renamed e => Happened(recorded, $"Renamed from {view.Name}", view with { Name = e.Name }),
            GroupEvent.Merged e => Happened(recorded, "Merged into", view with { HasEnded = true, Next = null }, e.Into),
            GroupEvent.Retired => Happened(recorded, "Retired", view with { HasEnded = true, Next = null }),
            GroupEvent.Empowered e => view with { Power = e.Power, Votes = e.Votes },
            GroupEvent.GuardSet e => view with { Guard = e.Mode },
            GroupEvent.Allotted e => view with { Allotments = GroupDecider.With(view.Allotments, e.Allotments) },
            GroupEvent.TermPlanned e => view with { Next = new Term(e.Name, e.Begins, view.Next?.Seats ?? ImmutableSortedDictionary.Create<string, Place>(StringComparer.Ordinal)) },
            GroupEvent.SeatPrepared e => view with { Next = view.Next! with { Seats = view.Next.Seats.SetItem(e.Member.Value, new Place(e.Role, e.By, e.For)) } },
            GroupEvent.SeatUnprepared e => view with { Next = view.Next! with { Seats = view.Next.Seats.Remove(e.Member.Value) } },
            GroupEvent.TermBegun e => Happened(recorded, $"Term {e.Name} began", view with { Next = null }),
            _ => throw new UnreachableException($"No view of {recorded.Event.GetType().Name}."),
        };

    /// <summary>How many seats of an appointer's allotment nobody holds.</summary>
    public static int VacantOf(ImmutableSortedDictionary<string, Place> seats, string by, int count) => Math.Max(0, count - GroupDecider.Filled(seats, new(by)));

    private static GroupView Happened(Recorded<GroupEvent> recorded, string what, GroupView after, GroupId? other = null) =>
        after with { History = after.History.Add(new(recorded.Time, what, other)) };
}

/// <summary>Every member may see every group and who sits in it.</summary>
public sealed class GroupSight : ISight<GroupView, GroupEvent>
{
    public static string StreamType => "group";

    public static GroupView? For(Viewer viewer, GroupView view) => view;

    public static Recorded<GroupEvent>? For(Viewer viewer, GroupView view, Recorded<GroupEvent> recorded) => recorded;
}
