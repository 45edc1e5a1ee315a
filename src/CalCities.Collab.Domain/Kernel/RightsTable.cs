using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace CalCities.Collab.Kernel;

/// <summary>Who may do what in the hub, as one table: the rows of every slice. What is not in it, nobody may do.</summary>
public sealed class RightsTable
{
    private readonly FrozenDictionary<string, ImmutableArray<Right>> byAct;

    public RightsTable(params IEnumerable<Assembly> assemblies)
    {
        Rows = [.. assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && typeof(IRights).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => (ImmutableArray<Right>)type.GetProperty(nameof(IRights.Rows), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)];
        byAct = Rows.SelectMany(row => row.Acts.Select(act => (act, row))).GroupBy(pair => pair.act, pair => pair.row, StringComparer.Ordinal)
            .ToFrozenDictionary(rows => rows.Key, rows => rows.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The domain's own rows.</summary>
    public static RightsTable OfTheDomain { get; } = new(typeof(RightsTable).Assembly);

    public ImmutableArray<Right> Rows { get; }

    /// <summary>The rows of an act, one a state; none when the table doesn't know it.</summary>
    public ImmutableArray<Right> Of(string act) => byAct.GetValueOrDefault(act, []);

    /// <summary>Whether a program may do it for an owner who may.</summary>
    public bool IsForTokens(string act) => Of(act).Any(row => row.May.HasFlag(ActorKinds.ApiToken));
}
