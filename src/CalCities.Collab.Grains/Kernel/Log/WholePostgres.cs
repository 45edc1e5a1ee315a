using System.Data.Common;
using Dapper;
using Npgsql;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A hub's tables in PostgreSQL, over one connection of its own. Read beside running hosts; filled only while there are none.</summary>
internal sealed class WholePostgres : WholeDatabase
{
    /// <summary>A host says every 30 seconds that it is alive; one that was killed is believed gone after this.</summary>
    private const int SilentSeconds = 90;

    private readonly NpgsqlConnection connection;

    private WholePostgres(NpgsqlConnection connection) => this.connection = connection;

    public override DbConnection Log => connection;

    public override bool IsPostgres => true;

    protected override DbConnection State => connection;

    public static async Task<WholePostgres> OpenToRead(HubDatabaseSetting setting, CancellationToken cancel)
    {
        var patient = Patient(setting);
        if (!Migrations.IsOfPostgres(patient))
            throw OtherVersion(setting);
        return await Open(patient, connection => connection.ExecuteAsync("begin isolation level repeatable read read only"), cancel);
    }

    public static Task<WholePostgres> OpenToFill(HubDatabaseSetting setting, CancellationToken cancel)
    {
        var patient = Patient(setting);
        Migrations.OfPostgres(patient);
        return Open(
            patient,
            async connection =>
            {
                await connection.ExecuteAsync("begin; lock table head in access exclusive mode; select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'");
                if (await connection.ExecuteScalarAsync<long>("select count(*) from cluster_members where status = 3 and alive_time > now() - make_interval(secs => @SilentSeconds)", new { SilentSeconds }) > 0)
                    throw new HubDatabaseException($"A host runs on this database: stop it first. If it was killed, wait {SilentSeconds} seconds.");
            },
            cancel);
    }

    public override async Task CopyOut(ArchivedTable table, Stream to, CancellationToken cancel)
    {
        using var rows = await connection.BeginTextExportAsync($"copy ({table.Select}) to stdout", cancel);
        await using var lines = new StreamWriter(to, Utf8, leaveOpen: true);
        await Pass(rows, lines, cancel);
    }

    public override async Task CopyIn(ArchivedTable table, Stream from, CancellationToken cancel)
    {
        using var lines = new StreamReader(from, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        await using (var rows = await connection.BeginTextImportAsync($"copy {table.Name} ({table.ColumnList}) from stdin", cancel))
            await Pass(lines, rows, cancel);
        if (table.Name == "audit")
            await connection.ExecuteAsync("select setval(pg_get_serial_sequence('audit', 'id'), (select max(id) from audit)) where exists (select from audit)");
    }

    /// <summary>A command that stands in its stream twice, which only a removed constraint allows.</summary>
    public override async Task<IReadOnlyList<string>> OwnFaults(CancellationToken cancel) =>
    [
        .. from twice in await connection.QueryAsync<(string Command, string Stream)>(
               new CommandDefinition("select command, stream from events group by stream, command, part having count(*) > 1", commandTimeout: PatientSeconds, cancellationToken: cancel))
           select $"The command {twice.Command} stands more than once in {twice.Stream}.",
    ];

    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    public override Task Commit() => connection.ExecuteAsync("commit");

    private static async Task Pass(TextReader from, TextWriter to, CancellationToken cancel)
    {
        var buffer = new char[32 * 1024];
        while (await from.ReadBlockAsync(buffer, cancel) is > 0 and var read)
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
    }

    private static async Task<WholePostgres> Open(string connectionString, Func<NpgsqlConnection, Task> begin, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await begin(connection);
            return new WholePostgres(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string Patient(HubDatabaseSetting setting) => new NpgsqlConnectionStringBuilder(setting.ConnectionString)
    {
        Pooling = false,
        CommandTimeout = PatientSeconds,
        Timeout = 5,
        IncludeErrorDetail = false,
    }.ConnectionString;
}
