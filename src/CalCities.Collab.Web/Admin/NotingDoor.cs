using System.Collections.Concurrent;
using CalCities.Collab.Api;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;

namespace CalCities.Collab.Admin;

/// <summary>Writes into the audit when someone is denied a right: by the door (a refusal of the rights table, or of a pass) or at an address. What merely doesn't fit the present state is none.</summary>
internal sealed class DenialNotes(IAudit audit, RightsTable rights, TimeProvider clock, ILogger<DenialNotes> logger)
{
    /// <summary>Someone who tries everything is seen by their first tries; the audit's 100,000 entries must outlast them.</summary>
    public const int PerMemberAndMinute = 5;

    /// <summary>All members together.</summary>
    public const int PerMinute = 120;

    /// <summary>Beyond this many, buckets that have filled up again are forgotten.</summary>
    private const int ForgetBeyond = 10_000;

    private readonly ConcurrentDictionary<MemberId, TokenBucket> buckets = new();
    private readonly TokenBucket all = new(clock, PerMinute);

    public Task Heard(Caller caller, string kind, StreamId to, Outcome outcome) =>
        outcome is Outcome.Refused { Refusal: var refusal } && Denials.Are(refusal.Code, rights)
            ? Note(caller.Member, $"{kind} to {to}: {refusal.Code}.")
            : Task.CompletedTask;

    public async Task Note(MemberId member, string detail)
    {
        if (buckets.Count > ForgetBeyond)
            foreach (var (key, bucket) in buckets)
                if (bucket.IsFull)
                    buckets.TryRemove(new(key, bucket));
        if (!buckets.GetOrAdd(member, _ => new TokenBucket(clock, PerMemberAndMinute)).TryTake() || !all.TryTake())
            return;
        try
        {
            await audit.Note(member.Value, AuditActions.Denied, detail);
        }
        catch (Exception failure) // The refusal stands and is told, whether or not it could be noted.
        {
            logger.LogWarning(failure, "A denial to {Member} could not be noted.", member);
        }
    }
}

/// <summary>The door, with what it denies people noted.</summary>
internal sealed class NotingDoor(IDoor door, DenialNotes notes) : IDoor
{
    public async Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand
    {
        var outcome = await door.Execute(caller, to, id, command, cancel);
        await notes.Heard(caller, Kinds.OfTheHub.NameOf(command), to.Stream, outcome);
        return outcome;
    }

    public Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand =>
        door.Execute(program, to, id, command, cancel);
}
