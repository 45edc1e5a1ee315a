namespace CalCities.Collab.Kernel;

/// <summary>
/// A list across streams: SQL tables projected from the global feed with a checkpoint of their own, rebuildable from nothing.
/// Found by reflection in this assembly; its tables are made by the migrations.
/// </summary>
internal interface IIndex
{
    /// <summary>The hub's own indexes.</summary>
    static IEnumerable<Type> OfTheHub => typeof(IIndex).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IIndex)));

    /// <summary>Names the checkpoint and, before a "/", its topics: kebab case.</summary>
    string Name { get; }

    /// <summary>Raised when what it holds changes: the runner then empties the tables and reads the log from the start.</summary>
    int Version { get; }

    /// <summary>Its tables, emptied before a rebuild.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Puts what one event changes into the batch. Pure: it reads nothing and waits for nothing.</summary>
    void Project(Recorded<object> recorded, IndexBatch batch);
}

/// <summary>The statements of a run of events, written in one transaction with the checkpoint; and the keys whose lists changed.</summary>
internal sealed class IndexBatch
{
    private readonly List<(string Sql, object Parameters)> statements = [];
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private readonly HashSet<(string Sql, string Key)> finds = [];

    public IReadOnlyList<(string Sql, object Parameters)> Statements => statements;
    public IReadOnlyCollection<string> Touched => touched;
    public IReadOnlyCollection<(string Sql, string Key)> Finds => finds;

    /// <summary>Adds a statement that both dialects understand, with its parameters (@name).</summary>
    public void Run(string sql, object parameters) => statements.Add((sql, parameters));

    /// <summary>Says that the list of this key (a bill's threads: the bill's id) has changed; pages that show it query again.</summary>
    public void Touch(string key) => touched.Add(key);

    /// <summary>Says so of the keys that this query gives for @key, asked once when the batch's statements have run: an event of a thread doesn't name its bill.</summary>
    public void TouchFound(string sql, string key) => finds.Add((sql, key));
}
