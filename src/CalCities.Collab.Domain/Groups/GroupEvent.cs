using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Everything that can have happened in a group. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("groups.event")]
public abstract record GroupEvent
{
    private GroupEvent() { }

    /// <summary>Scope is what the group deals with, in one sentence for its page.</summary>
    [GenerateSerializer, Immutable, Alias("groups.founded.v1")]
    public sealed record Founded(string Name, GroupKind Kind, string Scope) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.seat-filled.v1")]
    public sealed record SeatFilled(MemberId Member, Role Role) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.seat-vacated.v1")]
    public sealed record SeatVacated(MemberId Member) : GroupEvent;
}
