using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace CalCities.Collab.Bills;

/// <summary>What a column may hold, by the official definitions (capublic.sql).</summary>
internal enum ColumnKind
{
    Text,
    Number,
    Moment,
}

internal sealed record Column(string Name, ColumnKind Kind, int MaxLength, bool IsRequired);

/// <summary>
/// A table of the extract: its columns in the file's order. A definition is a word a column: the name, "!" if a bill can't do without it,
/// then V and the most characters of a text, I for a whole number, D for a date with a time.
/// </summary>
internal sealed class ExtractTable
{
    private readonly FrozenDictionary<string, int> places;

    private ExtractTable(string name, string columns)
    {
        Name = name;
        Columns =
        [
            .. from column in columns.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
               let parts = column.Split(':')
               select new Column(
                   parts[0].TrimEnd('!'),
                   parts[1][0] switch { 'V' => ColumnKind.Text, 'I' => ColumnKind.Number, _ => ColumnKind.Moment },
                   parts[1].Length > 1 ? int.Parse(parts[1].AsSpan(1), CultureInfo.InvariantCulture) : 20,
                   parts[0].EndsWith('!')),
        ];
        places = Columns.Index().ToFrozenDictionary(c => c.Item.Name, c => c.Index, StringComparer.Ordinal);
    }

    public string Name { get; }
    public string FileName => $"{Name}.dat";
    public ImmutableArray<Column> Columns { get; }

    public int PlaceOf(string column) => places[column];
    public bool Has(string column) => places.ContainsKey(column);

    public static readonly ExtractTable Bill = new("BILL_TBL", """
        bill_id!:V19 session_year!:V8 session_num!:V2 measure_type!:V4 measure_num!:I measure_state!:V40 chapter_year:V4 chapter_type:V10
        chapter_session_num:V2 chapter_num:V10 latest_bill_version_id:V30 active_flg:V1 trans_uid:V30 trans_update!:D current_location:V200
        current_secondary_loc:V60 current_house:V60 current_status:V60 days_31st_in_print:D
        """);

    public static readonly ExtractTable Version = new("BILL_VERSION_TBL", """
        bill_version_id!:V30 bill_id!:V19 version_num!:I bill_version_action_date!:D bill_version_action:V100 request_num:V10 subject:V1000
        vote_required:V100 appropriation:V3 fiscal_committee:V3 local_program:V3 substantive_changes:V3 urgency:V3 taxlevy:V3 bill_xml:V255
        active_flg:V1 trans_uid:V30 trans_update:D
        """);

    public static readonly ExtractTable Author = new("BILL_VERSION_AUTHORS_TBL", """
        bill_version_id!:V30 type!:V15 house:V100 name!:V100 contribution!:V100 committee_members:V2000 active_flg:V1 trans_uid:V30
        trans_update:D primary_author_flg:V1
        """);

    public static readonly ExtractTable History = new("BILL_HISTORY_TBL", """
        bill_id!:V20 bill_history_id!:I action_date!:D action!:V2000 trans_uid:V20 trans_update_dt:D action_sequence:I action_code:V5
        action_status:V60 primary_location:V60 secondary_location:V60 ternary_location:V60 end_status:V60
        """);

    public static readonly ExtractTable Location = new("LOCATION_CODE_TBL", """
        session_year:V8 location_code!:V6 location_type!:V1 consent_calendar_code:V2 description:V60 long_description:V200 active_flg:V1
        trans_uid:V30 trans_update:D inactive_file_flg:V1
        """);

    public static readonly ExtractTable Legislator = new("LEGISLATOR_TBL", """
        district!:V5 session_year:V8 legislator_name:V30 house_type:V1 author_name:V200 first_name:V30 last_name:V30 middle_initial:V1
        name_suffix:V12 name_title:V34 web_name_title:V34 party:V4 active_flg!:V1 trans_uid:V30 trans_update:D active_legislator:V1
        """);

    public static readonly ExtractTable Motion = new("BILL_MOTION_TBL", "motion_id!:I motion_text:V250 trans_uid:V30 trans_update:D");

    public static readonly ExtractTable RollCall = new("BILL_SUMMARY_VOTE_TBL", """
        bill_id!:V20 location_code!:V6 vote_date_time!:D vote_date_seq!:I motion_id!:I ayes:I noes:I abstain:I vote_result:V6 trans_uid:V30
        trans_update:D file_item_num:V10 file_location:V50 display_lines:V2000 session_date:D
        """);

    public static readonly ExtractTable Vote = new("BILL_DETAIL_VOTE_TBL", """
        bill_id!:V20 location_code!:V6 legislator_name!:V50 vote_date_time!:D vote_date_seq!:I vote_code!:V5 motion_id!:I trans_uid:V30
        trans_update:D member_order:I session_date:D speaker:V1
        """);

    /// <summary>Without these it is no extract of bills.</summary>
    public static readonly ImmutableArray<ExtractTable> Required = [Bill, Version, Author, History];

    /// <summary>All that is read, in the order in which it is: what names a bill before what hangs on it.</summary>
    public static readonly ImmutableArray<ExtractTable> All = [.. Required, Location, Legislator, Motion, RollCall, Vote];
}

/// <summary>A row whose fields are what their columns may hold.</summary>
internal readonly struct ExtractRow(ExtractTable table, ImmutableArray<string?> fields)
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss";

    public string Text(string column) => OptionalText(column)!;
    public string? OptionalText(string column) => fields[table.PlaceOf(column)];
    public long Number(string column) => long.Parse(Text(column), CultureInfo.InvariantCulture);
    public int Count(string column) => (int)Number(column);
    public int? OptionalCount(string column) => OptionalText(column) is null ? null : Count(column);
    public DateTime Moment(string column) => DateTime.ParseExact(Text(column), MomentFormat, CultureInfo.InvariantCulture);
    public DateOnly Day(string column) => DateOnly.FromDateTime(Moment(column));
    public DateOnly? OptionalDay(string column) => OptionalText(column) is null ? null : Day(column);

    /// <summary>The Legislature writes Yes and No in words, or nothing.</summary>
    public bool? YesOrNo(string column) => OptionalText(column) switch { "Yes" => true, "No" => false, _ => null };

    /// <summary>Rows that no longer count are marked N.</summary>
    public bool IsActive => OptionalText("active_flg") is not "N";

    /// <summary>Says what is wrong with the fields of a line, or null.</summary>
    public static string? Wrong(ExtractTable table, ImmutableArray<string?> fields)
    {
        if (fields.Length != table.Columns.Length)
            return $"it has {fields.Length} fields instead of {table.Columns.Length}";
        foreach (var (column, text) in table.Columns.Zip(fields))
        {
            if (text is null ? column.IsRequired : column is { IsRequired: true, Kind: ColumnKind.Text } && text.Length == 0)
                return $"{column.Name} is missing";
            if (text is null)
                continue;
            if (text.Length > column.MaxLength)
                return $"{column.Name} has {text.Length} characters instead of {column.MaxLength} at most";
            if (column.Kind == ColumnKind.Number && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    || column.Name is "bill_history_id" or "motion_id" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                return $"{column.Name} is no whole number: '{Shorten(text)}'";
            if (column.Kind == ColumnKind.Moment && !DateTime.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return $"{column.Name} is no date with a time: '{Shorten(text)}'";
        }

        return null;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
