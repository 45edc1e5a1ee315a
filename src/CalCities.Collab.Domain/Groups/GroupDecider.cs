using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>What sort of body a group is (DOMAIN §1).</summary>
[GenerateSerializer, Alias("groups.kind")]
public enum GroupKind
{
    PolicyCommittee = 0,
    Division = 1,
    Department = 2,
    Caucus = 3,
    Board = 4,
    /// <summary>Discusses and shares; takes no positions (Coastal Cities Group, Rural City Information Exchange).</summary>
    Exchange = 5,
}

/// <summary>What other slices may know of a group.</summary>
[GenerateSerializer, Immutable, Alias("groups.fact")]
public sealed record GroupFact(string Name, GroupKind Kind) : Fact
{
    /// <summary>What its threads do before a majority of one council takes part.</summary>
    [Id(2)]
    public GuardMode Guard { get; init; }
}

/// <summary>A group, as deciding needs it.</summary>
[GenerateSerializer, Alias("groups.state")]
public abstract record Body
{
    private Body() { }

    [GenerateSerializer, Immutable, Alias("groups.state.unfounded")]
    public sealed record Unfounded : Body;

    [GenerateSerializer, Immutable, Alias("groups.state.founded")]
    public sealed record Founded(string Name, GroupKind Kind, ImmutableSortedDictionary<string, Role> Seats) : Body;
}

/// <summary>The rules of a group: founded once, its seats filled and vacated one by one.</summary>
public sealed class GroupDecider : IDecider<Body, GroupCommand, GroupEvent>
{
    /// <summary>The longest name; "Governance, Transparency, and Labor Relations" is 46 characters.</summary>
    public const int MaxNameLength = 120;

    /// <summary>Divisions hold every official of their cities: Los Angeles County's 86 cities have some 450.</summary>
    public const int MaxSeats = 5_000;

    public static Body Initial => new Body.Unfounded();
    public static int FoldVersion => 1;

    public static Decision<GroupEvent> Decide(Body state, GroupCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when given.Actor is not Actor.Program => GroupRefusals.OnlyTheHub,

            (Body.Unfounded, GroupCommand.Found { Name.Length: 0 or > MaxNameLength }) => GroupRefusals.NameMissing,
            (Body.Unfounded, GroupCommand.Found c) => new GroupEvent.Founded(c.Name, c.Kind, c.Scope),
            (_, GroupCommand.Found) => GroupRefusals.AlreadyFounded,

            (Body.Founded g, GroupCommand.FillSeat c) when g.Seats.TryGetValue(c.Member.Value, out var role) && role == c.Role =>
                Decision<GroupEvent>.Accept(),
            (Body.Founded { Seats.Count: >= MaxSeats } g, GroupCommand.FillSeat c) when !g.Seats.ContainsKey(c.Member.Value) => GroupRefusals.Full,
            (Body.Founded, GroupCommand.FillSeat c) => new GroupEvent.SeatFilled(c.Member, c.Role),

            (Body.Founded g, GroupCommand.VacateSeat c) when !g.Seats.ContainsKey(c.Member.Value) => GroupRefusals.SeatVacant,
            (Body.Founded, GroupCommand.VacateSeat c) => new GroupEvent.SeatVacated(c.Member),

            (Body.Unfounded, _) => GroupRefusals.NotFounded,

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Body Fold(Body state, Recorded<GroupEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Body.Unfounded, GroupEvent.Founded e) =>
                new Body.Founded(e.Name, e.Kind, ImmutableSortedDictionary.Create<string, Role>(StringComparer.Ordinal)),
            (Body.Founded g, GroupEvent.SeatFilled e) => g with { Seats = g.Seats.SetItem(e.Member.Value, e.Role) },
            (Body.Founded g, GroupEvent.SeatVacated e) => g with { Seats = g.Seats.Remove(e.Member.Value) },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Body state) => state is Body.Founded g ? new GroupFact(g.Name, g.Kind) : null;
}
