using System.Collections.Immutable;
using System.Reflection;
using CalCities.Collab.Kernel.Log;

namespace CalCities.Collab.Kernel;

/// <summary>One …When… policy as the runner drives it.</summary>
internal abstract class PolicyLine
{
    public abstract string Name { get; }

    /// <summary>The commands that follow one event, each sent with the id that derives from it; none for events of other slices.</summary>
    public abstract IEnumerable<(StreamId To, CommandId Id, Func<CancellationToken, Task<Outcome>> Send)> Follow(StoredEvent stored, Kinds kinds, Door door);

    /// <summary>All policies of the hub, found by their interface.</summary>
    public static ImmutableArray<PolicyLine> All(Assembly assembly) => Rules.In<PolicyLine>(assembly, typeof(IPolicy<,>), typeof(PolicyLine<,,>));
}

/// <summary>Finds the rules of an assembly by their interface and wraps each for the runner.</summary>
internal static class Rules
{
    public static ImmutableArray<TLine> In<TLine>(Assembly assembly, Type face, Type line) where TLine : class =>
    [
        .. from type in assembly.GetTypes()
           from own in type.GetInterfaces()
           where own.IsGenericType && own.GetGenericTypeDefinition() == face
           select (TLine)Activator.CreateInstance(line.MakeGenericType([type, .. own.GetGenericArguments()]))!,
    ];
}

internal sealed class PolicyLine<TPolicy, TEvent, TCommand> : PolicyLine
    where TPolicy : IPolicy<TEvent, TCommand>
    where TEvent : class
    where TCommand : class, ICommand
{
    public override string Name => TPolicy.Name;

    public override IEnumerable<(StreamId To, CommandId Id, Func<CancellationToken, Task<Outcome>> Send)> Follow(StoredEvent stored, Kinds kinds, Door door)
    {
        if (kinds.TypeOf<TEvent>(stored.Kind) is null)
            yield break;
        var recorded = new Recorded<TEvent>(stored.Stream, stored.Version, stored.Position, stored.Command, stored.Part, stored.Actor, stored.Time,
            kinds.Read<TEvent>(stored.Kind, stored.Body));
        var actor = new Actor.Policy(TPolicy.Name, stored.Actor.Member);
        foreach (var (index, command) in TPolicy.When(recorded).Index())
        {
            var id = new CommandId($"{CommandId.PolicyPrefix}{TPolicy.Name}:{stored.Position}:{index}");
            yield return (command.To, id, cancel => door.Execute(actor, command.To, id, command.Command, cancel));
        }
    }
}
