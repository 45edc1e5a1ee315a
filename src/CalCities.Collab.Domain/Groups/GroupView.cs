using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>What pages show of a group; seats by member in the order of their ids.</summary>
public sealed record GroupView(GroupId Group, string Name, GroupKind Kind, string Scope, ImmutableSortedDictionary<string, Role> Seats) : IView<GroupView, GroupEvent>
{
    public static GroupView Blank(StreamId stream) =>
        new(new GroupId(stream.Key), "", GroupKind.PolicyCommittee, "", ImmutableSortedDictionary.Create<string, Role>(StringComparer.Ordinal));

    public static GroupView Fold(GroupView view, Recorded<GroupEvent> recorded) =>
        recorded.Event switch
        {
            GroupEvent.Founded e => view with { Name = e.Name, Kind = e.Kind, Scope = e.Scope },
            GroupEvent.SeatFilled e => view with { Seats = view.Seats.SetItem(e.Member.Value, e.Role) },
            GroupEvent.SeatVacated e => view with { Seats = view.Seats.Remove(e.Member.Value) },
            _ => throw new UnreachableException($"No view of {recorded.Event.GetType().Name}."),
        };
}

/// <summary>Every member may see every group and who sits in it.</summary>
public sealed class GroupSight : ISight<GroupView, GroupEvent>
{
    public static string StreamType => "group";

    public static GroupView? For(Viewer viewer, GroupView view) => view;

    public static Recorded<GroupEvent>? For(Viewer viewer, GroupView view, Recorded<GroupEvent> recorded) => recorded;
}
