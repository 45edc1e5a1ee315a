using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipes;

/// <summary>Runs inside the measured host: whoever connects to its pipe has it collect and hears how many bytes are left on the managed heap.</summary>
[SuppressMessage("Design", "MA0047", Justification = "DOTNET_STARTUP_HOOKS asks for this name, in no namespace.")]
internal static class StartupHook
{
    /// <summary>The environment variable that names the pipe.</summary>
    public const string PipeSetting = "COLLAB_BENCH_PIPE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PipeSetting) is { Length: > 0 } pipe)
            new Thread(() => Answer(pipe)) { IsBackground = true }.Start();
    }

    private static void Answer(string name)
    {
        while (true)
        {
            using var pipe = new NamedPipeServerStream(name, PipeDirection.Out);
            pipe.WaitForConnection();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            using var answer = new StreamWriter(pipe);
            answer.WriteLine(GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture));
        }
    }
}
