using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>An account, as deciding needs it.</summary>
[GenerateSerializer, Alias("members.state")]
public abstract record Member
{
    private Member() { }

    [GenerateSerializer, Immutable, Alias("members.state.absent")]
    public sealed record Absent : Member;

    [GenerateSerializer, Immutable, Alias("members.state.joined")]
    public sealed record Joined(MemberId Self, Standing Standing) : Member;

    /// <summary>Goes on to know its seats, and gives no right.</summary>
    [GenerateSerializer, Immutable, Alias("members.state.suspended")]
    public sealed record Suspended(MemberId Self, Standing Standing) : Member;
}

/// <summary>The rules of an account: it joins once, is described by the league's staff, and holds the seats that groups have given it.</summary>
public sealed class MemberDecider : IDecider<Member, MemberCommand, MemberEvent>
{
    /// <summary>The longest name, office or city: "Council Member, Rancho Santa Margarita" is 40 characters, and rows must hold it.</summary>
    public const int MaxNameLength = 80;

    /// <summary>A sentence or two.</summary>
    public const int MaxReasonLength = 300;

    public static Member Initial => new Member.Absent();
    public static int FoldVersion => 3;

    public static Decision<MemberEvent> Decide(Member state, MemberCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, MemberCommand.TakeSeat or MemberCommand.LeaveSeat) when MemberRights.Follow.Against(Relations.Of(given.Actor)) is { } refusal => refusal,
            (_, not (MemberCommand.TakeSeat or MemberCommand.LeaveSeat)) when NotToBeKept(state, command, given.Actor) is { } refusal => refusal,

            (Member.Absent, MemberCommand.Join { Office.Length: 0 or > MaxNameLength }) => MemberRefusals.OfficeMissing,
            (Member.Absent, MemberCommand.Join c) when !IsHome(c.HomeId, c.City) => MemberRefusals.BadHome,
            (Member.Absent, MemberCommand.Join c) => new MemberEvent.Joined(c.Office, c.City, c.Duty) { HomeId = c.HomeId },
            (_, MemberCommand.Join) => MemberRefusals.AlreadyJoined,
            (Member.Absent, _) => MemberRefusals.NotJoined,

            (Member.Joined m, MemberCommand.TakeSeat c) => TakeSeat(m.Standing, c),
            (Member.Suspended m, MemberCommand.TakeSeat c) => TakeSeat(m.Standing, c),
            (Member.Joined m, MemberCommand.LeaveSeat c) => LeaveSeat(m.Standing, c),
            (Member.Suspended m, MemberCommand.LeaveSeat c) => LeaveSeat(m.Standing, c),

            (Member.Suspended, MemberCommand.Reinstate) => new MemberEvent.Reinstated(),
            (Member.Joined, MemberCommand.Reinstate) => Decision<MemberEvent>.Accept(),
            (Member.Joined, MemberCommand.Suspend c) => Suspend(c),
            (Member.Suspended, MemberCommand.Suspend) => Decision<MemberEvent>.Accept(),

            (Member.Suspended, _) => MemberRefusals.IsSuspended,
            (Member.Joined m, MemberCommand.Describe c) => Describe(m.Standing, c),
            (Member.Joined m, MemberCommand.Sit c) => Sit(m.Standing, c),
            (Member.Joined { Standing.Body: null }, MemberCommand.Rise) => Decision<MemberEvent>.Accept(),
            (Member.Joined, MemberCommand.Rise) => new MemberEvent.Rose(),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Member Fold(Member state, Recorded<MemberEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Member.Absent, MemberEvent.Joined e) => new Member.Joined(new MemberId(recorded.Stream.Key), new Standing(e.Office, e.City, e.Duty, []) { HomeId = e.HomeId }),
            (Member.Joined m, MemberEvent.Suspended) => new Member.Suspended(m.Self, m.Standing),
            (Member.Suspended m, MemberEvent.Reinstated) => new Member.Joined(m.Self, m.Standing),
            (Member.Joined m, _) => m with { Standing = After(m.Standing, recorded.Event) },
            (Member.Suspended m, MemberEvent.Seated or MemberEvent.Unseated) => m with { Standing = After(m.Standing, recorded.Event) },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Member state) => state is Member.Joined m ? new MemberFact(m.Standing) : null;

    private static Standing After(Standing standing, MemberEvent happened) => happened switch
    {
        MemberEvent.Described e => standing with { Name = e.Name, Office = e.Office, City = e.City, Duty = e.Duty, HomeId = e.HomeId },
        MemberEvent.Sits e => standing with { Body = e.Body },
        MemberEvent.Rose => standing with { Body = null },
        MemberEvent.Seated e => standing with { Seats = Without(standing, e.Group).Add(new Seat(e.Group, e.Role)) },
        MemberEvent.Unseated e => standing with { Seats = Without(standing, e.Group) },
        _ => throw new UnreachableException($"{happened.GetType().Name} changes no standing."),
    };

    /// <summary>What stands against someone who would keep this account.</summary>
    private static Refusal? NotToBeKept(Member state, MemberCommand command, Actor actor)
    {
        var who = Relations.Of(actor);
        var (self, duty) = state switch
        {
            Member.Joined m => ((MemberId?)m.Self, m.Standing.Duty),
            Member.Suspended m => (m.Self, m.Standing.Duty),
            _ => (null, Duty.None),
        };
        var becomes = command switch
        {
            MemberCommand.Join c => c.Duty,
            MemberCommand.Describe c => c.Duty,
            _ => duty,
        };
        return MemberRights.Keep.Against(who)
            ?? (duty == Duty.Admin || becomes == Duty.Admin ? MemberRights.KeepAdmin.Against(who) : null)
            ?? (actor is Actor.Person person && person.Member == self && (becomes != duty || command is MemberCommand.Suspend or MemberCommand.Reinstate)
                ? MemberRights.KeepOwn.Against(ActorKinds.Oneself)
                : null);
    }

    private static Decision<MemberEvent> TakeSeat(Standing standing, MemberCommand.TakeSeat c) =>
        standing.RoleIn(c.Group) == c.Role ? Decision<MemberEvent>.Accept() : new MemberEvent.Seated(c.Group, c.Role);

    private static Decision<MemberEvent> LeaveSeat(Standing standing, MemberCommand.LeaveSeat c) =>
        standing.RoleIn(c.Group) is null ? Decision<MemberEvent>.Accept() : new MemberEvent.Unseated(c.Group);

    private static Decision<MemberEvent> Suspend(MemberCommand.Suspend c) =>
        c.Reason is { Length: > 0 and <= MaxReasonLength } ? new MemberEvent.Suspended(c.Reason) : MemberRefusals.ReasonMissing;

    private static Decision<MemberEvent> Describe(Standing standing, MemberCommand.Describe c) =>
        c.Office is not { Length: > 0 and <= MaxNameLength } || c.City is { Length: 0 or > MaxNameLength } ? MemberRefusals.OfficeMissing
        : c.Name is { Length: 0 or > MaxNameLength } ? MemberRefusals.NameTooLong
        : !IsHome(c.HomeId, c.City) ? MemberRefusals.BadHome
        : (standing.Name, standing.Office, standing.City, standing.Duty, standing.HomeId) == (c.Name, c.Office, c.City, c.Duty, c.HomeId) ? Decision<MemberEvent>.Accept()
        : new MemberEvent.Described(c.Name, c.Office, c.City, c.Duty) { HomeId = c.HomeId };

    /// <summary>Whether an id given beside a city's name can be one: none, or a city's that is named.</summary>
    private static bool IsHome(CityId? home, string? city) => home is not { } id || (city is not null && LocalBody.IsSlug(id.Value, CityId.MaxLength));

    private static Decision<MemberEvent> Sit(Standing standing, MemberCommand.Sit c) =>
        !c.Body.IsAcceptable ? MemberRefusals.BadBody
        : standing.Body == c.Body ? Decision<MemberEvent>.Accept()
        : new MemberEvent.Sits(c.Body);

    private static ImmutableArray<Seat> Without(Standing standing, Groups.GroupId group) => standing.Seats.RemoveAll(seat => seat.Group == group);
}
