using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A stream's commands, read from the index alone: a command's events follow each other, so its last part tells where it ended.</summary>
internal static class StoredCommands
{
    public const string Sql = "select command, part, version, position, fingerprint from commands where stream = @stream order by command, part";

    public static async Task<ImmutableArray<StoredCommand>> Of(DbConnection connection, StreamId stream)
    {
        var commands = ImmutableArray.CreateBuilder<StoredCommand>();
        foreach (var (command, part, version, position, fingerprint) in await connection.QueryAsync<(string, int, long, long, byte[])>(Sql, new { stream = stream.ToString() }))
        {
            if (part == 0)
                commands.Add(new StoredCommand(new CommandId(command), version, position, fingerprint));
            else
                commands[^1] = commands[^1] with { Version = version, Position = position };
        }

        return commands.DrainToImmutable();
    }
}
