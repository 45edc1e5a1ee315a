using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CalCities.Collab;

/// <summary>The tests' own instruments, tried on a small page that does what no page may.</summary>
public sealed class HarnessTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_with_a_script_error_a_forbidden_script_and_a_foreign_request_does_not_pass()
    {
        await using var page = new OnePage("""
            <!doctype html><html lang="en"><head><title>Bad</title><script>document.title = 'ran';</script></head>
            <body><main><h1>Bad</h1><img src="http://127.0.0.2:9/spy.png" alt=""><script src="/missing.js"></script><input></main></body></html>
            """, "script-src 'self'");
        await using var visitor = await chromium.Visit(page.Address);

        await visitor.Page.GotoAsync("/");
        var barriers = await visitor.SeriousBarriers();

        Assert.Equal("Bad", await visitor.Page.TitleAsync());
        Assert.Contains(visitor.Faults, fault => fault.Contains("CSP: script-src-elem forbids inline", StringComparison.Ordinal));
        Assert.Contains(visitor.Faults, fault => fault is "foreign request: http://127.0.0.2:9/spy.png");
        Assert.Contains(visitor.Faults, fault => fault.Contains("missing.js", StringComparison.Ordinal));
        Assert.Contains(barriers, barrier => barrier.StartsWith("label (critical)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quiet_page_passes()
    {
        await using var page = new OnePage(
            "<!doctype html><html lang=en><head><title>Good</title><link rel=icon href=data:,></head><body><main><h1>Good</h1></main></body></html>", "script-src 'self'");
        var visitor = await chromium.Visit(page.Address);

        await visitor.Page.GotoAsync("/");

        Assert.Empty(await visitor.SeriousBarriers());
        await visitor.Leave();
    }

    /// <summary>A host with one page; everything else is missing.</summary>
    private sealed class OnePage : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public OnePage(string html, string policy)
        {
            listener.Start();
            Address = new Uri($"http://{listener.LocalEndpoint}");
            serving = Serve(html, policy);
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
        }

        private async Task Serve(string html, string policy)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    using var reader = new StreamReader(stream);
                    var asked = await reader.ReadLineAsync();
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    var (status, body) = asked is "GET / HTTP/1.1" ? ("200 OK", html) : ("404 Not Found", "");
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The listener was stopped: the test is over.
            }
        }
    }
}
