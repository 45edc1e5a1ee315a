using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Net.Sockets;
using CalCities.Collab.Members;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;

namespace CalCities.Collab.Kernel;

/// <summary>The one way in for every command, from pages, hub, programs and policies.</summary>
public interface IDoor
{
    /// <summary>
    /// Sends a person's command: checks their pass and reads their standing and the facts it needs now, spends one of their tokens, and
    /// retries an unknown outcome with the same id for 30 seconds. Unknown afterwards: sending it again with the same id is safe.
    /// </summary>
    Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand;

    /// <summary>Sends a command of the program itself ("import", "demo").</summary>
    Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand;
}

/// <inheritdoc cref="IDoor"/>
internal sealed class Door(IGrainFactory grains, GrainInterfaceTypeResolver names, TimeProvider clock, TokenBuckets buckets, ITalkGuard guard, Kinds kinds, ILogger<Door> logger) : IDoor, IDoorway
{
    /// <summary>A failover takes some ten seconds; a person waits no longer than this before they are told.</summary>
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Looking up a face's name by reflection costs as much as half the call.</summary>
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> faces = new();

    public Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand
    {
        var member = caller.Member;
        if (!id.IsAcceptable)
            return Refused(KernelRefusals.BadCommandId);
        if (!StreamId.TryParse(member.Stream.ToString(), out _))
            return Refused(KernelRefusals.NoStanding);
        if (!buckets.TryTake(member, command.Pace))
            return Refused(KernelRefusals.TooFast);
        return Send(() => WhoIs(caller, command), to.Stream, id, command, cancel);
    }

    /// <summary>The caller with their present standing, or why they may not act now.</summary>
    private async Task<(Actor?, Refusal?)> WhoIs(Caller caller, ICommand command)
    {
        var asked = Ask(caller.Member.Stream);
        var pass = caller.Pass is { } shown ? await Grain<IPassGrain>(new StreamId("access", caller.Member.Value)).StateOf(shown) : PassState.Session;
        return (pass, (await asked).Fact) switch
        {
            (PassState.Ended, _) => (null, KernelRefusals.SignedOut),
            (PassState.ReadToken, _) => (null, KernelRefusals.TokenReadsOnly),
            (PassState.WriteToken, _) when !RightsTable.OfTheDomain.IsForTokens(kinds.NameOf(command)) => (null, KernelRefusals.NotByToken),
            (_, MemberFact fact) => (new Actor.Person(caller.Member, fact.Standing), null),
            _ => (null, KernelRefusals.NoStanding),
        };
    }

    public Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand =>
        Send(() => Task.FromResult<(Actor?, Refusal?)>((program, null)), to.Stream, id, command, cancel);

    /// <summary>Sends a policy's command, whose id derives from the event that it follows.</summary>
    internal Task<Outcome> Execute<TCommand>(Actor.Policy policy, StreamId to, CommandId id, TCommand command, CancellationToken cancel)
        where TCommand : class, ICommand =>
        Send(() => Task.FromResult<(Actor?, Refusal?)>((policy, null)), to, id, command, cancel);

    private async Task<Outcome> Send<TCommand>(Func<Task<(Actor? Actor, Refusal? Refusal)>> whoActs, StreamId to, CommandId id, TCommand command, CancellationToken cancel)
        where TCommand : class, ICommand
    {
        if (!StreamId.TryParse(to.ToString(), out _) || command.Needs.Length > ICommand.MaxNeeds || command.Needs.Any(need => !StreamId.TryParse(need.ToString(), out _)))
            return new Outcome.Refused(KernelRefusals.UnknownCommand);

        var since = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var who = await whoActs();
                if (who.Actor is not { } actor)
                    return new Outcome.Refused(who.Refusal!);
                ImmutableArray<KnownFact> facts = [.. await Task.WhenAll(command.Needs.Distinct().Select(Ask))];
                var outcome = actor is Actor.Person { Standing.Body: not null } person && command.Joins(to, (await Ask(to)).Fact) is { } talk
                    ? await Say(person, talk, to, id.Of(actor), command, facts)
                    : await Grain<ICommandedGrain<TCommand>>(to).Execute(id.Of(actor), command, actor, facts);
                if (outcome is not Outcome.Unknown)
                    return outcome;
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                logger.LogWarning(failure, "{Command} to {Stream} got no answer; trying again.", command.GetType().Name, to);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // A bug: the person must hear something, and we must see it.
            {
                logger.LogError(failure, "{Command} to {Stream} failed.", command.GetType().Name, to);
                return new Outcome.Unknown();
            }

            if (clock.GetElapsedTime(since) > RetryFor)
                return new Outcome.Unknown();
            await Task.Delay(pause, clock, cancel);
        }
    }

    /// <summary>Lets a council member's words through if they may be said at all and the guard has counted them.</summary>
    private async Task<Outcome> Say<TCommand>(Actor.Person person, Talk talk, StreamId to, CommandId act, TCommand command, ImmutableArray<KnownFact> facts)
        where TCommand : class, ICommand
    {
        var grain = Grain<ICommandedGrain<TCommand>>(to);
        // What would be refused anyway is refused for its own reason, and counts for nothing: nobody learns of a conversation that they may not see.
        if (await grain.Against(act, command, person, facts) is { } refusal)
            return new Outcome.Refused(refusal);
        var entry = await guard.Enter(this, person, talk, act);
        if (entry.Stopped is { } stopped)
            return stopped;
        var outcome = await grain.Execute(act, command, person, entry.Fact is { } fellows ? facts.Add(fellows) : facts);
        if (entry.ToSettle is { } conversation)
            await guard.Settle(this, person, conversation, act, outcome);
        return outcome;
    }

    Task<KnownFact> IDoorway.Ask(StreamId stream) => Ask(stream);

    Task<Outcome> IDoorway.Send<TCommand>(StreamId to, CommandId id, TCommand command, Actor.Policy policy) =>
        Grain<ICommandedGrain<TCommand>>(to).Execute(id, command, policy, []);

    private Task<KnownFact> Ask(StreamId stream) => Grain<ITellingGrain>(stream).Tell();

    private TFace Grain<TFace>(StreamId stream) where TFace : IGrain =>
        (TFace)grains.GetGrain(GrainId.Create(stream.Type, stream.Key), faces.GetOrAdd(typeof(TFace), names.GetGrainInterfaceType));

    /// <summary>What a restart, a failover or a lost database throws, ours or the transport's.</summary>
    private static bool IsPassing(Exception failure) =>
        failure is OrleansException or TimeoutException or DbException or IOException or SocketException or StreamGrewException
        || failure.InnerException is { } inner && IsPassing(inner);

    private static Task<Outcome> Refused(Refusal refusal) => Task.FromResult<Outcome>(new Outcome.Refused(refusal));
}

/// <summary>A stream was appended to while an activation read it: the next call starts from the log.</summary>
[GenerateSerializer, Alias("kernel.stream-grew")]
internal sealed class StreamGrewException(string message) : Exception(message);
