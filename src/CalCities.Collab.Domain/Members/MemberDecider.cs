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
    public sealed record Joined(MemberId Id, Standing Standing) : Member;

    /// <summary>May not act; the standing is the one to come back to.</summary>
    [GenerateSerializer, Immutable, Alias("members.state.suspended")]
    public sealed record Suspended(MemberId Id, Standing Standing, string Reason) : Member;

    /// <summary>Who the person is, whether or not they may act; null before they have joined.</summary>
    public Standing? Known => this switch
    {
        Joined m => m.Standing,
        Suspended m => m.Standing,
        _ => null,
    };
}

/// <summary>The rules of an account: it joins once, holds the seats that groups have given it, and can be suspended.</summary>
public sealed class MemberDecider : IDecider<Member, MemberCommand, MemberEvent>
{
    /// <summary>The longest name, office or city: "Council Member, Rancho Santa Margarita" is 40 characters, and rows must hold it.</summary>
    public const int MaxNameLength = 80;

    /// <summary>The longest reason: two sentences.</summary>
    public const int MaxReasonLength = 300;

    public static Member Initial => new Member.Absent();
    public static int FoldVersion => 2;

    public static Decision<MemberEvent> Decide(Member state, MemberCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when MemberRights.Against(given.Actor, IdOf(state), state.Known?.Duty, command) is { } refusal => refusal,

            (Member.Absent, MemberCommand.Join c) when IsBad(null, c.Office, c.City) is { } refusal => refusal,
            (Member.Absent, MemberCommand.Join c) => new MemberEvent.Joined(c.Office, c.City, c.Duty),
            (_, MemberCommand.Join) => MemberRefusals.AlreadyJoined,
            (Member.Absent, _) => MemberRefusals.NotJoined,

            (_, MemberCommand.Describe c) when IsBad(c.Name, c.Office, c.City) is { } refusal => refusal,
            ({ Known: { } k }, MemberCommand.Describe c) when (k.Name, k.Office, k.City, k.Duty) == (c.Name, c.Office, c.City, c.Duty) => Decision<MemberEvent>.Accept(),
            (_, MemberCommand.Describe c) => new MemberEvent.Described(c.Name, c.Office, c.City, c.Duty),

            (_, MemberCommand.Suspend { Reason.Length: 0 or > MaxReasonLength }) => MemberRefusals.ReasonMissing,
            (Member.Suspended, MemberCommand.Suspend) => Decision<MemberEvent>.Accept(),
            (_, MemberCommand.Suspend c) => new MemberEvent.Suspended(c.Reason),
            (Member.Suspended, MemberCommand.Reinstate) => new MemberEvent.Reinstated(),
            (_, MemberCommand.Reinstate) => Decision<MemberEvent>.Accept(),

            ({ Known.Body: { } body }, MemberCommand.Sit c) when body == new LocalBody(c.City, c.Body) => Decision<MemberEvent>.Accept(),
            (_, MemberCommand.Sit c) => given.Fact<CityFact>(c.City.Stream)?.Bodies.ContainsKey(c.Body) is true ? new MemberEvent.Sat(c.City, c.Body) : MemberRefusals.NoSuchBody,
            ({ Known.Body: null }, MemberCommand.Stand) => Decision<MemberEvent>.Accept(),
            (_, MemberCommand.Stand) => new MemberEvent.Stood(),

            ({ Known: { } k }, MemberCommand.TakeSeat c) => k.RoleIn(c.Group) == c.Role ? Decision<MemberEvent>.Accept() : new MemberEvent.Seated(c.Group, c.Role),
            ({ Known: { } k }, MemberCommand.LeaveSeat c) => k.RoleIn(c.Group) is null ? Decision<MemberEvent>.Accept() : new MemberEvent.Unseated(c.Group),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Member Fold(Member state, Recorded<MemberEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Member.Absent, MemberEvent.Joined e) => new Member.Joined(new(recorded.Stream.Key), new Standing(e.Office, e.City, e.Duty, [])),
            ({ Known: { } k }, MemberEvent.Seated e) => With(state, k with { Seats = Without(k, e.Group).Add(new Seat(e.Group, e.Role)) }),
            ({ Known: { } k }, MemberEvent.Unseated e) => With(state, k with { Seats = Without(k, e.Group) }),
            ({ Known: { } k }, MemberEvent.Described e) => With(state, k with { Name = e.Name, Office = e.Office, City = e.City, Duty = e.Duty }),
            ({ Known: { } k }, MemberEvent.Sat e) => With(state, k with { Body = new LocalBody(e.City, e.Body) }),
            ({ Known: { } k }, MemberEvent.Stood) => With(state, k with { Body = null }),
            (Member.Joined m, MemberEvent.Suspended e) => new Member.Suspended(m.Id, m.Standing, e.Reason),
            (Member.Suspended m, MemberEvent.Reinstated) => new Member.Joined(m.Id, m.Standing),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    /// <summary>Nothing of someone suspended: the door and all sights then take them for someone without standing.</summary>
    public static Fact? Tell(Member state) => state is Member.Joined m ? new MemberFact(m.Standing) : null;

    private static Member With(Member state, Standing standing) => state switch
    {
        Member.Joined m => m with { Standing = standing },
        Member.Suspended m => m with { Standing = standing },
        _ => throw new UnreachableException($"{state.GetType().Name} has no standing."),
    };

    private static ImmutableArray<Seat> Without(Standing standing, Groups.GroupId group) => standing.Seats.RemoveAll(seat => seat.Group == group);

    private static MemberId? IdOf(Member state) => state switch
    {
        Member.Joined m => m.Id,
        Member.Suspended m => m.Id,
        _ => null,
    };

    private static Refusal? IsBad(string? name, string office, string? city) =>
        office.Length is 0 or > MaxNameLength ? MemberRefusals.OfficeMissing
        : name is { Length: 0 or > MaxNameLength } || city is { Length: 0 or > MaxNameLength } ? MemberRefusals.NameTooLong
        : null;
}
