using System.Collections.Immutable;
using System.Reflection;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using Dapper;

namespace CalCities.Collab.Kernel;

/// <summary>
/// What is due and when: a row a key, by the latest word of its rule. The runner sends what is due and removes its row; after a rebuild
/// what was sent stands here again, and is sent again under the id that it had: nothing new is recorded.
/// </summary>
internal sealed class DueIndex(IEnumerable<DeadlineLine> rules, Kinds kinds) : IIndex
{
    public string Name => "due";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["due"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        foreach (var (rule, part, word) in rules.SelectMany(rule => rule.Follow(recorded, kinds).Select((word, part) => (rule.Name, part, word))))
        {
            if (word.To is not { } to)
                batch.Run("delete from due where rule = @rule and key = @key", new { rule, key = word.Key });
            else
                batch.Run(
                    """
                    insert into due (rule, key, at, stream, kind, body, position, part, member)
                    values (@rule, @key, @at, @stream, @kind, @body, @position, @part, @member)
                    on conflict (rule, key) do update set at = excluded.at, stream = excluded.stream, kind = excluded.kind, body = excluded.body,
                        position = excluded.position, part = excluded.part, member = excluded.member
                    """,
                    new
                    {
                        rule,
                        key = word.Key,
                        at = word.At.ToUnixTimeMilliseconds(),
                        stream = to.ToString(),
                        kind = word.Kind,
                        body = word.Body,
                        position = recorded.Position,
                        part = (long)part,
                        member = recorded.Actor.Member?.Value,
                    });
        }
    }
}

/// <summary>What one event says of one deadline, as the index keeps it; To nothing when it is taken back.</summary>
internal sealed record DueWord(string Key, DateTimeOffset At, StreamId? To, string Kind, string Body);

/// <summary>One …When… rule that sets deadlines, as the index and the runner drive it.</summary>
internal abstract class DeadlineLine
{
    public abstract string Name { get; }

    /// <summary>What one event says of its deadlines; nothing for events of other slices.</summary>
    public abstract IEnumerable<DueWord> Follow(Recorded<object> recorded, Kinds kinds);

    public abstract Task<Outcome> Send(Due due, Kinds kinds, Door door, CancellationToken cancel);

    /// <summary>All deadlines of an assembly, found by their interface.</summary>
    public static ImmutableArray<DeadlineLine> All(Assembly assembly) => Rules.In<DeadlineLine>(assembly, typeof(IDeadline<,>), typeof(DeadlineLine<,,>));
}

internal sealed class DeadlineLine<TRule, TEvent, TCommand> : DeadlineLine
    where TRule : IDeadline<TEvent, TCommand>
    where TEvent : class
    where TCommand : class, ICommand
{
    public override string Name => TRule.Name;

    public override IEnumerable<DueWord> Follow(Recorded<object> recorded, Kinds kinds) =>
        recorded.Event is not TEvent happened
            ? []
            : TRule.When(new(recorded.Stream, recorded.Version, recorded.Position, recorded.Command, recorded.Part, recorded.Actor, recorded.Time, happened))
                .Select(word => word.Command is { } later
                    ? new DueWord(word.Key, word.At, later.To, kinds.NameOf(later.Command!), Kinds.Write(later.Command!))
                    : new DueWord(word.Key, word.At, null, "", ""));

    public override Task<Outcome> Send(Due due, Kinds kinds, Door door, CancellationToken cancel) =>
        door.Execute(new Actor.Policy(Name, due.Member is null ? null : new MemberId(due.Member)), due.To, due.Id, kinds.Read<TCommand>(due.Kind, due.Body), cancel);
}

/// <summary>A row of the index: a command that is to be sent.</summary>
internal sealed record Due(string Rule, string Key, string Stream, string Kind, string Body, long Position, long Part, string? Member)
{
    /// <summary>What is read at once; the rest follows when these are sent.</summary>
    private const int Most = 500;

    public StreamId To => StreamId.Parse(Stream);

    /// <summary>Derives from the event that set it, so that it is recorded once.</summary>
    public CommandId Id => new($"{CommandId.PolicyPrefix}{Rule}:{Position}:{Part}");

    public static Task<ImmutableArray<Due>> At(IHubDatabase database, DateTimeOffset now, CancellationToken cancel) => database.Read(async connection =>
        (await connection.QueryAsync<Due>(
            "select rule as Rule, key as Key, stream as Stream, kind as Kind, body as Body, position as Position, part as Part, member as Member from due where at <= @now order by at, rule, key limit @most",
            new { now = now.ToUnixTimeMilliseconds(), most = Most })).ToImmutableArray(), cancel);

    /// <summary>Forgets it, unless a later event has set it anew.</summary>
    public Task Forget(IHubDatabase database, CancellationToken cancel) => database.Write((connection, transaction) =>
        connection.ExecuteAsync("delete from due where rule = @Rule and key = @Key and position = @Position", new { Rule, Key, Position }, transaction), cancel);
}
