using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.Admin;

/// <summary>The program's own commands: each does one thing with the database that the settings name, and ends. Its last line is its summary as JSON.</summary>
public static class ProgramCommands
{
    private static readonly ProgramCommand[] All =
    [
        new("import", "<folder or zip of the Legislature's extract>", ImportCommand.Run),
        new("verify", null, (builder, _) => KeepingCommands.Verify(builder)),
        new("backup", "<new file>", KeepingCommands.BackUp),
        new("restore", "<file that backup made>", KeepingCommands.Restore),
    ];

    /// <summary>Runs the command that the arguments begin with. 0: done; 1: refused input, no database, or a fault found; 2: wrong use; null: they begin with none, so a host is meant.</summary>
    public static async Task<int?> Run(string[] args) =>
        All.FirstOrDefault(command => command.Name == args.FirstOrDefault()) is { } asked ? await Run(asked, args[1..]) : null;

    private static async Task<int> Run(ProgramCommand command, string[] args)
    {
        var given = command.Takes is null ? 0 : 1;
        if (args.Length < given || args.Take(given).Any(path => path.Length == 0 || IsSetting(path)) || args.Length > given && !IsSetting(args[given]))
        {
            await Console.Error.WriteLineAsync($"Use: {command.Name} {command.Takes}{(given > 0 ? " " : "")}[--ConnectionStrings:Hub=<database>]");
            return 2;
        }

        try
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args[given..], ContentRootPath = AppContext.BaseDirectory });
            // What it prints is for people and programs; what goes wrong inside goes to the other stream.
            builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Services.PostConfigure<LoggerFilterOptions>(filter =>
            {
                filter.Rules.Clear();
                filter.MinLevel = LogLevel.Error;
                // A silo that ends tells of messages that it no longer passes on; what fails is told by the command itself.
                filter.Rules.Add(new LoggerFilterRule(null, "Orleans", LogLevel.Critical, null));
            });
            return await command.Work(builder, args.FirstOrDefault() ?? "");
        }
        catch (Exception refusal) when (refusal is HubDatabaseException or ArchiveException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    /// <summary>A command, what it takes (null: nothing but settings), and what it does with that.</summary>
    private sealed record ProgramCommand(string Name, string? Takes, Func<HostApplicationBuilder, string, Task<int>> Work);
}
