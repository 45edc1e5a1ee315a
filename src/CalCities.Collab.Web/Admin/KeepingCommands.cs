using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.Admin;

/// <summary>The program's commands "verify", "backup" and "restore": no host, only the database.</summary>
internal static class KeepingCommands
{
    public static Task<int> Verify(HostApplicationBuilder builder) => Run(builder, "Nothing was changed.", async (keeper, cancel) =>
    {
        var found = await keeper.Verify(cancel);
        if (found.FirstFault is null)
            Say($"The log is whole: {found.Events:N0} events of {found.Streams:N0} streams. Lists compared with what it makes of them: {found.Lists}.");
        else
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{found.FirstFault} Faults found in all: {found.Faults:N0}."));
        Tell(new { events = found.Events, streams = found.Streams, head = found.Head, lists = found.Lists, faults = found.Faults, seconds = found.Seconds });
        return found.Faults == 0 ? 0 : 1;
    });

    public static Task<int> BackUp(HostApplicationBuilder builder, string file) => Run(builder, "No archive was made.", async (keeper, cancel) =>
    {
        var made = await keeper.BackUp(file, cancel);
        Say($"{file} holds all of the hub: {made.Events:N0} events, drafts and read marks, and the keys that sign people in. Keep it where nobody else can read it.");
        Tell(new { events = made.Events, rows = made.Rows, bytes = made.Bytes, seconds = made.Seconds });
        return 0;
    });

    public static Task<int> Restore(HostApplicationBuilder builder, string file) => Run(builder, "Nothing was restored.", async (keeper, cancel) =>
    {
        var restored = await keeper.Restore(file, cancel);
        Say($"The hub stands as it did on {restored.Made:yyyy-MM-dd} at {restored.Made:HH:mm:ss} UTC. It makes its lists anew when it starts.");
        Tell(new { events = restored.Events, rows = restored.Rows, bytes = restored.Bytes, seconds = restored.Seconds });
        return 0;
    });

    /// <summary>Runs until it is done or asked to end (Ctrl-C, SIGTERM); what is cut off leaves nothing behind.</summary>
    private static async Task<int> Run(HostApplicationBuilder builder, string ifStopped, Func<HubKeeper, CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await work(new HubKeeper(HubDatabaseSetting.From(builder.Configuration), TimeProvider.System), stop.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. {ifStopped}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static void Say(FormattableString sentence) => Console.Out.WriteLine(sentence.ToString(CultureInfo.InvariantCulture));

    private static void Tell<TSummary>(TSummary summary) => Console.Out.WriteLine(JsonSerializer.Serialize(summary));
}
