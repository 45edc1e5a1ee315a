using System.Collections.Immutable;
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

    [GenerateSerializer, Immutable, Alias("groups.rename")]
    public sealed record Rename(string Name) : GroupCommand;

    /// <summary>Ends the group and its seats; another takes up its work.</summary>
    [GenerateSerializer, Immutable, Alias("groups.merge")]
    public sealed record Merge(GroupId Into) : GroupCommand, ICommand
    {
        ImmutableArray<StreamId> ICommand.Needs => [Into.Stream];
    }

    /// <summary>Ends the group and its seats.</summary>
    [GenerateSerializer, Immutable, Alias("groups.retire")]
    public sealed record Retire : GroupCommand;

    /// <summary>Says what the group does about positions, and whether it votes at all.</summary>
    [GenerateSerializer, Immutable, Alias("groups.empower")]
    public sealed record Empower(GroupPower Power, bool Votes) : GroupCommand;

    [GenerateSerializer, Immutable, Alias("groups.set-guard")]
    public sealed record SetGuard(GuardMode Mode) : GroupCommand;

    /// <summary>Says how many seats each appointer fills here; none takes its allotment away, and who isn't named keeps theirs.</summary>
    [GenerateSerializer, Immutable, Alias("groups.allot")]
    public sealed record Allot(ImmutableArray<Allotment> Allotments) : GroupCommand;

    /// <summary>
    /// Seats a person, or gives them another role: now, or (Term) in the next term. By is who appoints; without it the seat is nobody's allotment.
    /// For is the holder of the seat whose named alternate the person is.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("groups.fill-seat")]
    public sealed record FillSeat(MemberId Member, Role Role, Appointer? By = null, MemberId? For = null, string? Term = null) : GroupCommand, ICommand
    {
        ImmutableArray<StreamId> ICommand.Needs => [Member.Stream];
    }

    /// <summary>Ends a person's seat, or (Term) takes them off next term's roster; the alternates named for them go with them.</summary>
    [GenerateSerializer, Immutable, Alias("groups.vacate-seat")]
    public sealed record VacateSeat(MemberId Member, string? Term = null) : GroupCommand;

    /// <summary>Names the next term ("2026–27") and when it begins, at the close of the Annual Conference; a roster for it can then be prepared.</summary>
    [GenerateSerializer, Immutable, Alias("groups.plan-term")]
    public sealed record PlanTerm(string Name, DateTimeOffset Begins) : GroupCommand;

    /// <summary>Lets the prepared roster take over.</summary>
    [GenerateSerializer, Immutable, Alias("groups.begin-term")]
    public sealed record BeginTerm(string Name) : GroupCommand;
}
