using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CalCities.Collab.Chromium))]

namespace CalCities.Collab;

/// <summary>The one browser of a test run: Debian's Chromium, headless, driven by Playwright; every visitor gets a profile of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // The machine may have no network beyond loopback, so the browser makes no calls of its own; a sandbox needs a user that is not root.
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        // A busy machine is no fault of a page: what must be quick is timed by the test that says so.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable(), Args = Flags });
    }

    /// <summary>Someone new in front of a browser of their own, at this host, with nothing remembered.</summary>
    public async Task<Visitor> Visit(Uri host, VisitorSettings? settings = null)
    {
        settings ??= new();
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = host.ToString(),
            ViewportSize = new() { Width = settings.Width, Height = settings.Height },
            ColorScheme = settings.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-US",
            TimezoneId = "America/Los_Angeles",
        });
        return await Visitor.Enter(context, host);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string Executable() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault()
        ?? throw new InvalidOperationException("Chromium is missing: apt-get install chromium, as ./test.sh does.");
}

/// <summary>How a visitor looks at the hub: the window in CSS pixels, and the colours that their system asks for.</summary>
public sealed record VisitorSettings(int Width = 1400, int Height = 900, bool Dark = false);
