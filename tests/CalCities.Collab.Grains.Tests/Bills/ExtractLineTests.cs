using CsCheck;

namespace CalCities.Collab.Bills;

/// <summary>The row syntax, one quirk a case (LEGINFO §1.1); null is SQL's NULL.</summary>
public sealed class ExtractLineTests
{
    public static TheoryData<string, string?[]> Lines => new()
    {
        { "`AB`\t831\tNULL", ["AB", "831", null] },
        { "`NULL`\tNULL\t`\\\\N`\t\\N", ["NULL", null, "\\N", null] },
        { "``\t`a`", ["", "a"] },
        { "\t", ["", ""] },
        { "", [""] },
        { "`a\\nb\\tc\\rd\\\\e\\`f\\qg`", ["a\nb\tc\rd\\e`fqg"] },
        { "a\\tb\tc", ["a\tb", "c"] },
        { "`a\tb`\t1", ["a\tb", "1"] },
        { "`he said ``yes`` twice`\t1", ["he said `yes` twice", "1"] },
        { "````\t1", ["`", "1"] },
        { "`a`b`\t1", ["a`b", "1"] },
        { "it`s\t1", ["it`s", "1"] },
        { "`a\rb`\t1", ["a\rb", "1"] },
        { "`a`\r", ["a"] },
        { "NULL\r", [null] },
        { "`Assembly`\t2025-03-03 14:05:22\r", ["Assembly", "2025-03-03 14:05:22"] },
        { "`González\u00a0Limón`", ["González\u00a0Limón"] },
        { "`line\\\nfeed`", ["line\nfeed"] },
        { "NULLS\t`NULL`", ["NULLS", "NULL"] },
    };

    [Theory, MemberData(nameof(Lines))]
    public void A_line_is_split_as_the_official_loader_splits_it(string line, string?[] fields)
    {
        var (read, wrong) = ExtractLine.Read(line);

        Assert.Null(wrong);
        Assert.Equal(fields, read);
    }

    [Theory]
    [InlineData("`AB\t831", "field 1: its closing backtick is missing")]
    [InlineData("1\t`AB", "field 2: its closing backtick is missing")]
    [InlineData("`AB``\t1", "field 1: its closing backtick is missing")]
    [InlineData("1\t`AB\\", "field 2: it ends in a single backslash")]
    [InlineData("1\tAB\\", "field 2: it ends in a single backslash")]
    [InlineData("`A\\0B`", "field 1: it holds a control character")]
    [InlineData("\\0", "field 1: it holds a control character")]
    [InlineData("`A\\Z`", "field 1: it holds a control character")]
    [InlineData("`A\u001b[31m`", "field 1: it holds a control character")]
    public void A_damaged_line_says_in_which_field_and_why(string line, string reason) =>
        Assert.Equal(reason, ExtractLine.Read(line).Wrong);

    [Fact]
    public void Whatever_fields_are_written_the_same_are_read() =>
        Gen.String[Gen.Char["ab`\\\t\n\r NULé"], 0, 12].Null().Array[1, 8].Sample(fields =>
        {
            var (read, wrong) = ExtractLine.Read(Write(fields));
            Assert.Null(wrong);
            Assert.Equal(fields, read);
        });

    [Fact]
    public void Whatever_a_line_holds_reading_it_ends_in_fields_or_a_reason() =>
        Gen.String[Gen.Char["`\\\t\r NUL0Zx"], 0, 30].Sample(line =>
        {
            var (read, wrong) = ExtractLine.Read(line);
            Assert.True(wrong is not null || read.Length > 0);
        });

    /// <summary>As the Legislature's database writes: texts enclosed, what would be misread escaped.</summary>
    private static string Write(string?[] fields) => string.Join('\t', fields.Select(field => field is null ? "NULL"
        : $"`{field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "``", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}`"));
}
