using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>
/// Someone in front of a browser. What no page of the hub may do is written down while they look around: errors in the console,
/// violations of the Content-Security-Policy, failed scripts, requests to another host. <see cref="Leave"/> holds the list to be empty.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>Axe takes some seconds for the longest page.</summary>
    private static readonly TimeSpan AxeWithin = TimeSpan.FromSeconds(60);

    private readonly IBrowserContext context;
    private readonly Uri host;
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<string> forgiven = new();

    private Visitor(IBrowserContext context, Uri host, IPage page) => (this.context, this.host, Page) = (context, host, page);

    public IPage Page { get; }

    internal static async Task<Visitor> Enter(IBrowserContext context, Uri host)
    {
        context.SetDefaultTimeout(20_000);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} forbids ${e.blockedURI} ${e.sample}`));");
        var visitor = new Visitor(context, host, await context.NewPageAsync());
        context.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                visitor.Note($"console: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => visitor.Note($"script: {error.Error}");
        context.Request += (_, request) => visitor.Judge(request.Url);
        visitor.Page.WebSocket += (_, socket) => visitor.Judge(socket.Url);
        return visitor;
    }

    /// <summary>Signs in as a persona of the demonstration, with the button of the sign-in page.</summary>
    public async Task SignIn(string persona)
    {
        await Page.GotoAsync("/signin");
        await Page.Locator($"button[name=persona][value={persona}]").ClickAsync();
        await Assertions.Expect(Page).Not.ToHaveURLAsync(new Uri(host, "/signin").ToString());
    }

    /// <summary>Goes on with the Tab key until the keyboard stands on what the selector names.</summary>
    public async Task TabTo(string selector)
    {
        for (var presses = 0; presses < 100; presses++)
        {
            if (await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} can't be reached with the Tab key.");
    }

    /// <summary>From now on errors whose text holds this are part of the test (a server that is killed, a form that is refused).</summary>
    public void Forgive(string text) => forgiven.Enqueue(text);

    /// <summary>What was seen so far that no page may do.</summary>
    public IReadOnlyList<string> Faults => [.. faults.Where(fault => !forgiven.Any(text => fault.Contains(text, StringComparison.Ordinal)))];

    /// <summary>What axe finds wrong with the page as it stands, of serious or critical impact, a line each.</summary>
    public async Task<IReadOnlyList<string>> SeriousBarriers()
    {
        AxeResult found;
        try
        {
            found = await Page.RunAxe(new AxeRunOptions()).WaitAsync(AxeWithin);
        }
        catch (TimeoutException)
        {
            // On a busy machine the browser has once not answered the page that axe opens for itself; it has no limit of its own.
            found = await Page.RunAxe(new AxeRunOptions()).WaitAsync(AxeWithin);
        }

        return
        [
            .. from violation in found.Violations
               where violation.Impact is "serious" or "critical"
               from node in violation.Nodes
               select $"{violation.Id} ({violation.Impact}): {violation.Help}: {node.Html}",
        ];
    }

    /// <summary>Keeps a picture of the whole page under artifacts/pages, to be looked at.</summary>
    public async Task Picture(string name) =>
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("pages"), name + ".png"), FullPage = true });

    /// <summary>Ends the visit; throws when a page did what no page may.</summary>
    public async Task Leave()
    {
        Assert.True(Faults.Count == 0, string.Join('\n', Faults));
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Note(string fault) => faults.Enqueue(fault);

    private void Judge(string url)
    {
        var asked = new Uri(url);
        if (asked.Scheme is not ("data" or "blob" or "about") && (asked.Host, asked.Port) != (host.Host, host.Port))
        {
            Note($"foreign request: {url}");
        }
    }
}
