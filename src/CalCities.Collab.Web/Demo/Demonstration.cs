using System.Globalization;

namespace CalCities.Collab.Demo;

/// <summary>Whether this hub is a demonstration: personas sign in without a secret, so it may only listen on loopback.</summary>
/// <param name="IsOn">Setting Demo:Enabled; without it, on exactly when no connection string is set.</param>
public sealed record Demonstration(bool IsOn)
{
    /// <summary>What the settings say.</summary>
    public static bool Asked(IConfiguration settings) =>
        settings["Demo:Enabled"] is { Length: > 0 } said
            ? bool.Parse(said.ToLower(CultureInfo.InvariantCulture))
            : string.IsNullOrEmpty(settings.GetConnectionString("Hub"));
}
