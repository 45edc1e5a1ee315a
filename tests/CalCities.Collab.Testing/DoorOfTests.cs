using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Testing;

/// <summary>Tests that are not about signing in act as members of the program's own.</summary>
public static class DoorOfTests
{
    public static Task<Outcome> Execute<TCommand, TEvent>(this IDoor door, MemberId member, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
        where TCommand : class, ICommand => door.Execute(Caller.InProcess(member), to, id, command, cancel);
}
