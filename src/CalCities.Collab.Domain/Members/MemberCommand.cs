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
    public sealed record Join(string Office, string? City, Duty Duty) : MemberCommand
    {
        /// <summary>The city's id where its name doesn't tell it; see <see cref="Standing.HomeId"/>.</summary>
        [Id(3), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public CityId? HomeId { get; init; }
    }

    /// <summary>Says anew who the person is: what they are called (null: by office alone), office, city and duty.</summary>
    [GenerateSerializer, Immutable, Alias("members.describe")]
    public sealed record Describe(string? Name, string Office, string? City, Duty Duty) : MemberCommand
    {
        /// <summary>The city's id where its name doesn't tell it; see <see cref="Standing.HomeId"/>.</summary>
        [Id(4), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public CityId? HomeId { get; init; }
    }

    /// <summary>The person sits on this council or commission at home.</summary>
    [GenerateSerializer, Immutable, Alias("members.sit")]
    public sealed record Sit(LocalBody Body) : MemberCommand;

    /// <summary>The person sits on no council or commission any more.</summary>
    [GenerateSerializer, Immutable, Alias("members.rise")]
    public sealed record Rise : MemberCommand;

    /// <summary>Takes the account's standing away until it is reinstated: nothing is read or done with it.</summary>
    [GenerateSerializer, Immutable, Alias("members.suspend")]
    public sealed record Suspend(string Reason) : MemberCommand;

    [GenerateSerializer, Immutable, Alias("members.reinstate")]
    public sealed record Reinstate : MemberCommand;

    /// <summary>Takes note of a seat that a group has filled; only the policy that follows the group's log may say so.</summary>
    [GenerateSerializer, Immutable, Alias("members.take-seat")]
    public sealed record TakeSeat(GroupId Group, Role Role) : MemberCommand;

    /// <summary>Takes note of a seat that a group has vacated.</summary>
    [GenerateSerializer, Immutable, Alias("members.leave-seat")]
    public sealed record LeaveSeat(GroupId Group) : MemberCommand;
}
