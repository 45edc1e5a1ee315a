namespace CalCities.Collab.SignIn;

/// <summary>What a browser is, as its owner would tell one device from another: "Firefox on Windows".</summary>
internal static class Device
{
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux")];

    public static string Of(HttpRequest request)
    {
        var said = request.Headers.UserAgent.ToString();
        return $"{Named(Browsers, said) ?? "A browser"} on {Named(Systems, said) ?? "a device"}";
    }

    private static string? Named((string Sign, string Name)[] known, string said) =>
        known.FirstOrDefault(one => said.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
