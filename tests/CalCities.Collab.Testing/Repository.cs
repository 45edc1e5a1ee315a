namespace CalCities.Collab;

/// <summary>The folders that this build and its tests lie in.</summary>
public static class Repository
{
    /// <summary>The solution's folder.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>A folder for what people look at after a run; git ignores it.</summary>
    public static string Artifacts(string folder) => Path.Combine(Root, "artifacts", folder);

    /// <summary>The league's own data and vectors beside the project (../shared/…), or null where they are absent: then skip, with a reason.</summary>
    public static string? Shared(params ReadOnlySpan<string> path)
    {
        var full = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. path]));
        return Path.Exists(full) ? full : null;
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "CalCities.Collab.sln"))
            ? folder
            : Above(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                    ?? throw new InvalidOperationException("The tests do not lie in the solution's folder."));
}
