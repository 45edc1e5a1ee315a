using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;

namespace CalCities.Collab.Bench;

/// <summary>A demonstration (or what its settings say) as a process of its own, in a new folder, on SQLite, with the workstation's garbage collector; it tells how much memory it holds.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("collab-bench-").FullName;
    private readonly string pipe;
    private readonly Process process;

    private MeasuredHost(string[] settings)
    {
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
        pipe = Path.Combine(folder, "memory");
        // The host as the build made it, in the same configuration as this program.
        var program = Path.Combine(Repository.Root, "src", "CalCities.Collab.Web", "bin",
            Path.GetRelativePath(Path.Combine(Repository.Root, "bench", "CalCities.Collab.Bench", "bin"), AppContext.BaseDirectory), "CalCities.Collab.Web.dll");
        process = Process.Start(new ProcessStartInfo("dotnet",
            [program, "--urls", Address.ToString(), "--Limits:WritingPerMinute=1000000", "--Limits:OrdinaryPerMinute=1000000", .. settings])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.PipeSetting] = pipe,
            },
        })!;
        // Read and let go, so that the report stands alone; errors are shown.
        process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    /// <summary>Processor time spent so far, over all processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it is ready and its demonstration (if settings name no other database) is filled.</summary>
    public static async Task<MeasuredHost> Start(params string[] settings)
    {
        var host = new MeasuredHost(settings);
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
            {
                if (host.process.HasExited || Stopwatch.GetElapsedTime(since) > StartLimit)
                    throw new InvalidOperationException("The host did not start.");
                try
                {
                    using var answer = await http.GetAsync(new Uri(host.Address, "/health/ready"));
                    if (answer.StatusCode == HttpStatusCode.OK)
                        return host;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // It does not listen yet.
                }
            }
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Bytes after a full, compacting collection: what is alive on the managed heap, and the whole working set.</summary>
    public async Task<(long Heap, long WorkingSet)> Memory()
    {
        await using var ask = new NamedPipeClientStream(".", pipe, PipeDirection.In, PipeOptions.Asynchronous);
        await ask.ConnectAsync(10_000);
        using var answer = new StreamReader(ask);
        var heap = long.Parse((await answer.ReadLineAsync())!, CultureInfo.InvariantCulture);
        process.Refresh();
        return (heap, process.WorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
