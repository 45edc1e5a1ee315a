using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>Everything that can be asked of a member's account.</summary>
[GenerateSerializer, Alias("members.command")]
public abstract record MemberCommand : ICommand
{
    private MemberCommand() { }

    [GenerateSerializer, Immutable, Alias("members.join")]
    public sealed record Join(string Office, string? City, Duty Duty) : MemberCommand;

    /// <summary>Takes note of a seat that a group has filled; only the policy that follows the group's log may say so.</summary>
    [GenerateSerializer, Immutable, Alias("members.take-seat")]
    public sealed record TakeSeat(GroupId Group, Role Role) : MemberCommand;

    /// <summary>Takes note of a seat that a group has vacated.</summary>
    [GenerateSerializer, Immutable, Alias("members.leave-seat")]
    public sealed record LeaveSeat(GroupId Group) : MemberCommand;
}
