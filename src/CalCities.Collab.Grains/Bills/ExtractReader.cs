using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CalCities.Collab.Bills;

/// <summary>A row that can't be taken: the table's file, the line from 1, and why.</summary>
public sealed record RefusedRow(string File, int Line, string Reason)
{
    /// <summary>Line 0 is no line but a bill as a whole.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Reason}" : string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}: {Reason}");
}

/// <summary>An extract, read and checked: its bills in the order of their ids, and the rows that weren't taken (the first thousand, and how many in all).</summary>
internal sealed record Extract(ImmutableArray<BillObservation> Bills, ImmutableArray<RefusedRow> RefusedRows, int RefusedCount);

/// <summary>
/// Reads the Legislature's bulk extract into observations of bills. A malformed row stops its own bill only: half of a bill's history
/// would look like a change. Rows of bills that the extract doesn't hold (orphan history, LEGINFO §1.2) are left out without a word.
/// </summary>
internal sealed partial class ExtractReader
{
    /// <summary>More than this nobody reads; the count goes on.</summary>
    private const int MaxReported = 1_000;

    private readonly Dictionary<string, BillRow> bills = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BillVersion> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> billOfVersion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<BillAuthor>> authorsOfVersion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, BillAction>> histories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Committee> committees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string House, string Name), (int? District, string? Party)> legislators = [];
    private readonly Dictionary<long, string> motions = [];
    private readonly Dictionary<string, List<RollCallRow>> rollCalls = new(StringComparer.Ordinal);
    private readonly HashSet<string> stopped = new(StringComparer.Ordinal);
    private readonly ImmutableArray<RefusedRow>.Builder refused = ImmutableArray.CreateBuilder<RefusedRow>();
    private readonly IReadOnlyDictionary<string, Committee> known;
    private int refusedCount;

    private ExtractReader(IReadOnlyDictionary<string, Committee> known) => this.known = known;

    /// <summary>Reads a folder or zip whole. Names of committees that it doesn't tell are taken from those known.</summary>
    /// <exception cref="NotAnExtractException">It isn't an extract, or not all of one.</exception>
    public static Extract Read(string path, IReadOnlyDictionary<string, Committee> known, ExtractLimits limits, Action<int, int>? tableRead = null)
    {
        using var source = new ExtractSource(path, limits);
        var reader = new ExtractReader(known);
        foreach (var (index, table) in ExtractTable.All.Index())
        {
            if (source.Has(table))
                reader.Read(source, table);
            tableRead?.Invoke(index + 1, ExtractTable.All.Length);
        }

        ImmutableArray<BillObservation> observed = [.. reader.Observe(source)];
        return new(observed, reader.refused.ToImmutable(), reader.refusedCount);
    }

    private void Read(ExtractSource source, ExtractTable table)
    {
        var (taken, lines) = (0, 0);
        string? first = null;
        foreach (var (number, text, isCut) in source.Lines(table))
        {
            lines++;
            var (fields, wrong) = ExtractLine.Read(text);
            wrong ??= ExtractRow.Wrong(table, fields);
            if (wrong is not null && isCut)
                throw new NotAnExtractException($"{table.FileName} breaks off in line {number}. The download was cut short: fetch it again.");
            wrong ??= Take(table, new ExtractRow(table, fields));
            if (wrong is null)
                taken++;
            else
                Refuse(table, number, wrong, fields);
            first ??= wrong;
        }

        if (taken == 0 && (lines > 0 || table == ExtractTable.Bill))
            throw new NotAnExtractException(lines == 0
                ? $"{table.FileName} is empty: there are no bills in it."
                : $"{table.FileName} is not the Legislature's: none of its {lines} lines is a row of that table: {first}.");
    }

    private void Refuse(ExtractTable table, int line, string reason, ImmutableArray<string?> fields)
    {
        refusedCount++;
        if (refused.Count < MaxReported)
            refused.Add(new RefusedRow(table.FileName, line, reason));
        // A bill whose rows aren't all here is left as it is known. What can't be told to be a bill's stops none.
        if (Field(fields, table, "bill_id") is { } bill)
            stopped.Add(bill);
        else if (Field(fields, table, "bill_version_id") is { } version && BillNumber.OfVersion(version) is { } number)
            stopped.Add(number.Id.Value);
    }

    private static string? Field(ImmutableArray<string?> fields, ExtractTable table, string column) =>
        table.Has(column) && fields.Length > table.PlaceOf(column) ? fields[table.PlaceOf(column)] : null;

    /// <summary>Takes a row, or says why not.</summary>
    private string? Take(ExtractTable table, ExtractRow row) =>
        table == ExtractTable.Bill ? TakeBill(row)
        : table == ExtractTable.Version ? TakeVersion(row)
        : table == ExtractTable.Author ? TakeAuthor(row)
        : table == ExtractTable.History ? TakeAction(row)
        : table == ExtractTable.Location ? TakeLocation(row)
        : table == ExtractTable.Legislator ? TakeLegislator(row)
        : table == ExtractTable.Motion ? TakeMotion(row)
        : table == ExtractTable.RollCall ? TakeRollCall(row)
        : TakeVote(row);

    private string? TakeBill(ExtractRow row)
    {
        var id = row.Text("bill_id");
        if (BillNumber.Of(new BillId(id)) is not { } number)
            return $"'{id}' is no bill's id";
        if (id != $"{row.Text("session_year")}{row.Text("session_num")}{row.Text("measure_type")}{row.Text("measure_num")}")
            return $"'{id}' is not the id of this session, type and number";
        if (!row.IsActive)
            return null;
        Chapter? chapter = null;
        if (row.OptionalText("chapter_num") is { } chapterNumber)
        {
            if (!int.TryParse(row.OptionalText("chapter_year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                || !int.TryParse(row.OptionalText("chapter_session_num") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var session))
                return "its chapter has no year, or a session that is no number";
            chapter = new Chapter(year, chapterNumber, row.OptionalText("chapter_type") == "CHR", session);
        }

        bills[id] = new BillRow(number, row.Moment("trans_update"), row.OptionalText("latest_bill_version_id"), new BillPlace(
            row.OptionalText("current_house"), row.OptionalText("current_secondary_loc"), row.OptionalText("current_location"),
            row.OptionalText("current_status"), row.Text("measure_state"), chapter, row.OptionalDay("days_31st_in_print")));
        return null;
    }

    private string? TakeVersion(ExtractRow row)
    {
        var (id, bill) = (row.Text("bill_version_id"), row.Text("bill_id"));
        if (BillNumber.OfVersion(id)?.Id.Value != bill)
            return $"'{id}' is no version of {bill}";
        if (!row.IsActive)
            return null;
        versions[id] = new BillVersion(id, row.Count("version_num"), row.Day("bill_version_action_date"), row.OptionalText("bill_version_action"),
            row.OptionalText("subject") is { } subject ? BillAction.Collapse(subject) : null, row.OptionalText("vote_required"),
            row.YesOrNo("appropriation"), row.YesOrNo("fiscal_committee"), row.YesOrNo("local_program"), row.YesOrNo("urgency"), row.YesOrNo("taxlevy"));
        billOfVersion[id] = bill;
        return null;
    }

    private string? TakeAuthor(ExtractRow row)
    {
        Authorship? authorship = row.Text("contribution") switch
        {
            "LEAD_AUTHOR" => Authorship.Author,
            "PRINCIPAL_COAUTHOR" => Authorship.PrincipalCoauthor,
            "COAUTHOR" => Authorship.Coauthor,
            _ => null,
        };
        if (authorship is null)
            return $"contribution '{row.Text("contribution")}' is none that the hub knows";
        if (!row.IsActive)
            return null;
        var house = row.OptionalText("house") switch { "ASSEMBLY" => "Assembly", "SENATE" => "Senate", var other => other ?? "" };
        Of(authorsOfVersion, row.Text("bill_version_id"))
            .Add(new BillAuthor(row.Text("name"), house, authorship.Value, row.OptionalText("primary_author_flg") == "Y", null, null));
        return null;
    }

    private string? TakeAction(ExtractRow row)
    {
        if (!histories.TryGetValue(row.Text("bill_id"), out var history))
            histories[row.Text("bill_id")] = history = [];
        history[row.Number("bill_history_id")] = new BillAction(
            row.Day("action_date"), row.OptionalCount("action_sequence"), BillAction.Collapse(row.Text("action")), row.OptionalText("action_code"),
            row.OptionalText("primary_location"), row.OptionalText("secondary_location"), row.OptionalText("ternary_location"), row.OptionalText("end_status"));
        return null;
    }

    /// <summary>Committees and voting places name themselves; sections of the floor's file (type M) name where a roll call was taken. A code stands once without a consent calendar.</summary>
    private string? TakeLocation(ExtractRow row)
    {
        var (code, description) = (row.Text("location_code"), row.OptionalText("description"));
        if (row.OptionalText("consent_calendar_code") is not null || (row.OptionalText("long_description") ?? description) is not { } name)
            return null;
        if (row.Text("location_type") == "M")
            files[code] = name;
        else
            committees[code] = new Committee(code, description switch
            {
                ['A', 's', 'm', ' ', ..] or ['A', 's', 's', 'e', 'm', ..] => "Assembly",
                ['S', 'e', 'n', ..] => "Senate",
                _ => "",
            }, name);
        return null;
    }

    private string? TakeLegislator(ExtractRow row)
    {
        if (row.OptionalText("author_name") is not { } name || row.OptionalText("active_legislator") == "N")
            return null;
        var house = row.OptionalText("house_type") == "S" ? "Senate" : "Assembly";
        int? district = int.TryParse(row.Text("district").AsSpan(Math.Min(2, row.Text("district").Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
        legislators[(house, name)] = (district, row.OptionalText("party"));
        return null;
    }

    private string? TakeMotion(ExtractRow row)
    {
        if (row.OptionalText("motion_text") is { } text)
            motions[row.Number("motion_id")] = BillAction.Collapse(text);
        return null;
    }

    private string? TakeRollCall(ExtractRow row)
    {
        Of(rollCalls, row.Text("bill_id")).Add(new RollCallRow(
            row.Text("location_code"), row.Moment("vote_date_time"), row.Count("vote_date_seq"), row.Number("motion_id"),
            row.OptionalCount("ayes") ?? 0, row.OptionalCount("noes") ?? 0, row.OptionalCount("abstain") ?? 0,
            row.OptionalText("vote_result") switch { "(PASS)" => true, "(FAIL)" => false, _ => null }, row.OptionalText("file_location"), []));
        return null;
    }

    private string? TakeVote(ExtractRow row)
    {
        Ballot? ballot = row.Text("vote_code") switch { "AYE" => Ballot.Aye, "NOE" => Ballot.No, "ABS" => Ballot.NotVoting, _ => null };
        if (ballot is null)
            return $"vote_code '{row.Text("vote_code")}' is none of AYE, NOE and ABS";
        if (!rollCalls.TryGetValue(row.Text("bill_id"), out var ofBill))
            return null;
        var (location, at, sequence, motion) = (row.Text("location_code"), row.Moment("vote_date_time"), row.Count("vote_date_seq"), row.Number("motion_id"));
        // Old sessions tell the time of the votes but not of their roll call, so the day must do; where a day has two, the time tells.
        RollCallRow[] sameDay = [.. ofBill.Where(r => (r.Location, r.At.Date, r.Sequence, r.MotionId) == (location, at.Date, sequence, motion))];
        (sameDay.FirstOrDefault(r => r.At == at) ?? sameDay.FirstOrDefault())?.Votes
            .Add((row.OptionalCount("member_order") ?? int.MaxValue, new RollCallVote(row.Text("legislator_name"), ballot.Value)));
        return null;
    }

    private IEnumerable<BillObservation> Observe(ExtractSource source)
    {
        var namesTold = source.Has(ExtractTable.Location);
        var versionsOfBill = versions.Values.ToLookup(v => billOfVersion[v.Id], StringComparer.Ordinal);
        foreach (var (id, bill) in bills.Where(b => !stopped.Contains(b.Key)).OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            ImmutableArray<BillVersion> ofBill = [.. versionsOfBill[id].OrderBy(v => v.Order).ThenBy(v => v.Id, StringComparer.Ordinal)];
            var latest = ofBill.FirstOrDefault(v => v.Id == bill.LatestVersion) ?? (bill.LatestVersion is null ? ofBill.FirstOrDefault() : null);
            var history = histories.TryGetValue(id, out var actions) ? InOrder(actions) : (ImmutableArray<BillAction>?)null;
            var calls = rollCalls.TryGetValue(id, out var rows) ? RollCallsOf(rows) : (ImmutableArray<RollCall>?)null;
            var seen = new BillObservation(bill.Number, bill.AsOf, latest?.Subject, bill.Place,
                latest is not null && authorsOfVersion.TryGetValue(latest.Id, out var authors) ? AuthorsOf(authors) : null,
                ofBill.IsEmpty ? null : ofBill, history, calls, NamesOf(bill.Place, history, calls, namesTold));
            if (seen.IsTooMuch)
                Refuse(ExtractTable.Bill, 0, $"{id}: {BillRefusals.TooMuch.Sentence}", []);
            else
                yield return seen;
        }
    }

    /// <summary>By sequence and id; old sessions have no sequence and number their actions from the newest (LEGINFO §1.2).</summary>
    private static ImmutableArray<BillAction> InOrder(Dictionary<long, BillAction> actions) =>
    [
        .. actions.Values.All(a => a.Sequence is not null)
            ? actions.OrderBy(a => a.Value.Sequence).ThenBy(a => a.Key).Select(a => a.Value)
            : actions.OrderBy(a => a.Value.Date).ThenByDescending(a => a.Key).Select(a => a.Value),
    ];

    private ImmutableArray<BillAuthor> AuthorsOf(List<BillAuthor> authors) =>
    [
        .. authors.Select(a => legislators.TryGetValue((a.House, a.Name), out var seat) ? a with { District = seat.District, Party = seat.Party } : a)
            .Distinct()
            .OrderBy(a => a.As).ThenByDescending(a => a.IsPrimary).ThenBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.House, StringComparer.Ordinal),
    ];

    private ImmutableArray<RollCall> RollCallsOf(List<RollCallRow> rows) =>
    [
        .. from row in rows
           let key = (row.Location, Date: DateOnly.FromDateTime(row.At), row.Sequence, row.MotionId)
           group row by key into same
           let row = same.Last()
           let votes = row.Votes.OrderBy(v => v.Order).ThenBy(v => v.Vote.Name, StringComparer.Ordinal).Select(v => v.Vote).ToImmutableArray()
           select new RollCall(row.Location, same.Key.Date, row.Sequence, row.MotionId, motions.GetValueOrDefault(row.MotionId), FileOf(row.File),
               row.Ayes, row.Noes, row.NotVoting, row.Passed, votes.IsEmpty ? null : votes) into rollCall
           orderby rollCall.Date, rollCall.Sequence, rollCall.MotionId
           select rollCall,
    ];

    /// <summary>A file is told by name or by code; a code that no table explains tells nothing.</summary>
    private string? FileOf(string? told) =>
        told is not null && FileCode().IsMatch(told) ? files.GetValueOrDefault(told) : told;

    private ImmutableArray<Committee>? NamesOf(BillPlace place, ImmutableArray<BillAction>? history, ImmutableArray<RollCall>? calls, bool namesTold)
    {
        ImmutableArray<Committee> names =
        [
            .. (history ?? []).Select(a => a.Location).Append(place.Location).Concat((calls ?? []).Select(c => c.Location))
                .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(code => committees.GetValueOrDefault(code) ?? known.GetValueOrDefault(code)).OfType<Committee>(),
        ];
        return namesTold || !names.IsEmpty ? names : null;
    }

    private static List<TItem> Of<TItem>(Dictionary<string, List<TItem>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        return list;
    }

    [GeneratedRegex(@"\A[AS]F[0-9]{4}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileCode();

    private sealed record BillRow(BillNumber Number, DateTime AsOf, string? LatestVersion, BillPlace Place);

    private sealed record RollCallRow(
        string Location, DateTime At, int Sequence, long MotionId, int Ayes, int Noes, int NotVoting, bool? Passed, string? File,
        List<(int Order, RollCallVote Vote)> Votes);
}
