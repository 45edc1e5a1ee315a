using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace CalCities.Collab.Api;

/// <summary>
/// The commands and views of pages, for programs, at /hubs/live (SignalR, JSON). Methods: Follow, Execute, Signal.
/// Nothing is buffered for a connection: what it doesn't take isn't read.
/// </summary>
internal sealed class LiveHub(LiveTopics topics, IDoor door, HubStreams streams, Presence presence, IGrainFactory grains, TimeProvider clock) : Hub
{
    /// <summary>A screen that shows a meeting follows some ten; a program that follows a group's threads some dozens.</summary>
    public const int MaxTopics = 100;

    /// <summary>A post of 10,000 characters may be 60,000 bytes when each is escaped; the rest is the envelope.</summary>
    public const int MaxMessageBytes = 72 * 1024;

    /// <summary>Follows that a connection may start: each reads a stream once.</summary>
    public const int FollowsPerMinute = 300;

    /// <summary>Signals that a connection may send: a person's keys are told every two seconds.</summary>
    public const int SignalsPerMinute = 60;

    /// <summary>Bodies that are read for a connection: the door counts what reaches a member's bucket, this what doesn't.</summary>
    public const int ExecutesPerMinute = 6_000;

    public static void Configure(HubOptions<LiveHub> options)
    {
        options.MaximumReceiveMessageSize = MaxMessageBytes;
        options.MaximumParallelInvocationsPerClient = 8;
        options.StreamBufferCapacity = 1;
        options.EnableDetailedErrors = false;
        options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        options.AddFilter<RightsHubFilter>();
    }

    private MemberId Member => new(Context.User!.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private ConnectionLimits Limits => (ConnectionLimits)Context.Items[nameof(ConnectionLimits)]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[nameof(ConnectionLimits)] = new ConnectionLimits(clock);
        if (!StreamId.TryParse($"member/{Context.User?.FindFirstValue(ClaimTypes.NameIdentifier)}", out _))
            Context.Abort();
        else
            Context.Items[nameof(Presence)] = presence.Watch(Context.User!.Caller(), Context.Abort);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[nameof(Presence)] as IDisposable)?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>
    /// Streams what the caller may see of a topic after a version: its events up to now, then "current", then live ones. Versions leave nothing
    /// out. A topic that the caller may not read answers like one that doesn't exist, and ends so when their standing goes.
    /// </summary>
    public async IAsyncEnumerable<TopicMessage> Follow(string? topic, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limits = Limits;
        if (!limits.Follows.TryTake())
        {
            yield return Refused(HubRefusals.TooFast);
            yield break;
        }

        if (!streams.TryFind(topic, out var stream, out var found))
        {
            yield return new TopicMessage(TopicMessage.NoneType);
            yield break;
        }

        if (!limits.TryOpen())
        {
            yield return Refused(HubRefusals.TooManyTopics);
            yield break;
        }

        try
        {
            await foreach (var message in found.Follow(topics, stream, Member, afterVersion, cancellationToken))
                yield return message;
        }
        finally
        {
            limits.Close();
        }
    }

    /// <summary>Sends a command of this kind and body to a topic; the same id again gives the first outcome.</summary>
    public async Task<ExecuteAnswer> Execute(string? topic, string? commandId, string? kind, JsonElement body)
    {
        if (!Limits.Executes.TryTake())
            return ExecuteAnswer.Of(new Outcome.Refused(HubRefusals.TooFast));
        if (kind is null || !streams.TryFind(topic, out var stream, out var found))
            return ExecuteAnswer.Of(new Outcome.Refused(HubRefusals.BadCommand));
        return await found.Execute(door, stream, Context.User!.Caller(), new CommandId(commandId ?? ""), kind, body, Context.ConnectionAborted);
    }

    /// <summary>Tells those who have a topic open that the caller is "here" or "writing"; anything else, or too often, is dropped.</summary>
    /// <exception cref="HubException">A pass that has ended, or a token that only reads: others would see its member there. It says so in a sentence.</exception>
    public async Task Signal(string? topic, string? kind)
    {
        if (kind is not (Passing.Here or Passing.Writing or Passing.Left) || !Limits.Signals.TryTake() || !streams.TryFind(topic, out var stream, out var found))
            return;
        var caller = Context.User!.Caller();
        if (await grains.GetGrain<IAccessGrain>(caller.Member.Value).StateOf(caller.Pass ?? "") is var pass and (PassState.Ended or PassState.ReadToken))
            throw new HubException((pass is PassState.ReadToken ? KernelRefusals.TokenReadsOnly : KernelRefusals.SignedOut).Sentence);
        await found.Signal(topics, stream, Member, kind, Context.ConnectionAborted);
    }

    private static TopicMessage Refused(Refusal refusal) => new(TopicMessage.RefusedType, Sentence: refusal.Sentence);
}

/// <summary>What one connection may still ask for.</summary>
internal sealed class ConnectionLimits(TimeProvider clock)
{
    private int open;

    public TokenBucket Follows { get; } = new(clock, LiveHub.FollowsPerMinute);
    public TokenBucket Executes { get; } = new(clock, LiveHub.ExecutesPerMinute);
    public TokenBucket Signals { get; } = new(clock, LiveHub.SignalsPerMinute);

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref open) <= LiveHub.MaxTopics)
            return true;
        Interlocked.Decrement(ref open);
        return false;
    }

    public void Close() => Interlocked.Decrement(ref open);
}
