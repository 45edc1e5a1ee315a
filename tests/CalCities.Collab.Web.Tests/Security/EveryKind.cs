using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Security;

/// <summary>Somebody of every kind that a person with an account can be to Environmental Quality (eq).</summary>
internal static class EveryKind
{
    public static readonly GroupId Eq = new("eq");
    private static readonly GroupId Cs = new("cs"), Board = new("board"), Valley = new("sacramento-valley");

    /// <summary>What people may be, as a test has it and not as the code works it out.</summary>
    public static readonly ImmutableArray<(string Slug, ActorKinds Kinds, Duty Duty, ImmutableArray<(GroupId, Role)> Seats)> People =
    [
        ("chair", ActorKinds.Chair, Duty.None, [(Eq, Role.Chair)]),
        ("vice-chair", ActorKinds.ViceChair, Duty.None, [(Eq, Role.ViceChair)]),
        ("member", ActorKinds.Member, Duty.None, [(Eq, Role.Member)]),
        ("alternate", ActorKinds.AlternateUnseated, Duty.None, [(Eq, Role.Alternate)]),
        ("seated", ActorKinds.AlternateSeated, Duty.None, [(Eq, Role.SeatedAlternate)]),
        ("partner", ActorKinds.Partner, Duty.None, [(Eq, Role.Partner)]),
        ("guest", ActorKinds.GuestSpeaker, Duty.None, [(Eq, Role.Guest)]),
        ("eq-clerk", ActorKinds.CommitteeClerk, Duty.None, [(Eq, Role.Clerk)]),
        ("delegate", ActorKinds.Delegate, Duty.None, [(Eq, Role.Delegate)]),
        ("other", ActorKinds.OtherMember, Duty.None, [(Cs, Role.Chair)]),
        ("director", ActorKinds.BoardMember | ActorKinds.OtherMember, Duty.None, [(Board, Role.Member)]),
        ("appointer", ActorKinds.AppointingOfficer | ActorKinds.OtherMember, Duty.None, [(Valley, Role.Chair)]),
        ("staff", ActorKinds.Staff, Duty.Staff, []),
        ("clerk", ActorKinds.CommitteeClerk, Duty.Clerk, []),
        ("city-clerk", ActorKinds.CityClerk | ActorKinds.OtherMember, Duty.CityClerk, []),
        ("admin", ActorKinds.Admin, Duty.Admin, []),
        ("follower", ActorKinds.Follower, Duty.Follower, []),
    ];

    /// <summary>Founds the groups and seats the people, and waits until their standing says so.</summary>
    public static async Task Join(WholeHost host)
    {
        foreach (var group in new[] { Eq, Cs, Board, Valley })
            await host.Do(group, new GroupCommand.Found(group.Value, group == Board ? GroupKind.Board : group == Valley ? GroupKind.Division : GroupKind.PolicyCommittee, ""));
        foreach (var (slug, _, duty, seats) in People)
            await host.Join(slug, "Mayor", "Davis", duty, [.. seats]);
        var seated = Assert.IsType<Outcome.Recorded>(await host.Door.Execute(new Actor.Program("test"), Eq, new("last"), new GroupCommand.FillSeat(new("last"), Role.Member)));
        await host.CaughtUp(seated.Position);
    }
}
