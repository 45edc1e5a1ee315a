using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace CalCities.Collab.Kernel.Log;

/// <summary>One stream's state as its aggregate would fold it, without the aggregate.</summary>
internal abstract class StreamFold
{
    /// <summary>By the streams' type, found by reflection over the aggregates: nothing is registered.</summary>
    private static readonly FrozenDictionary<string, Type> OfType =
        (from grain in typeof(StreamFold).Assembly.GetTypes()
         where grain.BaseType is { IsGenericType: true } aggregate && aggregate.GetGenericTypeDefinition() == typeof(EventSourcedGrain<,,,>)
         let name = grain.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, grain).ToString()!
         select (name, fold: typeof(StreamFold<,,,>).MakeGenericType(grain.BaseType!.GetGenericArguments()))).ToFrozenDictionary(one => one.name, one => one.fold, StringComparer.Ordinal);

    /// <summary>A stream before its first event; null when no aggregate has such streams.</summary>
    public static StreamFold? Of(StreamId stream) => OfType.TryGetValue(stream.Type, out var type) ? (StreamFold)Activator.CreateInstance(type)! : null;

    /// <summary>Folds the next event.</summary>
    /// <exception cref="JsonException">It is of another slice's kind. Other exceptions are the fold's own.</exception>
    public abstract void Take(Recorded<object> recorded);
}

/// <inheritdoc />
internal sealed class StreamFold<TDecider, TState, TCommand, TEvent> : StreamFold
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private TState state = TDecider.Initial;

    public override void Take(Recorded<object> recorded)
    {
        if (recorded.Event is not TEvent mine)
            throw new JsonException($"'{recorded.Event.GetType().Name}' is no kind of {typeof(TEvent).Name}.");
        state = TDecider.Fold(state, new Recorded<TEvent>(recorded.Stream, recorded.Version, recorded.Position, recorded.Command, recorded.Part, recorded.Actor, recorded.Time, mine));
    }
}
