using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>The one way in for every command, from pages, hub, programs and policies.</summary>
public interface IDoor
{
    /// <summary>
    /// Sends a person's command: reads their standing and the facts it needs now, spends one of their tokens, and retries an unknown
    /// outcome with the same id for 30 seconds. Unknown afterwards: sending it again with the same id is safe.
    /// </summary>
    Task<Outcome> Execute<TCommand, TEvent>(MemberId member, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand;

    /// <summary>Sends a command of the program itself ("import", "demo").</summary>
    Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand;
}
