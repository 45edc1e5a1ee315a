using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalCities.Collab.Api;
using CalCities.Collab.Kernel;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace CalCities.Collab.Testing;

/// <summary>A persona of a demonstration, signed in as a browser would be; the cookie outlives a restart of the host.</summary>
public sealed partial class HubSession
{
    private readonly Uri host;

    private HubSession(Uri host, CookieContainer cookies) => (this.host, Cookies) = (host, cookies);

    public CookieContainer Cookies { get; }

    /// <summary>Nobody: without a cookie.</summary>
    public static HubSession Anonymous(Uri host) => new(host, new CookieContainer());

    /// <summary>A browser that has these cookies already.</summary>
    public static HubSession With(Uri host, CookieContainer cookies) => new(host, cookies);

    public static async Task<HubSession> SignIn(Uri host, string persona)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = host };
        var page = await http.GetStringAsync(new Uri($"/signin?q={persona}", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value),
            ["persona"] = persona,
        });
        using var answer = await http.PostAsync(new Uri("/signin/demo", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? new HubSession(host, cookies)
            : throw new InvalidOperationException($"{persona} was not signed in: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Connects to the live hub, with a WebSocket at once.</summary>
    public Task<HubClient> Connect(CancellationToken cancel = default) => ConnectTo(host, cancel);

    /// <summary>Connects to another host of the same cluster with this host's cookie.</summary>
    public async Task<HubClient> ConnectTo(Uri other, CancellationToken cancel = default)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(other, "/hubs/live"), options =>
            {
                options.Cookies = Cookies;
                options.Headers["Origin"] = other.GetLeftPart(UriPartial.Authority);   // as a browser always says
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
            })
            .Build();
        try
        {
            await connection.StartAsync(cancel);
            return new HubClient(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}

/// <summary>A program at the live hub, as its member.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal HubClient(HubConnection connection)
    {
        this.connection = connection;
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => ended.Task;

    public Task<ExecuteAnswer> Execute(StreamId topic, string commandId, ICommand command, CancellationToken cancel = default) =>
        Execute(topic.ToString(), commandId, Kinds.OfTheHub.NameOf(command), JsonSerializer.Deserialize<JsonElement>(Kinds.Write(command)), cancel);

    /// <summary>Sends anything, as a hostile program might.</summary>
    public Task<ExecuteAnswer> Execute(string? topic, string? commandId, string? kind, JsonElement body, CancellationToken cancel = default) =>
        connection.InvokeAsync<ExecuteAnswer>("Execute", topic, commandId, kind, body, cancel);

    public IAsyncEnumerable<TopicMessage> Follow(StreamId topic, long afterVersion, CancellationToken cancel = default) =>
        Follow(topic.ToString(), afterVersion, cancel);

    /// <summary>Follows a topic until its last message, the token, or until the reader stops reading.</summary>
    public async IAsyncEnumerable<TopicMessage> Follow(string topic, long afterVersion, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // The hub hears only by the token that a reader has stopped.
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await foreach (var message in connection.StreamAsync<TopicMessage>("Follow", topic, afterVersion, stopped.Token))
            {
                yield return message;
            }
        }
        finally
        {
            await stopped.CancelAsync();
        }
    }

    /// <summary>Returns when the hub has taken or dropped it.</summary>
    public Task Signal(StreamId topic, string kind, CancellationToken cancel = default) => connection.InvokeAsync("Signal", topic.ToString(), kind, cancel);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
