using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>A planned term begins by itself when its time has come; one that was moved begins at its new time.</summary>
public sealed class BeginTermWhenPlanned : IDeadline<GroupEvent, GroupCommand>
{
    public static string Name => "begin-term-when-planned";

    public static ImmutableArray<Deadline<GroupCommand>> When(Recorded<GroupEvent> recorded) => recorded.Event switch
    {
        GroupEvent.TermPlanned e => [new(recorded.Stream.Key, e.Begins, new(recorded.Stream, new GroupCommand.BeginTerm(e.Name)))],
        GroupEvent.Merged or GroupEvent.Retired => [Deadline<GroupCommand>.TakenBack(recorded.Stream.Key)],
        _ => [],
    };
}
