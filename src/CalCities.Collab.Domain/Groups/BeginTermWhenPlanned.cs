using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

/// <summary>When the next term is planned, its roster takes over at the time that was said: at the close of the Annual Conference.</summary>
public sealed class BeginTermWhenPlanned : IDeadline<GroupEvent, GroupCommand>
{
    public static string Name => "term-begins";

    public static ImmutableArray<Deadline<GroupCommand>> When(Recorded<GroupEvent> recorded)
    {
        var group = recorded.Stream.Key;
        return recorded.Event switch
        {
            GroupEvent.TermPlanned e => [new(group, e.Begins, new(recorded.Stream, new GroupCommand.BeginTerm(e.Name)))],
            GroupEvent.TermBegun or GroupEvent.Merged or GroupEvent.Retired => [Deadline<GroupCommand>.TakenBack(group)],
            _ => [],
        };
    }
}
