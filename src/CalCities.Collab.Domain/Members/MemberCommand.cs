using System.Collections.Immutable;
using CalCities.Collab.Cities;
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

    /// <summary>Changes who the person is; all four as they shall be.</summary>
    [GenerateSerializer, Immutable, Alias("members.describe")]
    public sealed record Describe(string? Name, string Office, string? City, Duty Duty) : MemberCommand;

    /// <summary>Takes the account's standing away until it is reinstated; the seats stay.</summary>
    [GenerateSerializer, Immutable, Alias("members.suspend")]
    public sealed record Suspend(string Reason) : MemberCommand;

    [GenerateSerializer, Immutable, Alias("members.reinstate")]
    public sealed record Reinstate : MemberCommand;

    /// <summary>Says on which council or commission of their city the person sits at home.</summary>
    [GenerateSerializer, Immutable, Alias("members.sit")]
    public sealed record Sit(CityId City, string Body) : MemberCommand, ICommand
    {
        ImmutableArray<StreamId> ICommand.Needs => [City.Stream];
    }

    /// <summary>Says that the person sits on no council or commission any more.</summary>
    [GenerateSerializer, Immutable, Alias("members.stand")]
    public sealed record Stand : MemberCommand;
}
