using System.Reflection;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Architecture;

/// <summary>What the log and the wire keep for ever: the names of kinds, and how each is written.</summary>
public sealed partial class KindsTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "CalCities.Collab.Domain.Tests", "golden");

    private static IEnumerable<Type> Families =>
        from type in typeof(Kinds).Assembly.GetTypes()
        where type is { IsAbstract: true, IsNested: false } && (IsEventFamily(type) || typeof(ICommand).IsAssignableFrom(type)) && !type.IsInterface
        select type;

    private static IEnumerable<Type> Events => Families.Where(IsEventFamily).SelectMany(family => family.GetNestedTypes());

    private static IEnumerable<Type> Commands => Families.Where(family => !IsEventFamily(family)).SelectMany(family => family.GetNestedTypes());

    public static TheoryData<string> EventKinds => [.. Events.Select(KindOf).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_alias_of_the_hub_names_one_type() =>
        Assert.Empty((from assembly in new[] { typeof(Kinds).Assembly, typeof(IDoor).Assembly, Assembly.Load("CalCities.Collab.Web") }
                      from type in assembly.GetTypes()
                      let alias = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
                      where alias is not null
                      select alias)
            .CountBy(alias => alias, StringComparer.Ordinal).SelectMany(count => count.Value > 1 ? new[] { count.Key } : []));

    [Fact]
    public void Every_event_is_called_by_its_slice_what_happened_and_a_version() =>
        Assert.All(Events, type => Assert.Matches(EventKind(), KindOf(type)));

    [Fact]
    public void Every_command_is_called_by_its_slice_and_what_is_asked() =>
        Assert.All(Commands, type => Assert.Matches(CommandKind(), KindOf(type)));

    [Fact]
    public void Every_kind_is_known_to_the_hub_under_its_name() =>
        Assert.All(Events.Concat(Commands), type => Assert.Equal(type, Kinds.OfTheHub.TypeOf<object>(KindOf(type))));

    /// <summary>A golden file is written once and never edited: old logs hold what stands in it. A changed kind is a new one (….v2).</summary>
    [Theory]
    [MemberData(nameof(EventKinds))]
    public void An_event_as_the_log_has_always_held_it_is_read_and_written_the_same(string kind)
    {
        var file = Path.Combine(Golden, kind + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("COLLAB_WRITE_GOLDEN") is "1")
        {
            Directory.CreateDirectory(Golden);
            File.WriteAllText(file, Kinds.Write(Sample.Of(Events.Single(type => KindOf(type).Equals(kind, StringComparison.Ordinal)))) + "\n");
        }

        Assert.True(File.Exists(file), $"{kind} has no golden file. Write it once: COLLAB_WRITE_GOLDEN=1 ./test.sh Domain -class '*KindsTests'");
        var held = File.ReadAllText(file).TrimEnd('\n');
        Assert.Equal(held, Kinds.Write(Kinds.OfTheHub.Read<object>(kind, held)));
    }

    [Fact]
    public void Every_golden_file_is_of_a_kind_that_the_hub_still_reads() =>
        Assert.All(Directory.EnumerateFiles(Golden, "*.json"), file => Assert.NotNull(Kinds.OfTheHub.TypeOf<object>(Path.GetFileNameWithoutExtension(file))));

    private static bool IsEventFamily(Type type) =>
        type is { IsAbstract: true, IsSealed: false, IsNested: false } && type.Name.EndsWith("Event", StringComparison.Ordinal)
        && type.GetCustomAttribute<AliasAttribute>(inherit: false) is not null;

    private static string KindOf(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? $"(no alias: {type})";

    [GeneratedRegex(@"\A[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventKind();

    [GeneratedRegex(@"\A[a-z]+\.[a-z]+(-[a-z]+)*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandKind();
}
