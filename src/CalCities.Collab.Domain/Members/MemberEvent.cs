using CalCities.Collab.Cities;
using CalCities.Collab.Groups;

namespace CalCities.Collab.Members;

/// <summary>Everything that can have happened to a member's account. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("members.event")]
public abstract record MemberEvent
{
    private MemberEvent() { }

    [GenerateSerializer, Immutable, Alias("members.joined.v1")]
    public sealed record Joined(string Office, string? City, Duty Duty) : MemberEvent
    {
        /// <summary>The city's id where its name doesn't tell it; see <see cref="Standing.HomeId"/>.</summary>
        [Id(3), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public CityId? HomeId { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("members.described.v1")]
    public sealed record Described(string? Name, string Office, string? City, Duty Duty) : MemberEvent
    {
        /// <summary>The city's id where its name doesn't tell it; see <see cref="Standing.HomeId"/>.</summary>
        [Id(4), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public CityId? HomeId { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("members.sits.v1")]
    public sealed record Sits(LocalBody Body) : MemberEvent;

    [GenerateSerializer, Immutable, Alias("members.rose.v1")]
    public sealed record Rose : MemberEvent;

    [GenerateSerializer, Immutable, Alias("members.suspended.v1")]
    public sealed record Suspended(string Reason) : MemberEvent;

    [GenerateSerializer, Immutable, Alias("members.reinstated.v1")]
    public sealed record Reinstated : MemberEvent;

    [GenerateSerializer, Immutable, Alias("members.seated.v1")]
    public sealed record Seated(GroupId Group, Role Role) : MemberEvent;

    [GenerateSerializer, Immutable, Alias("members.unseated.v1")]
    public sealed record Unseated(GroupId Group) : MemberEvent;
}
