using System.Text;

namespace CalCities.Collab.Rosters;

public sealed class RosterFileTests
{
    public static TheoryData<string, string> Bad => new()
    {
        { "", "Line 1: The file is empty. Its first line names the columns: email, name, office, city, duty, body, group, role, appointer, term, alternate_for, member." },
        { "email,offce\n", "Line 1, column offce: There is no such column. Did you mean office? The columns are email, name, office, city, duty, body, group, role, appointer, term, alternate_for, member." },
        { "email,email\n", "Line 1, column email: This column stands here twice. Keep one." },
        { "name,office\n", "Line 1: People are known by a column email (or member). Add one." },
        { "email,office\na@b.example,Mayor\nc@d.example,Mayor,Davis\n", "Line 3: There are 3 fields here and 2 columns. A field that holds a comma stands between quotes." },
        { "email,office\na@b.example,\"Mayor\n", "Line 2: This line can't be read: a quote stands in it that is not closed, or not doubled. Put the field between quotes, and write a quote within it twice." },
    };

    [Theory, MemberData(nameof(Bad))]
    public void What_is_no_table_is_told_by_line_and_column_with_what_would_work(string text, string problem)
    {
        var (lines, problems) = RosterFile.Read(text);

        Assert.Empty(lines);
        Assert.Equal([problem], problems.Select(one => one.ToString()));
    }

    [Fact]
    public void A_file_is_read_whatever_marks_its_beginning_its_line_ends_and_empty_lines()
    {
        var (lines, problems) = RosterFile.Read("\uFEFFEmail, Office \r\n\r\na@b.example,\"Mayor, of all\"\r\n,\r\nc@d.example, Clerk \r\n");

        Assert.Empty(problems);
        Assert.Equal([(3, "a@b.example", "Mayor, of all"), (5, "c@d.example", "Clerk")], lines.Select(line => (line.Line, line["email"], line["office"])));
        Assert.Equal("", lines[0]["city"]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void A_field_that_a_spreadsheet_would_take_for_a_formula_is_guarded_and_read_back_as_it_was(string field)
    {
        var text = RosterFile.Write([new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "a@b.example", ["office"] = field }]);

        Assert.Contains($"'{field.Replace("\"", "\"\"", StringComparison.Ordinal)}", text, StringComparison.Ordinal);
        Assert.Equal(field, RosterFile.Read(text).Lines.Single()["office"]);
    }

    [Fact]
    public void The_most_rows_are_read_and_one_more_is_refused()
    {
        var rows = new StringBuilder("email\n");
        for (var i = 0; i < RosterFile.MaxRows; i++)
            rows.Append("a@b.example\n");

        Assert.Equal(RosterFile.MaxRows, RosterFile.Read(rows.ToString()).Lines.Length);
        Assert.Equal([$"Line {RosterFile.MaxRows + 2}: A file has 30,000 rows at most. Divide it by groups."], RosterFile.Read(rows.Append("a@b.example\n").ToString()).Problems.Select(one => one.ToString()));
    }
}
