using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalCities.Collab;

/// <summary>The program's command "import", as whoever runs it meets it.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly string Extract = Path.Combine(Repository.Root, "tests", "CalCities.Collab.Grains.Tests", "Bills", "extract");

    private readonly string folder = Directory.CreateTempSubdirectory("collab-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_import_ends_with_its_figures_and_the_same_again_changes_nothing()
    {
        var (code, output, errors) = await HostProcess.RunToEnd(folder, "import", Extract);
        Assert.Equal(("", 0), (errors, code));
        Assert.Equal((4, 4, 0, 0, 0), Figures(output));
        Assert.True(File.Exists(Path.Combine(folder, "data", "collab.db")));

        (code, output, errors) = await HostProcess.RunToEnd(folder, "import", Extract);
        Assert.Equal(("", 0), (errors, code));
        Assert.Equal((4, 0, 0, 4, 0), Figures(output));
        Assert.Contains("\"events\":0,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_row_is_told_with_file_line_and_reason_while_the_rest_comes_in()
    {
        foreach (var file in Directory.EnumerateFiles(Extract, "*.dat"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var bills = Path.Combine(folder, "BILL_TBL.dat");
        await File.WriteAllTextAsync(bills, (await File.ReadAllTextAsync(bills, TestContext.Current.CancellationToken)).Replace("\t9001\t", "\tmany\t", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, output, errors) = await HostProcess.RunToEnd(folder, "import", folder);

        Assert.Equal(("Not taken: BILL_TBL.dat, line 1: measure_num is no whole number: 'many'.\n", 0), (errors, code));
        Assert.Equal((3, 3, 0, 0, 1), Figures(output));
    }

    [Fact]
    public async Task An_import_killed_halfway_goes_on_where_it_was_and_nothing_is_doubled()
    {
        const int bills = 1_500;
        const int eventsOfEach = 8;
        var many = Directory.CreateDirectory(Path.Combine(folder, "many")).FullName;
        foreach (var table in new[] { "BILL_TBL", "BILL_VERSION_TBL", "BILL_VERSION_AUTHORS_TBL", "BILL_HISTORY_TBL", "LOCATION_CODE_TBL" })
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Extract, $"{table}.dat"), TestContext.Current.CancellationToken);
            // The one bill AB 9001 becomes many.
            await File.WriteAllLinesAsync(Path.Combine(many, $"{table}.dat"), table == "LOCATION_CODE_TBL" ? lines
                : Enumerable.Range(1, bills).SelectMany(n => lines.Where(line => line.Contains("AB9001", StringComparison.Ordinal))
                    .Select(line => line.Replace("9001", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))), TestContext.Current.CancellationToken);
        }

        using (var import = HostProcess.Program(folder, ["import", many]))
        {
            import.Start();
            var log = new FileInfo(Path.Combine(folder, "data", "collab.db-wal"));
            using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!import.HasExited && (!log.Exists || log.Length < 500_000))
            {
                await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                log.Refresh();
            }

            import.Kill();
            await import.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (code, output, errors) = await HostProcess.RunToEnd(folder, "import", many);
        Assert.Equal(("", 0), (errors, code));
        var (_, fresh, _, before, _) = Figures(output);
        Assert.Equal((bills, fresh, 0, bills - fresh, 0), Figures(output));
        Assert.True(before > 0 && fresh > 0, $"It was killed too late or too early: {output}");
        Assert.Contains($"\"events\":{fresh * eventsOfEach},", output, StringComparison.Ordinal);

        (_, output, _) = await HostProcess.RunToEnd(folder, "import", many);
        Assert.Equal((bills, 0, 0, bills, 0), Figures(output));
    }

    [Fact]
    public async Task What_is_no_extract_is_refused_with_a_sentence_and_wrong_use_with_how_to_use_it()
    {
        var (code, output, errors) = await HostProcess.RunToEnd(folder, "import", folder);
        Assert.Equal((1, ""), (code, output));
        Assert.Matches(new Regex(@"\ANothing was imported\. .+BILL_TBL\.dat.+ are missing\.\n\z", RegexOptions.CultureInvariant), errors);

        foreach (var wrong in new string[][] { ["import"], ["import", "--help"], ["import", "a", "b"] })
        {
            (code, output, errors) = await HostProcess.RunToEnd(folder, wrong);
            Assert.Equal((2, "", "Use: import <folder or zip of the Legislature's extract> [--ConnectionStrings:Hub=<database>]\n"), (code, output, errors));
        }
    }

    private static (int Bills, int New, int Changed, int Unchanged, int Refused) Figures(string output)
    {
        var last = output.TrimEnd('\n').Split('\n')[^1];
        Assert.Matches("""\A\{"bills":\d+,"new":\d+,"changed":\d+,"unchanged":\d+,"events":\d+,"refused":\d+,"seconds":[\d.]+\}\z""", last);
        using var figures = JsonDocument.Parse(last);
        int Of(string name) => figures.RootElement.GetProperty(name).GetInt32();
        return (Of("bills"), Of("new"), Of("changed"), Of("unchanged"), Of("refused"));
    }
}
