using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CalCities.Collab;

/// <summary>The built host as a process of its own, called from an empty folder, in Production, on loopback ports that it keeps over restarts.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    /// <summary>A first start makes tables and fills the demonstration, on two cores that a browser and a database share.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    // Below the range from which the system takes ports for outgoing connections, so that a port is still free after a restart.
    private const int FirstPort = 15_000;
    private const int LastPort = 19_999;

    // The host as the build made it, in the tests' own configuration (bin/Release/net10.0).
    private static readonly string WebDll = Path.Combine(
        Repository.Root, "src", "CalCities.Collab.Web", "bin",
        Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "CalCities.Collab.EndToEnd.Tests", "bin"), AppContext.BaseDirectory),
        "CalCities.Collab.Web.dll");

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly ConcurrentDictionary<int, bool> TakenPorts = new();
    private static readonly ConcurrentDictionary<HostProcess, bool> Running = new();

    private readonly ConcurrentQueue<string> output = new();
    private readonly string[] arguments;
    private Process? process;

    // A run that is cut off (Ctrl-C, a time limit) leaves no host behind.
    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var host in Running.Keys)
        {
            host.process?.Kill();
        }
    };

    private HostProcess(HubDatabase? database, IEnumerable<string> settings)
    {
        Folder = Directory.CreateTempSubdirectory("collab-e2e-").FullName;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        arguments =
        [
            "--urls", Address.ToString(), $"--Cluster:SiloPort={FreePort()}", .. settings,
            .. database is null ? Array.Empty<string>() : [$"--ConnectionStrings:Hub={database.ConnectionString}"],
        ];
    }

    public Uri Address { get; }

    /// <summary>The folder that the host is called from; data/collab.db lies in it when the host has no connection string.</summary>
    public string Folder { get; }

    /// <summary>What the host printed, standard output and error, over all its starts.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>A host that is ready, on a database (none: the program's own default, with the demonstration); hosts that share a database make a cluster.</summary>
    /// <param name="settings">As on the command line: "--Demo:Enabled=true".</param>
    public static async Task<HostProcess> Start(HubDatabase? database, params IEnumerable<string> settings)
    {
        var host = Prepared(database, settings);
        try
        {
            await host.Start();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A host that has its address but is not started yet.</summary>
    public static HostProcess Prepared(HubDatabase? database, params IEnumerable<string> settings) => new(database, settings);

    /// <summary>Starts the program (again), on the same ports and database, and waits until it is ready.</summary>
    public async Task Start()
    {
        process?.Dispose();
        process = Program(Folder, arguments);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Running[this] = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Ready(process);
    }

    /// <summary>Kills the program with SIGKILL: nobody is told, nothing is tidied up.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        Running.TryRemove(this, out _);
    }

    /// <summary>Asks the program to end (SIGTERM) and waits for it; its exit code.</summary>
    public async Task<int> Stop()
    {
        using var ask = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await ask.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(StartLimit);
        Running.TryRemove(this, out _);
        return process.ExitCode;
    }

    /// <summary>Runs the program to its end, for its commands and for starts that are refused; its exit code and all it printed.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunToEnd(string folder, params IEnumerable<string> arguments)
    {
        using var program = Program(folder, arguments);
        program.Start();
        try
        {
            var texts = await Task.WhenAll(program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync()).WaitAsync(StartLimit);
            await program.WaitForExitAsync();
            return (program.ExitCode, texts[0], texts[1]);
        }
        finally
        {
            program.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill();
        }

        process?.Dispose();
        Directory.CreateDirectory(Repository.Artifacts("hosts"));
        await File.WriteAllTextAsync(Path.Combine(Repository.Artifacts("hosts"), $"{Address.Port}.log"),
            $"{TestContext.Current.Test?.TestDisplayName ?? "(between tests)"}\n{Output}\n");
        Directory.Delete(Folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }

    private async Task Ready(Process started)
    {
        var since = Stopwatch.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await poll.WaitForNextTickAsync())
        {
            if (started.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {started.ExitCode} instead of starting:\n{Output}");
            }

            if (Stopwatch.GetElapsedTime(since) > StartLimit)
            {
                throw new TimeoutException($"The host was not ready within {StartLimit}:\n{Output}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(Address, "/health/ready"));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet, or is too busy to answer: asked again until the limit.
            }
        }
    }

    /// <summary>The program, not started yet.</summary>
    internal static Process Program(string folder, IEnumerable<string> arguments) => new()
    {
        StartInfo = new ProcessStartInfo("dotnet", [WebDll, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        },
    };

    /// <summary>A port of this computer's that nobody listens at, and that no other host of these tests is given.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort + 1);
            if (!TakenPorts.TryAdd(port, true))
            {
                continue;
            }

            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program has it; it stays marked, and another is tried.
            }
        }
    }
}
