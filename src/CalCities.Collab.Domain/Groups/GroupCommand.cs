using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Everything that can be asked of a group.</summary>
[GenerateSerializer, Alias("groups.command")]
public abstract record GroupCommand : ICommand
{
    private GroupCommand() { }

    [GenerateSerializer, Immutable, Alias("groups.found")]
    public sealed record Found(string Name, GroupKind Kind, string Scope) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.fill-seat")]
    public sealed record FillSeat(MemberId Member, Role Role) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.vacate-seat")]
    public sealed record VacateSeat(MemberId Member) : GroupCommand;
}
