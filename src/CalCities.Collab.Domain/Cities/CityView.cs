using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

/// <summary>What pages show of a city: its membership by days (the last first), its bodies' sizes, who speaks for it.</summary>
public sealed record CityView(
    CityId Id, string? Name, string County, GroupId Division, ImmutableArray<Membership> Memberships, ImmutableSortedDictionary<string, int> Bodies, Delegation? Delegation)
    : IView<CityView, CityEvent>
{
    public bool IsMember => Memberships is [{ Until: null }, ..];

    public static CityView Blank(StreamId stream) =>
        new(new CityId(stream.Key), null, "", default, [], ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), null);

    public static CityView Fold(CityView view, Recorded<CityEvent> recorded) =>
        recorded.Event switch
        {
            CityEvent.Registered e => view with { Name = e.Name, County = e.County, Division = e.Division },
            CityEvent.Renamed e => view with { Name = e.Name },
            CityEvent.Moved e => view with { Division = e.Division },
            CityEvent.Admitted e => view with { Memberships = view.Memberships.Insert(0, new Membership(e.From, null)) },
            CityEvent.Withdrawn e => view with { Memberships = view.Memberships.SetItem(0, view.Memberships[0] with { Until = e.From }) },
            CityEvent.BodySized e => view with { Bodies = view.Bodies.SetItem(e.Body, e.Size) },
            CityEvent.Designated e => view with { Delegation = new Delegation(e.Delegate, e.Alternates, e.CouncilActedOn) },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} is shown nowhere."),
        };
}

/// <summary>A time in which a city is a member: from a day, until a day (null: still).</summary>
public sealed record Membership(DateOnly From, DateOnly? Until);

/// <summary>Every member may see every city.</summary>
public sealed class CitySight : ISight<CityView, CityEvent>
{
    public static string StreamType => "city";

    public static CityView? For(Viewer viewer, CityView view) => view;

    public static Recorded<CityEvent>? For(Viewer viewer, CityView view, Recorded<CityEvent> recorded) => recorded;
}
