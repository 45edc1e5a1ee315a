using System.Net;
using CalCities.Collab.Demo;

namespace CalCities.Collab.Security;

/// <summary>The program will not start as it was asked to; the message is the sentence to print.</summary>
public sealed class StartRefusedException(string sentence) : Exception(sentence);

/// <summary>Where the host listens.</summary>
internal static class Addresses
{
    public const string Default = "http://localhost:5080";

    /// <summary>Every address that the settings name, as ASP.NET Core would read them.</summary>
    public static IReadOnlyList<string> Asked(IConfiguration settings) =>
    [
        .. Split(settings["urls"]),
        .. Split(settings["http_ports"]).Select(port => $"http://*:{port}"),
        .. Split(settings["https_ports"]).Select(port => $"https://*:{port}"),
        .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").Where(url => url.Length > 0),
    ];

    /// <summary>Refuses a demonstration that others could reach.</summary>
    /// <exception cref="StartRefusedException">An address is not loopback.</exception>
    public static void Check(Demonstration demonstration, IEnumerable<string> addresses)
    {
        if (demonstration.IsOn && addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open)
            throw new StartRefusedException(
                $"A demonstration hub lets anyone act as anyone, so it listens on this computer only. It was asked to listen on {open}: " +
                "use an address such as http://localhost:5080, or set Demo:Enabled=false.");
    }

    public static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>The address as a browser on this computer opens it: one that stands for every name ("http://[::]:8080") under localhost.</summary>
    public static string Openable(string address)
    {
        var asked = BindingAddress.Parse(address);
        var isAny = asked.Host is "*" or "+" || (IPAddress.TryParse(asked.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return isAny ? $"{asked.Scheme}://localhost:{asked.Port}" : address.TrimEnd('/');
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
