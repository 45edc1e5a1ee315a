using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CalCities.Collab.Bills;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.Admin;

/// <summary>The program's command "import &lt;folder or zip&gt;": a host without HTTP that brings the Legislature's extract in and ends.</summary>
internal static class ImportCommand
{
    /// <summary>More than this nobody reads on a screen; the summary counts them all.</summary>
    private const int MaxRowsShown = 100;

    public static async Task<int> Run(HostApplicationBuilder builder, string path)
    {
        // Beside a running host on PostgreSQL it joins as one more, on a port of its own.
        builder.Configuration["Cluster:SiloPort"] = FreePort().ToString(CultureInfo.InvariantCulture);
        builder.AddEventLog();
        builder.AddCluster();
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            return await Import(host.Services, path);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static async Task<int> Import(IServiceProvider services, string path)
    {
        var bar = new ProgressBar();
        ImportResult result;
        try
        {
            result = await BillImport.Of(services).Run(path, bar.Show, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            bar.End();
            await Console.Error.WriteLineAsync("Stopped. What was told to bills is recorded; import again and it goes on from there.");
            return 1;
        }
        catch (TimeoutException late)
        {
            bar.End();
            await Console.Error.WriteLineAsync(late.Message);
            return 1;
        }

        bar.End();
        if (result.NotAnExtract is { } reason)
        {
            await Console.Error.WriteLineAsync($"Nothing was imported. {reason}");
            return 1;
        }

        foreach (var row in result.Rows.Take(MaxRowsShown))
            await Console.Error.WriteLineAsync($"Not taken: {row}.");
        if (result.Refused > Math.Min(result.Rows.Length, MaxRowsShown))
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {result.Refused - Math.Min(result.Rows.Length, MaxRowsShown)} more."));
        await services.GetRequiredService<IAudit>().Note("import", AuditActions.Imported,
            string.Create(CultureInfo.InvariantCulture, $"{result.Bills} bills: {result.New} new, {result.Changed} changed, {result.Refused} rows not taken."));
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new
        {
            bills = result.Bills,
            @new = result.New,
            changed = result.Changed,
            unchanged = result.Unchanged,
            events = result.Events,
            refused = result.Refused,
            seconds = result.Seconds,
        }));
        return 0;
    }

    /// <summary>One line that is drawn over itself, on a terminal only.</summary>
    private sealed class ProgressBar
    {
        private const int Width = 30;

        private readonly bool isTerminal = !Console.IsErrorRedirected;
        private readonly Lock guard = new();
        private string drawn = "";

        public void Show(ImportProgress progress)
        {
            if (!isTerminal)
                return;
            var done = progress.Of == 0 ? Width : progress.Done * Width / progress.Of;
            var line = string.Create(CultureInfo.InvariantCulture, $"{progress.Doing,-13} [{new string('#', done)}{new string('.', Width - done)}] {100L * progress.Done / Math.Max(progress.Of, 1),3} %");
            lock (guard)
            {
                if (line == drawn)
                    return;
                drawn = line;
                Console.Error.Write($"\r{line}");
            }
        }

        public void End()
        {
            if (drawn.Length > 0)
                Console.Error.WriteLine();
        }
    }
}
