using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>A change of a city's membership; no day where it is not known.</summary>
public sealed record Membership(bool IsMember, DateOnly? On);

/// <summary>Who votes for a city in the General Assembly, as its council decided on a day.</summary>
public sealed record Delegation(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly DecidedOn);

/// <summary>What pages show of a city; no name before it is registered.</summary>
public sealed record CityView(
    CityId City, string Name, string County, GroupId Division, ImmutableSortedDictionary<string, int> Bodies, ImmutableArray<Membership> Memberships,
    ImmutableArray<string> FormerNames, Delegation? Delegation) : IView<CityView, CityEvent>
{
    public bool IsMember => Memberships is [.., { IsMember: true }];

    public static CityView Blank(StreamId stream) =>
        new(new(stream.Key), "", "", default, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), [], [], null);

    public static CityView Fold(CityView view, Recorded<CityEvent> recorded) =>
        recorded.Event switch
        {
            CityEvent.Registered e => view with { Name = e.Name, County = e.County, Division = e.Division },
            CityEvent.Admitted e => view with { Memberships = view.Memberships.Add(new(true, e.On)) },
            CityEvent.Departed e => view with { Memberships = view.Memberships.Add(new(false, e.On)) },
            CityEvent.Renamed e => view with { Name = e.Name, FormerNames = view.FormerNames.Add(view.Name) },
            CityEvent.Moved e => view with { Division = e.Division },
            CityEvent.BodySized e => view with { Bodies = view.Bodies.SetItem(e.Body, e.Seats) },
            CityEvent.Designated e => view with { Delegation = new(e.Delegate, e.Alternates, e.DecidedOn) },
            _ => throw new UnreachableException($"No view of {recorded.Event.GetType().Name}."),
        };
}

/// <summary>Every member may see every city.</summary>
public sealed class CitySight : ISight<CityView, CityEvent>
{
    public static string StreamType => "city";

    public static CityView? For(Viewer viewer, CityView view) => view;

    public static Recorded<CityEvent>? For(Viewer viewer, CityView view, Recorded<CityEvent> recorded) => recorded;
}
