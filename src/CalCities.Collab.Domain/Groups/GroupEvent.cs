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

    [GenerateSerializer, Immutable, Alias("groups.renamed.v1")]
    public sealed record Renamed(string Name, string Scope) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.empowered.v1")]
    public sealed record Empowered(GroupPower Power) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.guard-set.v1")]
    public sealed record GuardSet(GuardMode Mode) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.rules-set.v1")]
    public sealed record RulesSet(BodyRules Rules) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.allotted.v1")]
    public sealed record Allotted(Appointer Appointer, int Seats) : GroupEvent;

    /// <summary>A seat that no appointer counts.</summary>
    [GenerateSerializer, Immutable, Alias("groups.seat-filled.v1")]
    public sealed record SeatFilled(MemberId Member, Role Role) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.appointed.v1")]
    public sealed record Appointed(MemberId Member, Role Role, Appointer Appointer, MemberId? AlternateFor) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.seat-vacated.v1")]
    public sealed record SeatVacated(MemberId Member) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.term-planned.v1")]
    public sealed record TermPlanned(string Name, DateTimeOffset Begins) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.next-appointed.v1")]
    public sealed record NextAppointed(MemberId Member, Role Role, Appointer Appointer, MemberId? AlternateFor) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.next-vacated.v1")]
    public sealed record NextVacated(MemberId Member) : GroupEvent;

    /// <summary>HeldOver: nobody was appointed for it, so those who sat go on until someone is.</summary>
    [GenerateSerializer, Immutable, Alias("groups.term-begun.v1")]
    public sealed record TermBegun(string Name, bool HeldOver) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.merged.v1")]
    public sealed record Merged(GroupId Into) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.retired.v1")]
    public sealed record Retired(string Reason) : GroupEvent;
}
