using System.Collections.Immutable;
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

    /// <summary>A seat that is nobody's allotment.</summary>
    [GenerateSerializer, Immutable, Alias("groups.seat-filled.v1")]
    public sealed record SeatFilled(MemberId Member, Role Role) : GroupEvent;

    /// <summary>A seat that an appointer has filled, or a holder's alternate (For) was named.</summary>
    [GenerateSerializer, Immutable, Alias("groups.seat-filled.v2")]
    public sealed record Appointed(MemberId Member, Role Role, Appointer? By, MemberId? For) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.seat-vacated.v1")]
    public sealed record SeatVacated(MemberId Member) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.renamed.v1")]
    public sealed record Renamed(string Name) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.merged.v1")]
    public sealed record Merged(GroupId Into) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.retired.v1")]
    public sealed record Retired : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.empowered.v1")]
    public sealed record Empowered(GroupPower Power, bool Votes) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.guard-set.v1")]
    public sealed record GuardSet(GuardMode Mode) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.allotted.v1")]
    public sealed record Allotted(ImmutableArray<Allotment> Allotments) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.term-planned.v1")]
    public sealed record TermPlanned(string Name, DateTimeOffset Begins) : GroupEvent;

    /// <summary>Someone was put on next term's roster.</summary>
    [GenerateSerializer, Immutable, Alias("groups.seat-prepared.v1")]
    public sealed record SeatPrepared(MemberId Member, Role Role, Appointer? By, MemberId? For) : GroupEvent;

    [GenerateSerializer, Immutable, Alias("groups.seat-unprepared.v1")]
    public sealed record SeatUnprepared(MemberId Member) : GroupEvent;

    /// <summary>The prepared roster took over; the seats that changed stand in the events before this one.</summary>
    [GenerateSerializer, Immutable, Alias("groups.term-begun.v1")]
    public sealed record TermBegun(string Name) : GroupEvent;
}
