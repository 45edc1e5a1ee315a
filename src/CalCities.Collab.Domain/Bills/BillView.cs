using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>
/// All that is known of a bill. Deciding what is new in an observation compares it with everything known, so this is the decider's state
/// as well as what pages show. Number is null before the hub knows the bill. Versions stand latest first, roll calls and history in time.
/// </summary>
[GenerateSerializer, Immutable, Alias("bills.view")]
public sealed record BillView(
    BillNumber? Number,
    string Subject,
    BillPlace? Place,
    ImmutableArray<BillAuthor> Authors,
    ImmutableArray<BillVersion> Versions,
    ImmutableArray<BillAction> History,
    ImmutableArray<RollCall> RollCalls,
    ImmutableSortedDictionary<string, Committee> Committees,
    DateTime AsOf) : IView<BillView, BillEvent>
{
    public static BillView Unknown { get; } =
        new(null, "", null, [], [], [], [], ImmutableSortedDictionary.Create<string, Committee>(StringComparer.Ordinal), default);

    public static BillView Blank(StreamId stream) => Unknown;

    public static BillView Fold(BillView view, Recorded<BillEvent> recorded) => recorded.Event switch
    {
        BillEvent.Introduced e => view with { Number = e.Number },
        BillEvent.Titled e => view with { Subject = e.Subject },
        BillEvent.Authored e => view with { Authors = e.Authors },
        BillEvent.Placed e => view with { Place = e.Place },
        BillEvent.Printed e => view with
        {
            Versions = [.. view.Versions.Where(v => v.Id != e.Version.Id).Append(e.Version).OrderBy(v => v.Order).ThenBy(v => v.Id, StringComparer.Ordinal)],
        },
        BillEvent.HistoryTold e => view with { History = e.Actions },
        BillEvent.RollCalled e => view with
        {
            RollCalls = [.. view.RollCalls.Where(r => !r.IsSameAs(e.RollCall)).Append(e.RollCall)
                .OrderBy(r => r.Date).ThenBy(r => r.Location, StringComparer.Ordinal).ThenBy(r => r.Sequence).ThenBy(r => r.MotionId)],
        },
        BillEvent.CommitteesNamed e => view with { Committees = view.Committees.SetItems(e.Committees.Select(c => KeyValuePair.Create(c.Code, c))) },
        BillEvent.Observed e => view with { AsOf = e.AsOf },
        _ => throw new UnreachableException($"No fold for {recorded.Event.GetType().Name}."),
    };

    /// <summary>The authors in the first place: "Ramos", "Gabriel and Wiener"; empty when not told.</summary>
    public string AuthorNames => NamesOf(Authors);

    /// <summary>The names of those who lead, the primary first.</summary>
    public static string NamesOf(IEnumerable<BillAuthor> authors)
    {
        string[] names = [.. from author in authors where author.As is Authorship.Author orderby author.IsPrimary descending select author.Name];
        return names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : string.Concat(names);
    }

    /// <summary>The name of a committee or floor, its code where no extract has told the name.</summary>
    public string NameOf(string location) =>
        Committees.TryGetValue(location, out var committee) ? committee.Name : location switch
        {
            "AFLOOR" or "SFLOOR" => "Floor",
            _ => location,
        };

    /// <summary>Where the bill is now, in words: "Assembly Local Government Committee", "Senate floor, third reading", "Chaptered".</summary>
    public string Whereabouts => Place is { } place ? WhereaboutsOf(place, NameOf) : "";

    public static string WhereaboutsOf(BillPlace place, Func<string, string> nameOf) => place switch
    {
        { House: "Secretary of State" } => place.Chapter is { } chapter ? chapter.ToString() : "With the Secretary of State",
        { House: "Governor" } => "With the Governor",
        { House: null } => place.Print,
        { Secondary: "Committee", Location: { } code } => $"{place.House} {nameOf(code)} Committee",
        { Secondary: "Floor", Location: { } file } => $"{place.House} floor, {file.ToLowerInvariant()}",
        { Secondary: "Floor" } => $"{place.House} floor",
        { Secondary: "Rules" } => $"{place.House} Rules Committee, to be assigned",
        { Secondary: "Desk" } => $"{place.House} desk",
        { Secondary: "E&E" } => $"{place.House} engrossing and enrolling",
        _ => place.House,
    };
}

/// <summary>What the Legislature says of a bill is public: every member sees all of it.</summary>
public sealed class BillSight : ISight<BillView, BillEvent>
{
    public static string StreamType => "bill";
    public static BillView? For(Viewer viewer, BillView view) => view;
    public static Recorded<BillEvent>? For(Viewer viewer, BillView view, Recorded<BillEvent> recorded) => recorded;
}
