using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace CalCities.Collab.Api;

/// <summary>A program that uses /hubs/live as a persona of the demonstration, with the hub's own types.</summary>
public sealed partial class HubClient : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubClient(HubConnection connection)
    {
        this.connection = connection;
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Signs in as a persona with the form of the sign-in page; the cookies may serve several connections.</summary>
    /// <exception cref="HttpRequestException">The host is away, or has no such persona.</exception>
    public static async Task<CookieContainer> SignIn(Uri host, string persona, CancellationToken cancel = default)
    {
        CookieContainer cookies = new();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host };
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await browser.GetStringAsync(new Uri("/signin", UriKind.Relative), cancel);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("persona", persona)]);
        using var answer = await browser.PostAsync(new Uri("/signin/demo", UriKind.Relative), form, cancel);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new HttpRequestException($"'{persona}' can't sign in: {answer.StatusCode}.", null, answer.StatusCode);
        return cookies;
    }

    /// <summary>Signs in as a persona and connects.</summary>
    public static async Task<HubClient> Connect(Uri host, string persona, CancellationToken cancel = default) =>
        await Connect(host, await SignIn(host, persona, cancel), cancel);

    /// <summary>Connects with the cookies of someone signed in, by WebSocket.</summary>
    public static async Task<HubClient> Connect(Uri host, CookieContainer cookies, CancellationToken cancel = default)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(host, "/hubs/live"), options =>
        {
            options.Cookies = cookies;
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
        }).Build();
        try
        {
            await hub.StartAsync(cancel);
            return new HubClient(hub);
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>Follows a topic ("thread/ab12") after a version; ends with the connection, the token, or the last message.</summary>
    public async IAsyncEnumerable<TopicMessage> Follow(string topic, long afterVersion, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // The hub hears that a reader has stopped only by the token.
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await foreach (var message in connection.StreamAsync<TopicMessage>("Follow", topic, afterVersion, stopped.Token))
                yield return message;
        }
        finally
        {
            await stopped.CancelAsync();
        }
    }

    public async Task<Outcome> Execute<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand
    {
        var body = JsonSerializer.SerializeToElement(command, command.GetType(), Kinds.Json);
        var answer = await Execute(to.Stream.ToString(), id.Value, Kinds.OfTheHub.NameOf(command), body, cancel);
        return answer.Outcome switch
        {
            ExecuteAnswer.Recorded => new Outcome.Recorded(answer.Version!.Value, answer.Position!.Value),
            ExecuteAnswer.Refused => new Outcome.Refused(new Refusal(answer.Code!, answer.Sentence!)),
            _ => new Outcome.Unknown(),
        };
    }

    /// <summary>Sends anything, as a hostile program might.</summary>
    public Task<ExecuteAnswer> Execute(string? topic, string? commandId, string? kind, JsonElement body, CancellationToken cancel = default) =>
        connection.InvokeAsync<ExecuteAnswer>("Execute", topic, commandId, kind, body, cancel);

    public Task Signal(string topic, string kind, CancellationToken cancel = default) =>
        connection.InvokeAsync("Signal", topic, kind, cancel);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
