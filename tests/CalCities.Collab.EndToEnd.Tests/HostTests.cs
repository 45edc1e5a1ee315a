using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalCities.Collab;

/// <summary>The built program, as whoever runs it meets it.</summary>
public sealed class HostTests
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_built_host_runs_unpublished_in_Production_from_another_folder_and_keeps_its_data_there()
    {
        await using var host = await HostProcess.Start(null);

        Assert.True(File.Exists(Path.Combine(host.Folder, "data", "collab.db")));
        foreach (var path in new[] { "/health/live", "/health/ready", "/signin", "/hub.css", "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.css" })
        {
            using var answer = await Http.GetAsync(new Uri(host.Address, path), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }

        Assert.Equal(0, await host.Stop());
    }

    [Fact]
    public async Task A_second_process_on_the_same_SQLite_file_is_refused_with_a_sentence_and_the_first_goes_on()
    {
        await using var database = HubDatabase.OnSqlite();
        await using var first = await HostProcess.Start(database, "--Demo:Enabled=true");

        var (code, output, errors) = await HostProcess.RunToEnd(first.Folder, "--urls", "http://127.0.0.1:0", $"--ConnectionStrings:Hub={database.ConnectionString}");

        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        Assert.Matches(@"\A[^\n]*collab\.db[^\n]*\n\z", errors);
        using var answer = await Http.GetAsync(new Uri(first.Address, "/health/ready"), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_demonstration_that_others_could_reach_is_refused_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("collab-e2e-");
        try
        {
            var (code, output, errors) = await HostProcess.RunToEnd(folder.FullName, "--urls", "http://0.0.0.0:0");

            Assert.Equal((1, ""), (code, output));
            Assert.Matches(@"\A[^\n]*this computer only[^\n]*\n\z", errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_database_that_is_none_is_refused_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("collab-e2e-");
        try
        {
            var (code, output, errors) = await HostProcess.RunToEnd(folder.FullName, "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Hub=nonsense");

            Assert.Equal((1, ""), (code, output));
            Assert.Matches(@"\A[^\n]*ConnectionStrings:Hub[^\n]*\n\z", errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What docker/Dockerfile has the container run, run here.</summary>
    [Fact]
    public async Task The_health_check_of_the_image_passes_on_a_host_that_is_ready_and_fails_where_none_is()
    {
        await using var host = await HostProcess.Start(null);
        var command = JsonSerializer.Deserialize<string[]>(Regex.Match(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docker", "Dockerfile"), Cancel),
            @"HEALTHCHECK.*\\\n\s*CMD (\[.*\])", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value)!;

        Assert.Equal(0, await Check(host.Address.Port));
        await host.Kill();
        Assert.Equal(1, await Check(host.Address.Port));

        async Task<int> Check(int port)
        {
            using var check = Process.Start(new ProcessStartInfo(command[0], command[1..].Select(word => word.Replace("/8080", $"/{port}", StringComparison.Ordinal)))
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            await check.WaitForExitAsync(Cancel);
            return check.ExitCode;
        }
    }
}
