using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Everything that can be asked of a group.</summary>
[GenerateSerializer, Alias("groups.command")]
public abstract record GroupCommand : ICommand
{
    private GroupCommand() { }

    ImmutableArray<StreamId> ICommand.Needs => this is Merge c && StreamId.TryParse(c.Into.Stream.ToString(), out var into) ? [into] : [];

    [GenerateSerializer, Immutable, Alias("groups.found")]
    public sealed record Found(string Name, GroupKind Kind, string Scope) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.rename")]
    public sealed record Rename(string Name, string Scope) : GroupCommand;

    /// <summary>Says what the body does with positions.</summary>
    [GenerateSerializer, Immutable, Alias("groups.empower")]
    public sealed record Empower(GroupPower Power) : GroupCommand;

    /// <summary>Says what its threads do before a majority of one council takes part.</summary>
    [GenerateSerializer, Immutable, Alias("groups.set-guard")]
    public sealed record SetGuard(GuardMode Mode) : GroupCommand;

    /// <summary>Says how the body meets and votes, from its next meeting on.</summary>
    [GenerateSerializer, Immutable, Alias("groups.set-rules")]
    public sealed record SetRules(BodyRules Rules) : GroupCommand;

    /// <summary>This appointer fills so many of its seats; 0 takes the appointer away.</summary>
    [GenerateSerializer, Immutable, Alias("groups.allot")]
    public sealed record Allot(Appointer Appointer, int Seats) : GroupCommand;

    /// <summary>Gives someone a seat that no appointer counts: in a division or caucus, or as partner, guest or clerk.</summary>
    [GenerateSerializer, Immutable, Alias("groups.fill-seat")]
    public sealed record FillSeat(MemberId Member, Role Role) : GroupCommand;

    /// <summary>Fills one of an appointer's seats, now or (NextTerm) in the roster that the next term begins with. An alternate is named for a holder.</summary>
    [GenerateSerializer, Immutable, Alias("groups.appoint")]
    public sealed record Appoint(MemberId Member, Role Role, Appointer Appointer, MemberId? AlternateFor, bool NextTerm) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.vacate-seat")]
    public sealed record VacateSeat(MemberId Member) : GroupCommand;

    /// <summary>Takes someone off the roster that the next term begins with.</summary>
    [GenerateSerializer, Immutable, Alias("groups.vacate-next")]
    public sealed record VacateNext(MemberId Member) : GroupCommand;

    /// <summary>The next term ("2026–27") begins then, at the close of the Annual Conference; said again, it moves.</summary>
    [GenerateSerializer, Immutable, Alias("groups.plan-term")]
    public sealed record PlanTerm(string Name, DateTimeOffset Begins) : GroupCommand;

    /// <summary>The time has come; sent by the deadline that the plan has set.</summary>
    [GenerateSerializer, Immutable, Alias("groups.begin-term")]
    public sealed record BeginTerm(string Name) : GroupCommand;

    /// <summary>It goes into another group: its seats end, what it wrote stays under its name.</summary>
    [GenerateSerializer, Immutable, Alias("groups.merge")]
    public sealed record Merge(GroupId Into) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.retire")]
    public sealed record Retire(string Reason) : GroupCommand;
}

/// <summary>What a body does with positions (DOMAIN §1, §2).</summary>
[GenerateSerializer, Alias("groups.power")]
public enum GroupPower
{
    /// <summary>Talks and votes on its own business, and on no positions (a division, the Coastal Cities Group).</summary>
    Discusses = 0,
    /// <summary>Recommends positions to the Board (a policy committee).</summary>
    Recommends = 1,
    /// <summary>Decides them (the Board, the General Assembly).</summary>
    Decides = 2,
    /// <summary>Shares what it knows and votes on nothing (the Rural City Information Exchange).</summary>
    Shares = 3,
}
