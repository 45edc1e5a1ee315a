namespace CalCities.Collab;

/// <summary>Where this build lies.</summary>
internal static class Repository
{
    /// <summary>The solution's folder.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The host as the build made it, in the tests' own configuration.</summary>
    public static string WebDll { get; } = Path.Combine(
        Root, "src", "CalCities.Collab.Web", "bin",
        Path.GetRelativePath(Path.Combine(Root, "tests", "CalCities.Collab.EndToEnd.Tests", "bin"), AppContext.BaseDirectory),
        "CalCities.Collab.Web.dll");

    /// <summary>A folder for what people look at after a run; git ignores it.</summary>
    public static string Artifacts(string folder) => Path.Combine(Root, "artifacts", folder);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "CalCities.Collab.sln"))
            ? folder
            : Above(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                    ?? throw new InvalidOperationException("The tests do not lie in the solution's folder."));
}
