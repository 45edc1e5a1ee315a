using System.Diagnostics;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CalCities.Collab.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Bench;

/// <summary>A page with its circuit, as blazor.web.js of .NET 10 would hold it, without a browser: it takes every rendering and answers every call of a script with nothing.</summary>
internal sealed partial class LivePage : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HubConnection connection;
    private volatile Wanted? wanted;
    private long batches;
    private long bytes;
    private long scriptObjects;

    private LivePage(HubConnection connection)
    {
        this.connection = connection;
        connection.On<int, byte[]>("JS.RenderBatch", Rendered);
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (call, name, _, result, _, _) => Answer(call, result));
        connection.On<string>("JS.Error", error => Fail(new InvalidOperationException($"The circuit failed: {error}")));
        connection.Closed += failure =>
        {
            Fail(failure ?? new InvalidOperationException("The host closed the circuit."));
            return Task.CompletedTask;
        };
    }

    /// <summary>Renderings so far.</summary>
    public long Batches => Interlocked.Read(ref batches);

    /// <summary>Bytes of renderings so far, before compression.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Loads a page and starts its circuit; returns when a rendering held the text, which isn't in the page as first loaded.</summary>
    public static async Task<LivePage> Open(Uri host, HubSession member, HttpClient http, string path, string text)
    {
        var address = new Uri(host, path);
        var html = await http.GetStringAsync(address);
        var roots = Roots().Matches(html).Select(match => match.Groups[1].Value).Where(json => json.Contains("\"type\":\"server\"", StringComparison.Ordinal)).ToArray();
        if (roots.Length == 0)
            throw new InvalidOperationException($"{path} has no interactive part.");
        var state = State().Match(html).Groups[1].Value;

        var builder = new HubConnectionBuilder().WithUrl(new Uri(host, "/_blazor"), options =>
        {
            options.Cookies = member.Cookies;
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.Headers["Origin"] = host.GetLeftPart(UriPartial.Authority);
            // As browsers offer it; what it costs the host is part of a circuit's price.
            options.WebSocketConfiguration = socket => socket.DangerousDeflateOptions = new WebSocketDeflateOptions();
        });
        builder.Services.AddSingleton(BlazorPack());
        builder.WithServerTimeout(TimeSpan.FromMinutes(5));
        var page = new LivePage(builder.Build());
        try
        {
            await page.connection.StartAsync();
            var rendered = page.Sees(text);
            if (await page.connection.InvokeAsync<string?>("StartCircuit", $"{host.GetLeftPart(UriPartial.Authority)}/", address.ToString(), "[]", "") is null)
                throw new InvalidOperationException("The host refused the circuit.");
            var operations = roots.Select((root, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{root}}}""");
            await page.connection.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
            await rendered;
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>The moment (<see cref="Stopwatch"/>) at which a rendering holds this text.</summary>
    public async Task<long> Sees(string text)
    {
        var wait = new Wanted(Encoding.UTF8.GetBytes(text));
        wanted = wait;
        return await wait.Seen.Task.WaitAsync(Limit);
    }

    public ValueTask DisposeAsync()
    {
        wanted = null;
        return connection.DisposeAsync();
    }

    private Task Rendered(int batch, byte[] content)
    {
        Interlocked.Increment(ref batches);
        Interlocked.Add(ref bytes, content.Length);
        if (wanted is { } wait && content.AsSpan().IndexOf(wait.Text) >= 0)
            wait.Seen.TrySetResult(Stopwatch.GetTimestamp());
        return connection.SendAsync("OnRenderCompleted", (long)batch, null);
    }

    // Void, a value or a stream (null will do for all that these pages ask), or an object of the script's, which is a number to the host.
    private Task Answer(long call, int result) => call == 0
        ? Task.CompletedTask
        : connection.SendAsync("EndInvokeJSFromDotNet", call, true,
            result == 1 ? $$"""[{{call}},true,{"__jsObjectId":{{Interlocked.Increment(ref scriptObjects)}}}]""" : $"[{call},true,null]");

    private void Fail(Exception failure) => wanted?.Seen.TrySetException(failure);

    /// <summary>The circuits' own protocol, which ASP.NET Core keeps to itself.</summary>
    private static IHubProtocol BlazorPack()
    {
        var type = typeof(Microsoft.AspNetCore.Components.Server.CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.BlazorPack.BlazorPackHubProtocol", throwOnError: true)!;
        return (IHubProtocol)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, null, null)!;
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Roots();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^-]*)-->", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex State();

    private sealed class Wanted(byte[] text)
    {
        public byte[] Text => text;

        public TaskCompletionSource<long> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
