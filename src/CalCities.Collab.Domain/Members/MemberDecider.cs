using System.Collections.Immutable;
using System.Diagnostics;
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
    public sealed record Joined(Standing Standing) : Member;
}

/// <summary>The rules of an account: it joins once, and holds the seats that groups have given it.</summary>
public sealed class MemberDecider : IDecider<Member, MemberCommand, MemberEvent>
{
    /// <summary>The longest office or city: "Council Member, Rancho Santa Margarita" is 40 characters, and rows must hold it.</summary>
    public const int MaxNameLength = 80;

    public static Member Initial => new Member.Absent();
    public static int FoldVersion => 1;

    public static Decision<MemberEvent> Decide(Member state, MemberCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when given.Actor is Actor.Person => MemberRefusals.OnlyTheHub,

            (Member.Absent, MemberCommand.Join { Office.Length: 0 or > MaxNameLength }) => MemberRefusals.OfficeMissing,
            (Member.Absent, MemberCommand.Join c) => new MemberEvent.Joined(c.Office, c.City, c.Duty),
            (_, MemberCommand.Join) => MemberRefusals.AlreadyJoined,

            (Member.Joined m, MemberCommand.TakeSeat c) when m.Standing.RoleIn(c.Group) == c.Role => Decision<MemberEvent>.Accept(),
            (Member.Joined, MemberCommand.TakeSeat c) => new MemberEvent.Seated(c.Group, c.Role),

            (Member.Joined m, MemberCommand.LeaveSeat c) when m.Standing.RoleIn(c.Group) is null => Decision<MemberEvent>.Accept(),
            (Member.Joined, MemberCommand.LeaveSeat c) => new MemberEvent.Unseated(c.Group),

            (Member.Absent, _) => MemberRefusals.NotJoined,

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Member Fold(Member state, Recorded<MemberEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Member.Absent, MemberEvent.Joined e) => new Member.Joined(new Standing(e.Office, e.City, e.Duty, [])),
            (Member.Joined m, MemberEvent.Seated e) => With(m, Without(m, e.Group).Add(new Seat(e.Group, e.Role))),
            (Member.Joined m, MemberEvent.Unseated e) => With(m, Without(m, e.Group)),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Member state) => state is Member.Joined m ? new MemberFact(m.Standing) : null;

    private static Member.Joined With(Member.Joined member, ImmutableArray<Seat> seats) =>
        new(member.Standing with { Seats = seats });

    private static ImmutableArray<Seat> Without(Member.Joined member, Groups.GroupId group) =>
        member.Standing.Seats.RemoveAll(seat => seat.Group == group);
}
