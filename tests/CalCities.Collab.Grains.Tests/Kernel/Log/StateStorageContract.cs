using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace CalCities.Collab.Kernel.Log;

/// <summary>What Orleans' grain storage promises on our tables and queries, through a real silo and by each query's own text.</summary>
public abstract class StateStorageContract : IAsyncLifetime
{
    private static readonly GrainId Desk = GrainId.Create("desk", "m1");

    private protected static CancellationToken Ending => TestContext.Current.CancellationToken;

    private protected abstract string ConnectionString { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task State_is_found_again_by_a_host_that_starts_later()
    {
        using (var host = await Start())
        {
            var nothing = await Read(host);
            Assert.False(nothing.RecordExists);
            await Write(host, nothing, "Draft — “ä” 🗳️");
            await host.StopAsync(Ending);
        }

        using var later = await Start();
        var found = await Read(later);
        Assert.True(found.RecordExists);
        Assert.Equal(["Draft — “ä” 🗳️"], found.State);
        await later.StopAsync(Ending);
    }

    [Fact]
    public async Task Of_two_that_read_the_same_state_the_second_to_write_is_refused_until_it_has_read_again()
    {
        using var host = await Start();
        await Write(host, await Read(host), "first");
        var one = await Read(host);
        var other = await Read(host);

        await Write(host, one, "one");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(host, other, "other"));
        Assert.Equal(["one"], (await Read(host)).State);

        await Write(host, await Read(host), "other");
        Assert.Equal(["other"], (await Read(host)).State);
        await host.StopAsync(Ending);
    }

    [Fact]
    public async Task Of_many_that_write_a_state_for_the_first_time_at_once_one_is_kept()
    {
        using var host = await Start();
        for (var round = 0; round < 20; round++)
        {
            var grain = GrainId.Create("desk", $"round-{round}");
            var storage = Storage(host);
            var tried = await Task.WhenAll(Enumerable.Range(0, 8).Select(async name =>
            {
                var state = new GrainState<List<string>>([$"{name}"]);
                try
                {
                    await storage.WriteStateAsync("desk", grain, state);
                    return $"{name}";
                }
                catch (InconsistentStateException)
                {
                    return null;
                }
            }));

            var kept = new GrainState<List<string>>();
            await storage.ReadStateAsync("desk", grain, kept);
            Assert.Equal(kept.State, from name in tried where name is not null select name);
        }

        await host.StopAsync(Ending);
    }

    [Fact]
    public async Task Cleared_state_leaves_no_row_and_can_be_written_anew()
    {
        using var host = await Start();
        var state = await Read(host);
        await Write(host, state, "draft");
        await Storage(host).ClearStateAsync("desk", Desk, state);

        Assert.False((await Read(host)).RecordExists);
        await using (var connection = await Connect(host))
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from grain_states"));

        await Write(host, await Read(host), "another");
        Assert.Equal(["another"], (await Read(host)).State);
        await host.StopAsync(Ending);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("extension")]
    public async Task Each_storage_query_says_yes_to_the_version_it_was_given_and_no_to_any_other(string? extension)
    {
        using var host = Build();
        await using var connection = await Connect(host);
        var run = await Queries(connection);
        Task<List<object?[]>> Ask(string key, int? version, byte[]? payload = null) => run(key,
        [
            ("GrainIdHash", DbType.Int32, -5), ("GrainIdN0", DbType.Int64, long.MinValue), ("GrainIdN1", DbType.Int64, long.MaxValue),
            ("GrainTypeHash", DbType.Int32, 7), ("GrainTypeString", DbType.String, "desk"), ("GrainIdExtensionString", DbType.String, extension),
            ("ServiceId", DbType.String, "collab"), ("GrainStateVersion", DbType.Int32, version), ("PayloadBinary", DbType.Binary, payload),
        ]);

        Assert.Empty(await Ask("ReadFromStorageKey", null));
        Assert.Empty(await Ask("WriteToStorageKey", 1, [1]));
        Assert.Equal([[1]], await Numbers(Ask("WriteToStorageKey", null, [1])));
        Assert.Empty(await Ask("WriteToStorageKey", null, [2]));
        Assert.Empty(await Ask("WriteToStorageKey", 2, [2]));
        Assert.Equal([[2]], await Numbers(Ask("WriteToStorageKey", 1, [3])));
        var row = Assert.Single(await Ask("ReadFromStorageKey", null));
        Assert.Equal(("03", 2), (Convert.ToHexString((byte[])row[0]!), Convert.ToInt32(row[1], CultureInfo.InvariantCulture)));

        Assert.Empty(await Ask("ClearStorageKey", 1));
        Assert.Equal([[3]], await Numbers(Ask("ClearStorageKey", 2)));
        Assert.Null(Assert.Single(await Ask("ReadFromStorageKey", null))[0]);

        Assert.Empty(await Ask("DeleteStorageKey", 2));
        Assert.Equal([[4]], await Numbers(Ask("DeleteStorageKey", 3)));
        Assert.Empty(await Ask("ReadFromStorageKey", null));
        Assert.Empty(await Ask("DeleteStorageKey", 3));
    }

    /// <summary>A host that has a log, grain storage, and nothing else of the hub.</summary>
    private protected IHost Build(Action<ISiloBuilder, HubDatabaseSetting>? cluster = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Hub", ConnectionString)]);
        builder.AddEventLog();
        var database = HubDatabaseSetting.From(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("collab", "collab"));
            if (cluster is null)
                silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: "collab", clusterId: "collab");
            else
                cluster(silo, database);
            silo.AddStateStorage(database);
        });
        return builder.Build();
    }

    private protected static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Runs queries of OrleansQuery by key, with parameters named and typed as the providers name and type them; answers all rows of all results.</summary>
    private protected static async Task<Func<string, (string Name, DbType Type, object? Value)[], Task<List<object?[]>>>> Queries(DbConnection connection)
    {
        var texts = (await connection.QueryAsync<(string Key, string Text)>("select QueryKey, QueryText from OrleansQuery")).ToDictionary(query => query.Key, query => query.Text);
        return async (key, parameters) =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = texts[key];
            foreach (var (name, type, value) in parameters.Where(given => texts[key].Contains($"@{given.Name}", StringComparison.Ordinal)))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            List<object?[]> found = [];
            await using var rows = await command.ExecuteReaderAsync(Ending);
            do
            {
                while (await rows.ReadAsync(Ending))
                    found.Add([.. from i in Enumerable.Range(0, rows.FieldCount) select rows.GetValue(i) is var value and not DBNull ? value : null]);
            }
            while (await rows.NextResultAsync(Ending));
            return found;
        };
    }

    private protected static async Task<List<int[]>> Numbers(Task<List<object?[]>> rows) =>
        [.. from row in await rows select row.Select(value => Convert.ToInt32(value, CultureInfo.InvariantCulture)).ToArray()];

    private protected static async Task<DbConnection> Connect(IHost host) =>
        await host.Services.GetRequiredService<StateSource>().Connections.OpenConnectionAsync(Ending);

    private async Task<IHost> Start()
    {
        var host = Build();
        await host.StartAsync(Ending);
        return host;
    }

    private static IGrainStorage Storage(IHost host) => host.Services.GetRequiredKeyedService<IGrainStorage>(GrainLog.StorageName);

    private static async Task<GrainState<List<string>>> Read(IHost host)
    {
        var state = new GrainState<List<string>>();
        await Storage(host).ReadStateAsync("desk", Desk, state);
        return state;
    }

    private static Task Write(IHost host, GrainState<List<string>> state, string text)
    {
        state.State = [text];
        return Storage(host).WriteStateAsync("desk", Desk, state);
    }
}

public sealed class SqliteStateStorageTests : StateStorageContract
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-state-");

    private protected override string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "collab.db")}";

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Hosts_cannot_be_clustered_in_a_file()
    {
        Assert.Throws<InvalidOperationException>(() => Build((silo, database) => silo.AddPostgresClustering(database)));
    }
}

public sealed class PostgresStateStorageTests : StateStorageContract
{
    private const int Active = 3, Dead = 6;
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private readonly Testing.PostgresFixture database = new();

    private protected override string ConnectionString => database.ConnectionString;

    public override ValueTask InitializeAsync() => database.InitializeAsync();

    public override ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Two_hosts_find_each_other_and_see_one_leave()
    {
        IHost Member() => Build((silo, database) => silo.AddPostgresClustering(database).ConfigureEndpoints(IPAddress.Loopback, FreePort(), gatewayPort: 0));
        using var first = Member();
        using var second = Member();
        await first.StartAsync(Ending);
        await second.StartAsync(Ending);
        Assert.Equal(2, (await ActiveHosts(first)).Count);

        await second.StopAsync(Ending);
        Assert.Equal(
            [first.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress],
            await ActiveHosts(first));
        await first.StopAsync(Ending);
    }

    private static async Task<List<SiloAddress>> ActiveHosts(IHost asked)
    {
        var cluster = asked.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        return [.. (await cluster.GetHosts(onlyActive: true)).Keys];
    }

    [Fact]
    public async Task Each_membership_query_changes_member_and_version_together_or_neither()
    {
        using var host = Build();
        await using var connection = await Connect(host);
        var run = await Queries(connection);
        Task<List<object?[]>> Ask(string key, int version = 0, int port = 11, int status = Active, string? suspects = null, DateTime? alive = null) => run(key,
        [
            ("DeploymentId", DbType.String, "collab"), ("Address", DbType.String, "127.0.0.1"), ("Port", DbType.Int32, port), ("Generation", DbType.Int32, 5),
            ("SiloName", DbType.String, "silo"), ("HostName", DbType.String, "host"), ("Status", DbType.Int32, status), ("ProxyPort", DbType.Int32, 30_000),
            ("SuspectTimes", DbType.String, suspects), ("StartTime", DbType.DateTime, Noon), ("IAmAliveTime", DbType.DateTime, alive ?? Noon), ("Version", DbType.Int32, version),
        ]);
        object?[] Row(int port, int status, int version, string? suspects = null, DateTime? alive = null) =>
            ["127.0.0.1", port, 5, "silo", "host", status, 30_000, suspects, Noon, alive ?? Noon, version];
        object?[] noMember = [null, null, null, null, null, null, null, null, null, null];
        async Task<List<int[]>> Answer(Task<List<object?[]>> asked) => await Numbers(asked);

        Assert.Equal([[1]], await Answer(Ask("InsertMembershipVersionKey")));
        Assert.Equal([[0]], await Answer(Ask("InsertMembershipVersionKey")));
        Assert.Equal([[.. noMember, 0]], await Ask("MembershipReadAllKey"));

        Assert.Equal([[0]], await Answer(Ask("InsertMembershipKey", version: 1)));
        Assert.Equal([[.. noMember, 0]], await Ask("MembershipReadRowKey"));
        Assert.Equal([[1]], await Answer(Ask("InsertMembershipKey", version: 0)));
        Assert.Equal([[0]], await Answer(Ask("InsertMembershipKey", version: 1)));
        Assert.Equal([[1]], await Answer(Ask("InsertMembershipKey", version: 1, port: 12)));
        Assert.Equal([Row(11, Active, 2), Row(12, Active, 2)], (await Ask("MembershipReadAllKey")).OrderBy(row => row[1]));

        Assert.Equal([[0]], await Answer(Ask("UpdateMembershipKey", version: 1, status: Dead, suspects: "them")));
        Assert.Equal([[0]], await Answer(Ask("UpdateMembershipKey", version: 2, port: 13, status: Dead)));
        Assert.Equal([Row(11, Active, 2)], await Ask("MembershipReadRowKey"));
        Assert.Equal([[1]], await Answer(Ask("UpdateMembershipKey", version: 2, status: Dead, suspects: "them")));
        Assert.Equal([Row(11, Dead, 3, "them")], await Ask("MembershipReadRowKey"));
        Assert.Equal([[.. noMember, 3]], await Ask("MembershipReadRowKey", port: 13));

        Assert.Empty(await Ask("UpdateIAmAlivetimeKey", port: 12, alive: Noon.AddHours(1)));
        Assert.Equal([Row(12, Active, 3, alive: Noon.AddHours(1))], await Ask("MembershipReadRowKey", port: 12));
        Assert.Equal([["127.0.0.1", 30_000, 5]], await Ask("GatewaysQueryKey"));
        Assert.Empty(await Ask("GatewaysQueryKey", status: 2));

        Assert.Empty(await Ask("CleanupDefunctSiloEntriesKey", alive: Noon));
        Assert.Equal(2, (await Ask("MembershipReadAllKey")).Count);
        Assert.Empty(await Ask("CleanupDefunctSiloEntriesKey", alive: Noon.AddHours(2)));
        Assert.Equal([Row(12, Active, 3, alive: Noon.AddHours(1))], await Ask("MembershipReadAllKey"));

        Assert.Empty(await Ask("DeleteMembershipTableEntriesKey"));
        Assert.Empty(await Ask("MembershipReadAllKey"));
    }

    [Fact]
    public async Task Of_many_hosts_that_join_at_the_same_version_one_does()
    {
        using var host = Build();
        await using (var connection = await Connect(host))
            await (await Queries(connection))("InsertMembershipVersionKey", [("DeploymentId", DbType.String, "collab")]);
        for (var round = 0; round < 20; round++)
        {
            var version = round;
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async port =>
            {
                await using var connection = await Connect(host);
                return Assert.Single(await Numbers((await Queries(connection))("InsertMembershipKey",
                [
                    ("DeploymentId", DbType.String, "collab"), ("Address", DbType.String, "127.0.0.1"), ("Port", DbType.Int32, port), ("Generation", DbType.Int32, version),
                    ("SiloName", DbType.String, "silo"), ("HostName", DbType.String, "host"), ("Status", DbType.Int32, Active), ("ProxyPort", DbType.Int32, 0),
                    ("StartTime", DbType.DateTime, Noon), ("IAmAliveTime", DbType.DateTime, Noon), ("Version", DbType.Int32, version),
                ])))[0];
            }));

            Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], answers.Order());
        }
    }
}
