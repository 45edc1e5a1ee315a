using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel.Log;
using Dapper;

namespace CalCities.Collab.Bills;

/// <summary>What a list of bills is ordered by.</summary>
public enum BillOrder
{
    /// <summary>The latest action first.</summary>
    Latest = 0,
    Number = 1,
    Subject = 2,
    Author = 3,
}

/// <summary>What to look for. Text is a number in any spelling ("ab831", "ABX1 2") or words of subject and author; blank fields don't narrow; pages count from 1.</summary>
public sealed record BillSearch(string? Text = null, string? House = null, string? Committee = null, string? Status = null, BillOrder Order = BillOrder.Latest, int Page = 1);

/// <summary>A bill in a list; LastDate is null before any action.</summary>
public sealed record BillRow(BillId Id, string Number, string Subject, string Authors, string Whereabouts, string Status, DateOnly? LastDate, string LastAction);

/// <summary>A page of bills, and how many there are on all pages.</summary>
public sealed record FoundBills(ImmutableArray<BillRow> Rows, int Total);

/// <summary>What the import last told a bill, and the bill's version with it.</summary>
internal sealed record ObservedBill(long Version, string Fingerprint);

/// <summary>Lists of bills, from the index.</summary>
public sealed partial class BillQueries
{
    public const int PageSize = 50;

    /// <summary>What pages that show any list of bills follow.</summary>
    public const string Topic = "bills/" + BillIndex.Key;

    /// <summary>Longer searches find nothing that a shorter one doesn't.</summary>
    public const int MaxTextLength = 200;

    private const int MaxWords = 10;

    /// <summary>A list that a page shows is shorter by far.</summary>
    private const int MaxNamed = 1_000;

    private readonly IHubDatabase database;

    internal BillQueries(IHubDatabase database) => this.database = database;

    public async Task<FoundBills> Find(BillSearch search, CancellationToken cancel = default)
    {
        var (where, parameters) = Where(search);
        var order = search.Order switch
        {
            BillOrder.Number => "years desc, measure, session, number",
            BillOrder.Subject => "subject_words, bill",
            BillOrder.Author => "author_words, bill",
            _ => "last_date desc, bill",
        };
        parameters.Add("limit", PageSize);
        parameters.Add("offset", (long)(Math.Max(search.Page, 1) - 1) * PageSize);
        return await database.Read(async connection =>
        {
            var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"select count(*) from bills {where}", parameters, cancellationToken: cancel));
            var rows = await connection.QueryAsync<Row>(new CommandDefinition($"{Select} {where} order by {order} limit @limit offset @offset", parameters, cancellationToken: cancel));
            return new FoundBills([.. rows.Select(row => row.ToBillRow())], total);
        }, cancel);
    }

    /// <summary>These bills, in the order of their numbers; those that the hub doesn't know are left out. The first thousand ids count.</summary>
    public async Task<ImmutableArray<BillRow>> Named(IReadOnlyCollection<BillId> ids, CancellationToken cancel = default)
    {
        var parameters = new DynamicParameters();
        // One parameter an id: a list as one parameter is spelt differently by the two dialects.
        string[] names = [.. ids.Take(MaxNamed).Select((id, i) =>
        {
            parameters.Add($"id{i}", id.Value);
            return $"@id{i}";
        })];
        if (names.Length == 0)
            return [];
        var rows = await database.Read(connection => connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where bill in ({string.Join(", ", names)}) order by years desc, measure, session, number", parameters, cancellationToken: cancel)), cancel);
        return [.. rows.Select(row => row.ToBillRow())];
    }

    /// <summary>The committees in which bills are now.</summary>
    public Task<ImmutableArray<Committee>> CommitteesWithBills(CancellationToken cancel = default) => Committees("""
        select code, house, name from bill_committees
        where code in (select location from bills where secondary = 'Committee') order by house, name
        """, cancel);

    /// <summary>The official statuses that bills have now.</summary>
    public async Task<ImmutableArray<string>> Statuses(CancellationToken cancel = default) =>
        [.. await database.Read(connection => connection.QueryAsync<string>(new CommandDefinition(
            "select distinct status from bills where status <> '' order by status", cancellationToken: cancel)), cancel)];

    /// <summary>Every name that any bill has told.</summary>
    internal async Task<IReadOnlyDictionary<string, Committee>> KnownCommittees(CancellationToken cancel = default) =>
        (await Committees("select code, house, name from bill_committees", cancel)).ToDictionary(c => c.Code, StringComparer.Ordinal);

    internal async Task<IReadOnlyDictionary<string, ObservedBill>> Observed(CancellationToken cancel = default)
    {
        var rows = await database.Read(connection => connection.QueryAsync<(string Bill, long Version, string Fingerprint)>(
            new CommandDefinition("select bill, version, fingerprint from bills", cancellationToken: cancel)), cancel);
        return rows.ToDictionary(row => row.Bill, row => new ObservedBill(row.Version, row.Fingerprint), StringComparer.Ordinal);
    }

    private async Task<ImmutableArray<Committee>> Committees(string sql, CancellationToken cancel)
    {
        var rows = await database.Read(connection => connection.QueryAsync<(string Code, string House, string Name)>(new CommandDefinition(sql, cancellationToken: cancel)), cancel);
        return [.. rows.Select(row => new Committee(row.Code, row.House, row.Name))];
    }

    private static (string Sql, DynamicParameters Parameters) Where(BillSearch search)
    {
        List<string> conditions = [];
        var parameters = new DynamicParameters();
        void Narrow(string condition, string name, object value)
        {
            conditions.Add(condition);
            parameters.Add(name, value);
        }

        if (!string.IsNullOrEmpty(search.House))
            Narrow("house = @house", "house", search.House);
        if (!string.IsNullOrEmpty(search.Committee))
            Narrow("secondary = 'Committee' and location = @committee", "committee", search.Committee);
        if (!string.IsNullOrEmpty(search.Status))
            Narrow("status = @status", "status", search.Status);

        var text = search.Text is { Length: > MaxTextLength } ? search.Text[..MaxTextLength] : search.Text ?? "";
        if (SpeltNumber().Match(text) is { Success: true } spelt && int.TryParse(spelt.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Narrow("number = @number", "number", number);
            if (spelt.Groups["measure"] is { Success: true } measure)
            {
                Narrow("measure = @measure", "measure", MeasureOf(measure.Value));
                Narrow("session = @session", "session", spelt.Groups["session"] is { Success: true } session ? session.Value[0] - '0' : 0);
            }
        }
        else
        {
            // Words hold letters and digits only, so there is no wildcard in them to escape.
            foreach (var (index, word) in BillIndex.Words(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords).Index())
                Narrow($"(subject_words like @word{index} or author_words like @word{index})", $"word{index}", $"% {word}%");
        }

        return (conditions.Count == 0 ? "" : $"where {string.Join(" and ", conditions)}", parameters);
    }

    private static string MeasureOf(string spelt) =>
        spelt.EndsWith("Bill", StringComparison.OrdinalIgnoreCase) ? $"{char.ToUpperInvariant(spelt[0])}B" : spelt.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>"ab831", "AB 831", "A.B. 831", "Assembly Bill 831", "ABX1 2", "ABX1-2", or a number alone.</summary>
    [GeneratedRegex(@"\A\s*(?:(?<measure>A\.?B|S\.?B|Assembly\s+Bill|Senate\s+Bill|ACA|SCA|ACR|SCR|AJR|SJR|HR|SR|GRP)\.?\s*(?:X\s*(?<session>[1-9])[\s-]+|X(?<session>[1-9]))?\s*(?:No\.?)?\s*-?\s*)?0*(?<number>[0-9]{1,6})\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpeltNumber();

    private const string Select = """
        select bill as Bill, years as Years, session as Session, measure as Measure, number as Number, subject as Subject, authors as Authors,
            case when secondary = 'Committee' then
                coalesce((select bill_committees.house || ' ' || bill_committees.name || ' Committee' from bill_committees where bill_committees.code = bills.location), whereabouts)
                else whereabouts end as Whereabouts,
            status as Status, last_date as LastDate, last_action as LastAction
        from bills
        """;

    private sealed class Row
    {
        public string Bill { get; init; } = "";
        public string Years { get; init; } = "";
        public int Session { get; init; }
        public string Measure { get; init; } = "";
        public int Number { get; init; }
        public string Subject { get; init; } = "";
        public string Authors { get; init; } = "";
        public string Whereabouts { get; init; } = "";
        public string Status { get; init; } = "";
        public string LastDate { get; init; } = "";
        public string LastAction { get; init; } = "";

        public BillRow ToBillRow() => new(new BillId(Bill), new BillNumber(Years, Session, Measure, Number).ToString(), Subject, Authors, Whereabouts, Status,
            DateOnly.TryParseExact(LastDate, "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null, LastAction);
    }
}
