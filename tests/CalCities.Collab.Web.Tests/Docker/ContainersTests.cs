using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Security;
using YamlDotNet.Serialization;

namespace CalCities.Collab.Docker;

/// <summary>docker/ says the same as the program: nothing here starts a container.</summary>
public sealed partial class ContainersTests
{
    private const string Ready = "/health/ready";

    private static readonly string Folder = Path.Combine(Repository.Root, "docker");
    private static readonly string[] Dockerfile = ReadDockerfile();
    private static readonly string Proxy = File.ReadAllText(Path.Combine(Folder, "haproxy.cfg"));
    private static readonly JsonElement Compose = ReadCompose();

    public static TheoryData<string> Hosts => ["host-a", "host-b"];

    [Fact]
    public void The_image_is_built_and_run_with_the_version_that_the_solution_asks_for()
    {
        var version = typeof(ContainersTests).Assembly.GetCustomAttributes(false).OfType<System.Runtime.Versioning.TargetFrameworkAttribute>().Single()
            .FrameworkName.Split("Version=v")[1];
        var sdk = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.StartsWith(version + ".", sdk, StringComparison.Ordinal);
        Assert.Equal([$"mcr.microsoft.com/dotnet/sdk:{version} AS build", $"mcr.microsoft.com/dotnet/aspnet:{version}"], Said("FROM"), StringComparer.Ordinal);
    }

    [Fact]
    public void The_image_holds_all_that_the_build_reads_and_starts_the_host()
    {
        var copied = Said("COPY").First().Split(' ')[..^1];

        Assert.All(copied, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));
        Assert.Equal(
            Directory.EnumerateFiles(Repository.Root).Select(Path.GetFileName).Where(file => BuildFile().IsMatch(file!)).Order(StringComparer.Ordinal),
            copied.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal($"[\"dotnet\", \"/app/{typeof(HubSecurity).Assembly.GetName().Name}.dll\"]", Assert.Single(Said("ENTRYPOINT")));
    }

    [Fact]
    public void The_host_runs_as_a_user_that_is_not_root() => Assert.Equal("$APP_UID", Assert.Single(Said("USER")));

    [Fact]
    public void The_health_check_asks_the_port_that_the_image_opens_at_the_route_that_says_ready()
    {
        var port = Assert.Single(Said("EXPOSE"));

        Assert.Contains($"ASPNETCORE_HTTP_PORTS={port}", Said("ENV"), StringComparer.Ordinal);
        Assert.Contains($"/dev/tcp/127.0.0.1/{port} ", Assert.Single(Said("HEALTHCHECK")), StringComparison.Ordinal);
        Assert.Contains($"GET {Ready} HTTP/1.1", Assert.Single(Said("HEALTHCHECK")), StringComparison.Ordinal);
        Assert.Contains($"\"{Ready}\"", Sources, StringComparison.Ordinal);
        Assert.Contains("\"/health/live\"", Sources, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_is_given_only_settings_that_the_program_reads(string host) =>
        Assert.All(Settings(host).Keys, setting => Assert.Contains(
            setting.StartsWith("Mail:", StringComparison.Ordinal) ? $" {typeof(MailSettings).GetProperty(setting["Mail:".Length..])?.Name} {{ get; set; }}"
            : setting is "ConnectionStrings:Hub" ? "GetConnectionString(\"Hub\")" : $"\"{setting}\"", Sources, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_host_keeps_its_log_in_the_PostgreSQL_that_stands_beside_it_and_waits_until_it_is_there(string host)
    {
        var database = Service("db").GetProperty("environment");
        var given = new Npgsql.NpgsqlConnectionStringBuilder(Settings(host)["ConnectionStrings:Hub"]);

        Assert.True(HubDatabaseSetting.Parse(given.ConnectionString).IsPostgres);
        Assert.Equal(
            ("db", database.GetProperty("POSTGRES_DB").GetString(), database.GetProperty("POSTGRES_USER").GetString(), database.GetProperty("POSTGRES_PASSWORD").GetString()),
            (given.Host, given.Database, given.Username, given.Password));
        Assert.Equal("service_healthy", Service(host).GetProperty("depends_on").GetProperty("db").GetProperty("condition").GetString());
    }

    [Fact]
    public void Each_host_has_an_address_of_its_own_on_the_inner_network_where_nothing_else_can_reach_it()
    {
        var addresses = Hosts.Select(host => (
            Told: Settings(host.Data)["Cluster:Address"],
            Has: Service(host.Data).GetProperty("networks").GetProperty("cluster").GetProperty("ipv4_address").GetString())).ToArray();
        var inner = System.Net.IPNetwork.Parse(Subnet("cluster"));

        Assert.All(addresses, address => Assert.Equal(address.Has, address.Told));
        Assert.All(addresses, address => Assert.True(inner.Contains(System.Net.IPAddress.Parse(address.Told))));
        Assert.Equal(addresses.Length, addresses.Select(address => address.Told).Distinct(StringComparer.Ordinal).Count());
        Assert.True(Compose.GetProperty("networks").GetProperty("cluster").GetProperty("internal").GetString() is "true");
        Assert.Equal(["front"], Service("proxy").GetProperty("networks").EnumerateObject().Select(network => network.Name), StringComparer.Ordinal);
        Assert.All(Hosts, host => Assert.False(Service(host.Data).TryGetProperty("ports", out _)));
    }

    [Fact]
    public void The_proxy_leads_to_every_host_at_the_port_that_the_image_opens_and_asks_whether_it_is_ready()
    {
        var port = Assert.Single(Said("EXPOSE"));

        Assert.Equal(
            Hosts.Select(host => $"{host.Data} {host.Data}:{port}"),
            ServerLine().Matches(Proxy).Select(match => match.Groups[1].Value), StringComparer.Ordinal);
        Assert.Contains($"http-check send meth GET uri {Ready} ver HTTP/1.1 hdr Host localhost\n", Proxy, StringComparison.Ordinal);
        Assert.All(Hosts, host => Assert.Contains("localhost", Settings(host.Data)["AllowedHosts"].Split(';'), StringComparer.Ordinal));
    }

    [Fact]
    public void The_proxy_keeps_a_browser_on_its_host_and_its_word_is_taken_on_who_calls()
    {
        Assert.Contains("cookie host insert indirect nocache httponly", Proxy, StringComparison.Ordinal);
        Assert.Equal(Hosts.Count, CookieOfServer().Matches(Proxy).Select(match => match.Value).Distinct(StringComparer.Ordinal).Count());
        Assert.All(["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"], header => Assert.Contains($"http-request set-header {header} ", Proxy, StringComparison.Ordinal));
        Assert.All(Hosts, host => Assert.Equal(Subnet("front"), Settings(host.Data)["Proxy:Networks"]));
    }

    [Fact]
    public void Whoever_puts_TLS_in_front_of_the_proxy_says_so_and_the_hub_is_told()
    {
        Assert.Contains("http-request set-header X-Forwarded-Proto \"${COLLAB_SCHEME}\" if !{ ssl_fc }\n", Proxy, StringComparison.Ordinal);
        Assert.Equal("${COLLAB_SCHEME:-http}", Service("proxy").GetProperty("environment").GetProperty("COLLAB_SCHEME").GetString());
    }

    [Fact]
    public void Only_this_computer_reaches_the_proxy_until_someone_decides_otherwise()
    {
        var published = Assert.Single(Service("proxy").GetProperty("ports").EnumerateArray()).GetString()!.Split(':');

        Assert.Equal("127.0.0.1", published[0]);
        Assert.Contains($"bind :{published[2]}\n", Proxy, StringComparison.Ordinal);
        Assert.Contains("timeout tunnel 1h\n", Proxy, StringComparison.Ordinal);
    }

    private static string Sources { get; } = string.Concat(
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select File.ReadAllText(path));

    /// <summary>What the Dockerfile says after a word (FROM, USER, …), its continued lines joined.</summary>
    private static IEnumerable<string> Said(string word) =>
        from line in Dockerfile
        where line.StartsWith(word + " ", StringComparison.Ordinal)
        select line[(word.Length + 1)..].Trim();

    private static string[] ReadDockerfile() =>
        Regex.Replace(File.ReadAllText(Path.Combine(Folder, "Dockerfile")), @"\\\n\s*", "", RegexOptions.None, TimeSpan.FromSeconds(1)).Split('\n');

    // Anchors and merges are the reader's to resolve; what it gives is looked at as JSON.
    private static JsonElement ReadCompose()
    {
        using var text = new StreamReader(Path.Combine(Folder, "compose.yaml"));
        var yaml = new DeserializerBuilder().Build().Deserialize<object>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(text)));
        return JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml)).RootElement;
    }

    private static JsonElement Service(string name) => Compose.GetProperty("services").GetProperty(name);

    private static Dictionary<string, string> Settings(string host) =>
        Service(host).GetProperty("environment").EnumerateObject().ToDictionary(
            setting => setting.Name.Replace("__", ":", StringComparison.Ordinal),
            setting => Convert.ToString(setting.Value.ToString(), CultureInfo.InvariantCulture)!, StringComparer.Ordinal);

    private static string Subnet(string network) =>
        Compose.GetProperty("networks").GetProperty(network).GetProperty("ipam").GetProperty("config")[0].GetProperty("subnet").GetString()!;

    [GeneratedRegex(@"\A(Directory\..*\.props|global\.json|\.editorconfig)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuildFile();

    [GeneratedRegex(@"^\s*server (\S+ \S+)", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"(?<=^\s*server .*)\bcookie \S+", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookieOfServer();
}
