using System.Globalization;
using System.Text.Json;
using CalCities.Collab.Api;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;

namespace CalCities.Collab;

/// <summary>The program's commands "verify", "backup" and "restore", as whoever runs them meets them.</summary>
public sealed class KeepingTests : IDisposable
{
    private static readonly string[] Posts = ["Who pays for the bins?", "Rates:\n\\N\tfollow costs — “ä” 🗳️", "Noted."];

    private readonly string folder = Directory.CreateTempSubdirectory("collab-keeping-").FullName;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_hub_that_was_killed_is_backed_up_and_goes_on_with_every_post_from_its_archive_elsewhere(string elsewhere)
    {
        var archive = Path.Combine(folder, "hub.zip");
        await using var host = await HostProcess.Start(null, DemonstrationHub.NoLimits);
        var thread = await DemonstrationHub.OpenThread(host.Address, "Bins");
        var member = await HubSession.SignIn(host.Address, "eq-member-02");
        await using (var client = await member.Connect(Ending))
        {
            foreach (var (i, body) in Posts.Index())
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"post-{i}");
                var answer = await client.Execute(thread.Stream, id, new ThreadCommand.Post(new PostId(id), null, null, Stance.None, body, []), Ending);
                Assert.Equal(ExecuteAnswer.Recorded, answer.Outcome);
            }
        }

        var running = await HostProcess.RunToEnd(host.Folder, "backup", archive);
        Assert.Equal((1, "", false), (running.Code, running.Output, File.Exists(archive)));
        Assert.Matches(@"\AAnother program has the database .+\n\z", running.Errors);
        await host.Kill();

        var checkedThere = await Done(host.Folder, ["verify"], "events", "streams", "head", "lists", "faults", "seconds");
        var backedUp = await Done(host.Folder, ["backup", archive], "events", "rows", "bytes", "seconds");
        await using var other = await HubDatabase.On(elsewhere);
        var restored = await Done(folder, ["restore", archive, $"--ConnectionStrings:Hub={other.ConnectionString}"], "events", "rows", "bytes", "seconds");
        var checkedHere = await Done(folder, ["verify", $"--ConnectionStrings:Hub={other.ConnectionString}"], "events", "streams", "head", "lists", "faults", "seconds");
        Assert.Equal(checkedThere["events"], backedUp["events"]);
        Assert.Equal((backedUp["events"], backedUp["rows"], backedUp["bytes"]), (restored["events"], restored["rows"], restored["bytes"]));
        Assert.Equal((restored["events"], checkedThere["streams"], 0), (checkedHere["events"], checkedHere["streams"], checkedHere["faults"]));

        await using var next = await HostProcess.Start(other, [.. DemonstrationHub.NoLimits, "--Demo:Enabled=true"]);
        // The keys came along: whoever was signed in still is.
        await using var reader = await member.ConnectTo(next.Address, Ending);
        var read = new List<string>();
        await foreach (var message in reader.Follow(thread.Stream, 0, Ending))
        {
            if (message.Type is TopicMessage.CurrentType)
            {
                break;
            }

            if (message.Event is { Kind: "threads.posted.v1" } posted)
            {
                read.Add(posted.Body.GetProperty("body").GetString()!);
            }
        }

        Assert.Equal(Posts, read);
    }

    [Fact]
    public async Task Wrong_use_is_told_how_to_use_it_and_what_is_not_there_is_refused_with_a_sentence()
    {
        foreach (var (wrong, usage) in new (string[], string)[]
        {
            (["verify", "all"], "verify [--ConnectionStrings:Hub=<database>]"),
            (["backup"], "backup <new file> [--ConnectionStrings:Hub=<database>]"),
            (["backup", "a", "b"], "backup <new file> [--ConnectionStrings:Hub=<database>]"),
            (["restore", "--help"], "restore <file that backup made> [--ConnectionStrings:Hub=<database>]"),
        })
        {
            Assert.Equal((2, "", $"Use: {usage}\n"), await HostProcess.RunToEnd(folder, wrong));
        }

        foreach (var asked in new string[][] { ["verify"], ["backup", "a.zip"], ["restore", "a.zip"] })
        {
            var (code, output, errors) = await HostProcess.RunToEnd(folder, asked);
            Assert.Equal((1, ""), (code, output));
            Assert.Matches(@"\A[A-Z].+\.\n\z", errors);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    /// <summary>Runs a command that succeeds; the figures of its last line.</summary>
    private static async Task<Dictionary<string, double>> Done(string from, string[] command, params string[] figures)
    {
        var (code, output, errors) = await HostProcess.RunToEnd(from, command);
        Assert.Equal((0, ""), (code, errors));
        var told = JsonSerializer.Deserialize<Dictionary<string, double>>(output.TrimEnd('\n').Split('\n')[^1])!;
        Assert.Equal(figures, told.Keys);
        return told;
    }
}
