using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>Who may do what with an account: staff and admins keep them, and only an admin an admin's.</summary>
public sealed class MemberRights : IRights
{
    private const ActorKinds Keepers = ActorKinds.Program | ActorKinds.Staff | ActorKinds.Admin;

    public static readonly Right Keep = new("any but an admin's", Keepers, MemberRefusals.OnlyTheHub,
        "members.join", "members.describe", "members.suspend", "members.reinstate", "members.sit", "members.stand");

    /// <summary>Makes an account an admin's, and keeps an admin's.</summary>
    public static readonly Right KeepAdmin = new("an admin's", ActorKinds.Program | ActorKinds.Admin, MemberRefusals.OnlyAnAdmin,
        "members.join", "members.describe", "members.suspend", "members.reinstate");

    /// <summary>One's own duty and standing.</summary>
    public static readonly Right KeepOwn = new("one's own duty, or one's own suspension", Keepers, MemberRefusals.OwnAccount, "members.describe", "members.suspend")
    { Never = ActorKinds.Oneself };

    public static readonly Right Note = new("any", ActorKinds.Rule, MemberRefusals.OnlyTheHub, "members.take-seat", "members.leave-seat");

    public static readonly Right See = new("any", Relations.Everyone | ActorKinds.ApiToken, KernelRefusals.NoStanding, "see member");

    public static ImmutableArray<Right> Rows { get; } = [Keep, KeepAdmin, KeepOwn, Note, See];

    /// <summary>Whether someone of this standing may keep people's accounts.</summary>
    public static bool MayKeep(Standing standing) => Keep.Allows(Relations.Of(standing));

    /// <summary>What stands against the actor, given whose account it is (null before it has joined) and the duty that it has and shall have.</summary>
    internal static Refusal? Against(Actor actor, MemberId? whose, Duty? has, MemberCommand command)
    {
        var who = Relations.Of(actor);
        if (command is MemberCommand.TakeSeat or MemberCommand.LeaveSeat)
            return Note.Against(who);
        if (Keep.Against(who) is { } refusal)
            return refusal;
        var shall = command switch
        {
            MemberCommand.Join c => c.Duty,
            MemberCommand.Describe c => c.Duty,
            _ => has,
        };
        if ((has == Duty.Admin || shall == Duty.Admin) && command is not (MemberCommand.Sit or MemberCommand.Stand) && KeepAdmin.Against(who) is { } notAnAdmin)
            return notAnAdmin;
        var own = actor is Actor.Person person && person.Member == whose;
        return own && (has != shall || command is MemberCommand.Suspend) ? KeepOwn.Against(who | ActorKinds.Oneself) : null;
    }
}
