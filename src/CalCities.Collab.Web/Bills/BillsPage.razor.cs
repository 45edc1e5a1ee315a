using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Live;
using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Bills;

/// <summary>Search and list of bills; all of its state is its address.</summary>
public sealed partial class BillsPage : LiveComponent
{
    private static readonly (string Value, string Says)[] Houses =
    [
        ("Assembly", "In the Assembly"), ("Senate", "In the Senate"), ("Governor", "With the Governor"), ("Secretary of State", "Chaptered or filed"),
    ];

    private static readonly (string Value, string Says, BillOrder Order)[] SortOrders =
    [
        ("", "Latest action", BillOrder.Latest), ("number", "Number", BillOrder.Number), ("subject", "Subject", BillOrder.Subject), ("author", "Author", BillOrder.Author),
    ];

    private IndexWatch<FoundBills>? rows;
    private IndexWatch<Choices>? choices;
    private FoundBills? found;
    private string? text;
    private bool isChoosing;

    [SupplyParameterFromQuery(Name = "q")] public string? Q { get; set; }
    [SupplyParameterFromQuery(Name = "house")] public string? House { get; set; }
    [SupplyParameterFromQuery(Name = "committee")] public string? CommitteeCode { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public string? Page { get; set; }

    [Inject] private BillQueries Queries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private static IEnumerable<(string Value, string Says)> Orders => SortOrders.Select(o => (o.Value, o.Says));

    private int PageNow => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1;
    private int Pages => ((found?.Total ?? 0) + BillQueries.PageSize - 1) / BillQueries.PageSize;
    private int Chosen => new[] { House, CommitteeCode, Status, Sort }.Count(choice => !string.IsNullOrEmpty(choice));
    private bool IsNarrowed => !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrEmpty(House) || !string.IsNullOrEmpty(CommitteeCode) || !string.IsNullOrEmpty(Status);

    private string Summary => found switch
    {
        null => "Looking up the bills …",
        { Total: 0 } => "No bills",
        { Total: 1 } => "1 bill",
        { Total: var total } => string.Create(CultureInfo.InvariantCulture, $"{total:N0} bills{(PageNow > 1 && PageNow <= Pages ? $", page {PageNow:N0} of {Pages:N0}" : "")}"),
    };

    protected override async Task Follow()
    {
        // Another search starts from the box as it stands in the address.
        text = Q;
        // What one has chosen stays in sight; that it is taken away again is no reason to close.
        isChoosing |= Chosen > 0;
        var search = new BillSearch(Q, House, CommitteeCode, Status, SortOrders.FirstOrDefault(o => o.Value == (Sort ?? "")).Order, PageNow);
        choices = await WatchIndex(BillQueries.Topic, "choices", async cancel =>
            new Choices(await Queries.CommitteesWithBills(cancel), await Queries.Statuses(cancel)), (_, all) => all);
        rows = await WatchIndex(BillQueries.Topic, search.ToString(), cancel => Queries.Find(search, cancel), (_, page) => page);
    }

    private void Search() => Navigation.NavigateTo(Address("q", text));

    private void Go(string name, ChangeEventArgs change) => Navigation.NavigateTo(Address(name, change.Value as string));

    /// <summary>Another page of the same bills, read from its top.</summary>
    private string AddressOf(int page) => $"{Address("page", page)}#results";

    /// <summary>This page with one thing otherwise; another search or filter begins at its first page. Blank names are left out.</summary>
    private string Address(string name, object? value)
    {
        var state = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["q"] = text,
            ["house"] = House,
            ["committee"] = CommitteeCode,
            ["status"] = Status,
            ["sort"] = Sort,
            ["page"] = null,
        };
        state[name] = value;
        var query = state.Where(s => !string.IsNullOrWhiteSpace(s.Value?.ToString())).Select(s => $"{s.Key}={Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{s.Value}"))}");
        return string.Join('&', query) is { Length: > 0 } narrowed ? $"/bills?{narrowed}" : "/bills";
    }

    /// <summary>What the filters offer: where bills are now.</summary>
    internal sealed record Choices(ImmutableArray<Committee> Committees, ImmutableArray<string> Statuses);
}
