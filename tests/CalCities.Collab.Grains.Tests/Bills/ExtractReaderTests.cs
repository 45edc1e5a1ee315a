using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CalCities.Collab.Bills;

public sealed class ExtractReaderTests : IDisposable
{
    private static readonly Dictionary<string, Committee> NothingKnown = [];
    private static readonly ExtractLimits Small = new(20_000, 1_000, 30, 12);

    private readonly ExtractFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_bill_is_read_with_all_that_its_tables_tell()
    {
        var (bills, refusedRows, refused) = Read(folder.Path);

        Assert.Equal(["202520260AB9001", "202520260ACR9003", "202520260SB9002", "202520261AB2"], bills.Select(b => b.Number.Id.Value));
        Assert.Empty(refusedRows);
        Assert.Equal(0, refused);
        AssertSame(new BillObservation(
            new BillNumber("20252026", 0, "SB", 9002), new DateTime(2025, 10, 11, 16, 6, 50), "Housing element: coastal resources.",
            new BillPlace("Secretary of State", null, null, "Chaptered", "Chaptered", new Chapter(2025, "623", false, 0), new DateOnly(2025, 1, 2)),
            [
                new BillAuthor("Compañero", "Senate", Authorship.Author, true, 9, "REP"),
                new BillAuthor("Primero", "Assembly", Authorship.Author, false, 12, "DEM"),
                new BillAuthor("Dos Segundo", "Assembly", Authorship.PrincipalCoauthor, false, 47, "DEM"),
            ],
            [
                new BillVersion("20250SB900297CHP", 97, new DateOnly(2025, 10, 11), "Chaptered", "Housing element: coastal resources.", "Majority", false, true, false, false, false),
                new BillVersion("20250SB900298AMD", 98, new DateOnly(2025, 4, 21), "Amended Senate", "Housing element: coastal resources.", "Majority", false, true, false, false, false),
                new BillVersion("20250SB900299INT", 99, new DateOnly(2024, 12, 2), "Introduced", "Housing element.", "Majority", false, true, false, false, false),
            ],
            bills[2].History,
            [
                new RollCall("CS82", new DateOnly(2025, 3, 12), 1, 147510, "Do pass.", null, 2, 1, 0, true,
                [
                    new RollCallVote("Compañero", Ballot.Aye), new RollCallVote("Tercero", Ballot.No),
                    new RollCallVote("Cuarto Quinto", Ballot.Aye), new RollCallVote("Sexto", Ballot.NotVoting),
                ]),
                new RollCall("SFLOOR", new DateOnly(2025, 4, 24), 1002, 183725, "SB 9002 Compañero Senate Third Reading", "Senate 3rd Reading", 27, 9, 4, true, null),
                new RollCall("AFLOOR", new DateOnly(2025, 7, 10), 1003, 183999, null, "Third Reading File", 58, 17, 5, true, [new RollCallVote("Primero", Ballot.Aye)]),
            ],
            [
                new Committee("AFLOOR", "Assembly", "Assembly Floor"), new Committee("CS82", "Senate", "Local Government"),
                new Committee("CX15", "Assembly", "Local Government"), new Committee("SFLOOR", "Senate", "Senate Floor"),
            ]), bills[2]);
        Assert.Equal(
            ["1 Introduced. Read first time. To Com. on RLS. for assignment. To print.", "2 Referred to Com. on L. GOV.", "3 Set for hearing March 12."],
            bills[2].History!.Value.Take(3).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Sequence} {a.Text}")));
        Assert.Equal(
            ["12 Approved by the Governor.", "12 Chaptered by Secretary of State. Chapter 623, Statutes of 2025."],
            bills[2].History!.Value.TakeLast(2).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Sequence} {a.Text}")));
    }

    [Fact]
    public void A_zip_tells_the_same_as_its_folder_wherever_in_it_the_tables_lie_and_whatever_else_is_there()
    {
        var expected = Read(folder.Path).Bills.Select(b => b.Fingerprint());

        Assert.Equal(expected, Read(folder.Zip("pubinfo/", ("pubinfo/BILL_VERSION_TBL_1.lob", "<xml/>"))).Bills.Select(b => b.Fingerprint()));
    }

    [Fact]
    public void Line_ends_of_Windows_a_byte_order_mark_and_a_missing_last_line_feed_tell_the_same()
    {
        var expected = Read(folder.Path).Bills.Select(b => b.Fingerprint());

        foreach (var table in ExtractTable.All)
            folder.With(table.Name, text => text.Replace("\n", "\r\n", StringComparison.Ordinal)[..^2]);
        folder.WithBytes("BILL_TBL", bytes => [.. Encoding.UTF8.Preamble, .. bytes]);

        Assert.Equal(expected, Read(folder.Path).Bills.Select(b => b.Fingerprint()));
    }

    [Fact]
    public void An_extract_without_votes_and_names_tells_nothing_of_them_but_the_names_already_known()
    {
        folder.Without("BILL_SUMMARY_VOTE_TBL", "BILL_DETAIL_VOTE_TBL", "BILL_MOTION_TBL", "LOCATION_CODE_TBL", "LEGISLATOR_TBL");

        var known = new Committee("CX15", "Assembly", "Local Government");
        var bills = ExtractReader.Read(folder.Path, new Dictionary<string, Committee> { ["CX15"] = known }, ExtractLimits.Default).Bills;

        Assert.All(bills, bill => Assert.Null(bill.RollCalls));
        Assert.All(bills.SelectMany(b => b.Authors!.Value), author => Assert.Null(author.District));
        Assert.Equal([known], bills[0].Committees!.Value);
        Assert.Null(bills[3].Committees);
    }

    /// <summary>A damaged row, where it is reported, and the one bill that it stops.</summary>
    public static TheoryData<string, int, string, string, string, string?> DamagedRows => new()
    {
        { "BILL_TBL", 1, "\t9001\t", "\tabc\t", "measure_num is no whole number: 'abc'", "202520260AB9001" },
        { "BILL_TBL", 1, "\t9001\t", "\t9002\t", "'202520260AB9001' is not the id of this session, type and number", "202520260AB9001" },
        { "BILL_TBL", 1, "`202520260AB9001`", "`../../etc/passwd`", "'../../etc/passwd' is no bill's id", null },
        { "BILL_TBL", 2, "`2025`\t`CHP`", "NULL\t`CHP`", "its chapter has no year, or a session that is no number", "202520260SB9002" },
        { "BILL_VERSION_TBL", 1, "`202520260AB9001`\t99", "`202520260AB9001`\tNULL", "version_num is missing", "202520260AB9001" },
        { "BILL_VERSION_TBL", 1, "`20250AB900199INT`", "`20250AB900299INT`", "'20250AB900299INT' is no version of 202520260AB9001", "202520260AB9001" },
        { "BILL_VERSION_AUTHORS_TBL", 1, "`LEAD_AUTHOR`", "`GHOST_WRITER`", "contribution 'GHOST_WRITER' is none that the hub knows", "202520260AB9001" },
        { "BILL_HISTORY_TBL", 2, "2025-03-03 00:00:00", "2025-02-30 00:00:00", "action_date is no date with a time: '2025-02-30 00:00:00'", "202520260AB9001" },
        { "BILL_HISTORY_TBL", 2, "`Assembly`\t", "", "it has 12 fields instead of 13", "202520260AB9001" },
        { "BILL_HISTORY_TBL", 2, "In Committee Process`", "In Committee Process", "field 13: its closing backtick is missing", "202520260AB9001" },
        { "BILL_HISTORY_TBL", 2, "`Referred", "`\\0Referred", "field 4: it holds a control character", "202520260AB9001" },
        { "BILL_SUMMARY_VOTE_TBL", 1, "\t27\t", "\t-27\t", "ayes is no whole number: '-27'", "202520260SB9002" },
        { "BILL_DETAIL_VOTE_TBL", 1, "`NOE`", "`NAY`", "vote_code 'NAY' is none of AYE, NOE and ABS", "202520260SB9002" },
        { "LOCATION_CODE_TBL", 3, "`CX29`", "`CX29999`", "location_code has 7 characters instead of 6 at most", null },
        { "BILL_MOTION_TBL", 1, "147510", "147510.5", "motion_id is no whole number: '147510.5'", null },
    };

    [Theory, MemberData(nameof(DamagedRows))]
    public void A_damaged_row_is_reported_with_file_line_and_reason_and_stops_its_own_bill_only(string table, int line, string whole, string damaged, string reason, string? stops)
    {
        string[] all = ["202520260AB9001", "202520260ACR9003", "202520260SB9002", "202520261AB2"];
        folder.With(table, text =>
        {
            var lines = text.Split('\n');
            Assert.Contains(whole, lines[line - 1], StringComparison.Ordinal);
            var at = lines[line - 1].IndexOf(whole, StringComparison.Ordinal);
            lines[line - 1] = lines[line - 1][..at] + damaged + lines[line - 1][(at + whole.Length)..];
            return string.Join('\n', lines);
        });

        var (bills, refusedRows, refused) = Read(folder.Path);

        Assert.Equal([new RefusedRow($"{table}.dat", line, reason)], refusedRows);
        Assert.Equal(1, refused);
        Assert.Equal(all.Where(id => id != stops && !(stops is null && table == "BILL_TBL" && id == all[0])), bills.Select(b => b.Number.Id.Value));
    }

    /// <summary>What is done to the files, and what is said instead of an import.</summary>
    public static TheoryData<string, Action<string>, string> NotExtracts => new()
    {
        { "a table is missing", path => File.Delete(Table(path, "BILL_HISTORY_TBL")), "BILL_HISTORY_TBL.dat is missing." },
        { "an empty folder", path => Array.ForEach(Directory.GetFiles(path), File.Delete), "BILL_TBL.dat, BILL_VERSION_TBL.dat, BILL_VERSION_AUTHORS_TBL.dat, BILL_HISTORY_TBL.dat are missing." },
        { "no bills", path => File.WriteAllText(Table(path, "BILL_TBL"), ""), "BILL_TBL.dat is empty" },
        { "other text", path => File.WriteAllText(Table(path, "BILL_TBL"), "Dear member,\nthe board meets on Friday.\n"), "none of its 2 lines is a row of that table: it has 1 fields instead of 19." },
        { "a page of the web", path => File.WriteAllText(Table(path, "BILL_HISTORY_TBL"), "<!doctype html>\n<title>404</title>\n"), "BILL_HISTORY_TBL.dat is not the Legislature's" },
        { "cut in a text", path => Cut(path, "BILL_HISTORY_TBL", 12), "BILL_HISTORY_TBL.dat breaks off in line 21." },
        { "cut in a date", path => Cut(path, "BILL_VERSION_TBL", 5), "BILL_VERSION_TBL.dat breaks off in line 6." },
        { "cut in a NULL", path => Cut(path, "BILL_TBL", 0, "NUL"), "BILL_TBL.dat breaks off in line 4." },
        { "Windows-1252", path => Bytes(path, "BILL_VERSION_AUTHORS_TBL", text => Encoding.Latin1.GetBytes(text)), "BILL_VERSION_AUTHORS_TBL.dat, line 2: this is not UTF-8" },
        { "UTF-16", path => Bytes(path, "BILL_TBL", text => Encoding.Unicode.GetBytes(text)), "BILL_TBL.dat, line 1: this is a binary file or UTF-16" },
        { "a picture", path => File.WriteAllBytes(Table(path, "BILL_TBL"), [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), "BILL_TBL.dat, line 1: this is not UTF-8" },
        { "nothing but noughts", path => File.WriteAllBytes(Table(path, "BILL_TBL"), new byte[500]), "BILL_TBL.dat, line 1: this is a binary file or UTF-16" },
        { "a link to elsewhere", Link, "BILL_TBL.dat is a link." },
        { "a table twice", path => File.Copy(Table(path, "BILL_TBL"), Path.Combine(path, "bill_tbl.dat")), "is there twice." },
        { "a line without an end", path => File.WriteAllText(Table(path, "BILL_TBL"), new string('x', 1_001)), "BILL_TBL.dat, line 1: it is longer than 1000 bytes." },
        { "too many lines", path => File.WriteAllText(Table(path, "BILL_TBL"), string.Concat(Enumerable.Repeat("x\n", 31))), "BILL_TBL.dat is larger than any extract" },
        { "too many bytes", path => File.WriteAllText(Table(path, "BILL_TBL"), string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 21))), "BILL_TBL.dat is larger than any extract" },
    };

    [Theory, MemberData(nameof(NotExtracts))]
    public void What_is_no_extract_is_refused_whole_and_says_why(string what, Action<string> damage, string reason)
    {
        Assert.NotEmpty(what);
        damage(folder.Path);

        Assert.Contains(reason, RefusalOf(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_the_greatest_length_and_the_greatest_number_of_lines_are_taken()
    {
        folder.With("BILL_TBL", text => text + string.Concat(Enumerable.Repeat(new string('x', 500) + "\n", 25)) + new string('x', 999) + "\n");

        Assert.Equal(26, ExtractReader.Read(folder.Path, NothingKnown, Small).RefusedCount);
    }

    [Fact]
    public void A_path_that_leads_nowhere_or_to_another_file_is_refused()
    {
        Assert.Contains("There is nothing at", RefusalOf(Path.Combine(folder.Path, "gone")), StringComparison.Ordinal);
        Assert.Contains("is no zip, or a damaged one", RefusalOf(folder["BILL_TBL"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../BILL_TBL.dat")]
    [InlineData("/etc/cron.d/hub")]
    [InlineData("a\\..\\..\\BILL_TBL.dat")]
    [InlineData("C:\\BILL_TBL.dat")]
    public void A_zip_that_names_files_outside_itself_is_refused(string name) =>
        Assert.Contains("names files outside itself", RefusalOf(folder.Zip("", (name, "x"))), StringComparison.Ordinal);

    [Fact]
    public void A_zip_with_a_table_twice_or_too_many_files_is_refused()
    {
        Assert.Contains("is there twice", RefusalOf(folder.Zip("", ("other/BILL_TBL.dat", "x"))), StringComparison.Ordinal);
        File.Delete(Path.Combine(folder.Path, "extract.zip"));
        Assert.Contains("more than 12 files", RefusalOf(folder.Zip("", ("1.lob", ""), ("2.lob", ""), ("3.lob", ""), ("4.lob", ""))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_unpacks_to_more_than_any_extract_is_refused_before_it_is_unpacked()
    {
        File.WriteAllText(folder["BILL_TBL"], string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 5_000)));

        Assert.Contains("BILL_TBL.dat is larger than any extract", RefusalOf(folder.Zip()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_lies_about_its_sizes_is_refused()
    {
        File.WriteAllText(folder["BILL_TBL"], string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 5_000)));
        var zip = folder.Zip();
        var bytes = File.ReadAllBytes(zip);
        // The size 5,000,000 as the zip's headers hold it becomes 500.
        var (real, lie) = (BitConverter.GetBytes(5_000_000), BitConverter.GetBytes(500));
        for (var at = bytes.AsSpan().IndexOf(real); at >= 0; at = bytes.AsSpan().IndexOf(real))
            lie.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(zip, bytes);

        Assert.Contains("BILL_TBL.dat is not what the zip says it holds.", RefusalOf(zip), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_was_cut_or_damaged_is_refused()
    {
        var bytes = File.ReadAllBytes(folder.Zip());
        var file = Path.Combine(folder.Path, "cut.zip");

        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        Assert.Contains("is no zip, or a damaged one", RefusalOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_in_which_a_single_letter_was_damaged_is_refused()
    {
        var file = folder.Zip(CompressionLevel.NoCompression);
        Assert.Equal(4, Read(file).Bills.Length);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf("`Street trees"u8) + 1] = (byte)'s';
        File.WriteAllBytes(file, bytes);

        Assert.Contains("BILL_VERSION_TBL.dat is not what the zip says it holds.", RefusalOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Legislatures_own_extract_of_2025_is_read_whole()
    {
        var shared = Shared("pubinfo_20250310");

        var (bills, refusedRows, refused) = Read(shared);

        Assert.Empty(refusedRows);
        Assert.Equal((2_546, 0), (bills.Length, refused));
        Assert.Equal(7_792, bills.Sum(b => b.History!.Value.Length));
        Assert.Equal((130, 4_372), (bills.Sum(b => b.RollCalls?.Length ?? 0), bills.SelectMany(b => b.RollCalls ?? []).Sum(r => r.Votes!.Value.Length)));
        Assert.All(bills, bill => Assert.False(bill.Authors!.Value.IsEmpty));
        Assert.All(bills, bill => Assert.True(bill.Committees!.Value.All(c => c.House is "Assembly" or "Senate")));
    }

    [Fact]
    public void The_Legislatures_later_extract_of_two_bills_is_read_without_votes_and_names()
    {
        var (bills, _, refused) = Read(Shared("pubinfo_later_two_bills"));

        Assert.Equal(0, refused);
        Assert.Equal(["AB 1656", "AB 831"], bills.Select(b => b.Number.ToString()));
        Assert.Equal(("Gambling: operation of a contest or sweepstakes.", 6, 37), (bills[1].Subject, bills[1].Versions!.Value.Length, bills[1].History!.Value.Length));
        Assert.Null(bills[1].RollCalls);
        Assert.Null(bills[1].Committees);
    }

    private static Extract Read(string path) => ExtractReader.Read(path, NothingKnown, ExtractLimits.Default);

    private static string RefusalOf(string path) =>
        Assert.Throws<NotAnExtractException>(() => ExtractReader.Read(path, NothingKnown, Small)).Message;

    private static string Shared(string extract)
    {
        if (Repository.Shared("data", extract) is { } path)
            return path;
        Assert.Skip($"../shared/data/{extract} is absent.");
        return "";
    }

    private static string Table(string path, string table) => Path.Combine(path, $"{table}.dat");

    private static void Cut(string path, string table, int bytes, string? instead = null)
    {
        var whole = File.ReadAllText(Table(path, table));
        File.WriteAllText(Table(path, table), instead is null ? whole[..^(bytes + 1)] : whole.TrimEnd('\n')[..^4] + instead);
    }

    private static void Bytes(string path, string table, Func<string, byte[]> encode) =>
        File.WriteAllBytes(Table(path, table), encode(File.ReadAllText(Table(path, table))));

    private static void Link(string path)
    {
        File.Move(Table(path, "BILL_TBL"), Path.Combine(path, "elsewhere"));
        File.CreateSymbolicLink(Table(path, "BILL_TBL"), Path.Combine(path, "elsewhere"));
    }

    /// <summary>Compared as the log would write them: records don't compare their lists.</summary>
    private static void AssertSame(BillObservation expected, BillObservation actual) =>
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(expected, Kernel.Kinds.Json), System.Text.Json.JsonSerializer.Serialize(actual, Kernel.Kinds.Json));
}
