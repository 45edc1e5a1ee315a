using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;

namespace CalCities.Collab.Api;

/// <summary>
/// The types of streams that programs may follow and send commands to: those that have an id and a sight.
/// Found by reflection in the domain; nothing is registered.
/// </summary>
internal sealed class HubStreams
{
    private readonly FrozenDictionary<string, HubStream> byType;

    public HubStreams(params IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsAbstract && !type.ContainsGenericParameters).ToArray();
        var sights = (from type in types
                      let face = Face(type, typeof(ISight<,>))
                      where face is not null
                      select (StreamType: (string)type.GetProperty(nameof(MemberSight.StreamType), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!, Sight: type, Of: face.GetGenericArguments()))
            .ToDictionary(s => s.StreamType, StringComparer.Ordinal);
        byType = (from type in types
                  let face = Face(type, typeof(IAggregateId<,>))
                  where face is not null
                  let streamType = ((dynamic)Activator.CreateInstance(type, "x")!).Stream.Type as string
                  where sights.ContainsKey(streamType)
                  let sight = sights[streamType]
                  let of = face.GetGenericArguments()
                  where of[1] == sight.Of[1]
                  select KeyValuePair.Create(streamType, (HubStream)Activator.CreateInstance(
                      typeof(HubStream<,,,>).MakeGenericType(sight.Sight, sight.Of[0], of[0], of[1]), type)!))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static HubStreams OfTheHub { get; } = new(typeof(ICommand).Assembly);

    /// <summary>The stream that a topic names, if programs may ask for its type at all.</summary>
    public bool TryFind(string? topic, out StreamId stream, out HubStream found)
    {
        found = null!;
        return StreamId.TryParse(topic, out stream) && byType.TryGetValue(stream.Type, out found!);
    }

    private static Type? Face(Type type, Type open) =>
        type.GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == open);
}

/// <summary>One type of stream, as programs meet it.</summary>
internal abstract class HubStream
{
    public abstract IAsyncEnumerable<TopicMessage> Follow(LiveTopics topics, StreamId stream, MemberId member, long after, CancellationToken cancel);

    public abstract Task<ExecuteAnswer> Execute(IDoor door, StreamId stream, Caller caller, CommandId id, string kind, JsonElement body, CancellationToken cancel);

    /// <summary>Tells that the member is writing, if they may see the stream.</summary>
    public abstract Task Signal(LiveTopics topics, StreamId stream, MemberId member, string kind, CancellationToken cancel);
}

/// <inheritdoc />
internal sealed class HubStream<TSight, TView, TCommand, TEvent>(Type idType) : HubStream
    where TSight : ISight<TView, TEvent>
    where TView : class, IView<TView, TEvent>
    where TCommand : class, ICommand
    where TEvent : class
{
    /// <summary>An event as programs read it, written once for all who follow while it is in memory.</summary>
    private static readonly ConditionalWeakTable<Recorded<TEvent>, TopicEvent> Told = [];

    public override async IAsyncEnumerable<TopicMessage> Follow(
        LiveTopics topics, StreamId stream, MemberId member, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Nothing is kept for a program: it is told that something is new, and reads on from its own version as fast as it takes.
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        await using var watch = await topics.Open<TSight, TView, TEvent>(stream, member, Step, present: false, cancel);
        var current = false;
        ImmutableArray<Passing> passing = [];
        for (after = Math.Max(after, 0); ; await news.Reader.ReadAsync(cancel))
        {
            for (; watch.View is not null && watch.Version > after;)
            {
                if (await Next(watch, after, topics.Logger) is not { } events)
                {
                    yield return Stopped;
                    yield break;
                }

                if (events.IsEmpty)
                    break;
                foreach (var (version, recorded) in events)
                {
                    yield return Message(version, recorded);
                    after = version;
                }
            }

            if (watch.View is null && watch.State is LiveState.Live)
            {
                yield return new TopicMessage(TopicMessage.NoneType);
                yield break;
            }

            if (watch.State is LiveState.Broken || watch.View is null)
            {
                yield return Stopped;
                yield break;
            }

            if (!current && watch.Version <= after)
            {
                current = true;
                yield return new TopicMessage(TopicMessage.CurrentType, watch.Version);
            }

            if (current && !watch.Passing.ToHashSet().SetEquals(passing))
            {
                passing = watch.Passing;
                yield return new TopicMessage(TopicMessage.PassingType, Passing: [.. passing.Select(p => new TopicPassing(p.Member.Value, p.Kind))]);
            }
        }

        Task Step(Action take)
        {
            take();
            news.Writer.TryWrite(true);
            return Task.CompletedTask;
        }
    }

    public override async Task<ExecuteAnswer> Execute(IDoor door, StreamId stream, Caller caller, CommandId id, string kind, JsonElement body, CancellationToken cancel)
    {
        TCommand command;
        try
        {
            command = Kinds.OfTheHub.Read<TCommand>(kind, body.GetRawText());
        }
        catch (Exception) // Whatever a hostile text makes the reader throw, it is no command of this family, and nothing has happened yet.
        {
            return ExecuteAnswer.Of(new Outcome.Refused(HubRefusals.BadCommand));
        }

        var to = (IAggregateId<TCommand, TEvent>)Activator.CreateInstance(idType, stream.Key)!;
        return ExecuteAnswer.Of(await door.Execute(caller, to, id, command, cancel));
    }

    public override async Task Signal(LiveTopics topics, StreamId stream, MemberId member, string kind, CancellationToken cancel)
    {
        await using var watch = await topics.Open<TSight, TView, TEvent>(stream, member, static _ => Task.CompletedTask, present: false, cancel);
        watch.Signal(kind);
    }

    private static TopicMessage Stopped { get; } = new(TopicMessage.StoppedType, Sentence: "This can't be followed at the moment. Try again in a minute.");

    private static async Task<ImmutableArray<(long Version, Recorded<TEvent>? Event)>?> Next(StreamWatch<TSight, TView, TEvent> watch, long after, ILogger logger)
    {
        try
        {
            return await watch.EventsAfter(after);
        }
        catch (Exception failure) // The grain or its database is away; the program follows again from where it was.
        {
            logger.LogWarning(failure, "{Stream} can't be read for a program.", watch.Stream);
            return null;
        }
    }

    private static TopicMessage Message(long version, Recorded<TEvent>? recorded) =>
        recorded is null ? new TopicMessage(TopicMessage.HiddenType, version) : new TopicMessage(TopicMessage.EventType, version, Told.GetValue(recorded, Tell));

    private static TopicEvent Tell(Recorded<TEvent> recorded) => new(
        Kinds.OfTheHub.NameOf(recorded.Event), JsonSerializer.SerializeToElement(recorded.Event, recorded.Event.GetType(), Kinds.Json),
        recorded.Actor.Member?.Value, recorded.Actor.Program, recorded.Time, recorded.Position);
}
