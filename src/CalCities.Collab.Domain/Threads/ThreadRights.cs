using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>Who may do what in a thread of a group: the decider refuses by these rows, sight cuts by them, pages show controls by them.</summary>
public sealed class ThreadRights : IRights
{
    private const ActorKinds Voters = ActorKinds.Member | ActorKinds.Chair | ActorKinds.ViceChair | ActorKinds.AlternateUnseated | ActorKinds.AlternateSeated | ActorKinds.Delegate;

    /// <summary>Everyone who talks in the group: its seats, partners, the clerk and the league's staff.</summary>
    private const ActorKinds Talkers = Voters | ActorKinds.Partner | ActorKinds.CommitteeClerk | ActorKinds.Staff;

    private const ActorKinds Chairs = ActorKinds.Chair | ActorKinds.ViceChair;

    /// <summary>An admin runs the hub and reads nobody's talk, whatever seat they hold; a follower only reads what all members may.</summary>
    private const ActorKinds Apart = ActorKinds.Admin | ActorKinds.Follower;

    private static readonly Right ReadGroupOnly = new("the group's own", Talkers | ActorKinds.ApiToken, ThreadRefusals.NoSuchThread, "see thread") { Never = Apart };

    private static readonly Right ReadOpen = new("open to all members", Relations.Everyone | ActorKinds.ApiToken, ThreadRefusals.NoSuchThread, "see thread");

    public static readonly Right Write = new("open", Talkers | ActorKinds.ApiToken, ThreadRefusals.NoSeat,
        "threads.open", "threads.post", "threads.agree", "threads.take-back-agreement")
    { Never = Apart };

    /// <summary>Staff and clerks serve, partners have no vote: a stance is a seat's.</summary>
    public static readonly Right TakeStance = new("open, with a stance", Voters | ActorKinds.ApiToken, ThreadRefusals.NoStance, "threads.post") { Never = Apart | ActorKinds.Staff };

    /// <summary>Beside the right to write: it is one's own.</summary>
    public static readonly Right ChangePost = new("a post of one's own", ActorKinds.Oneself | ActorKinds.ApiToken, ThreadRefusals.NotYours, "threads.edit", "threads.withdraw") { Never = Apart };

    public static readonly Right Chair = new("open or closed", Chairs | ActorKinds.ApiToken, ThreadRefusals.OnlyTheChair,
        "threads.close", "threads.reopen", "threads.pin", "threads.unpin")
    { Never = Apart };

    public static readonly Right Hide = new("open or closed", Chairs | ActorKinds.Staff | ActorKinds.ApiToken, ThreadRefusals.OnlyChairOrStaff, "threads.hide", "threads.unhide") { Never = Apart };

    /// <summary>Reads what is hidden or withdrawn, beside its author.</summary>
    private static readonly Right ReadRemoved = new("a hidden or withdrawn post", ActorKinds.CommitteeClerk | ActorKinds.Oneself | ActorKinds.ApiToken, ThreadRefusals.NoSuchPost, "see thread") { Never = Apart };

    public static ImmutableArray<Right> Rows { get; } = [ReadGroupOnly, ReadOpen, ReadRemoved, Write, TakeStance, ChangePost, Chair, Hide];

    public static bool MayRead(Standing standing, GroupId group, Readers readers) =>
        (readers == Readers.AllMembers ? ReadOpen : ReadGroupOnly).Allows(standing.To(group));

    public static bool MayWrite(Standing standing, GroupId group) => Write.Allows(standing.To(group));

    public static bool MayTakeStance(Standing standing, GroupId group) => TakeStance.Allows(standing.To(group));

    /// <summary>Whether there is any group in which someone of this standing may open a thread.</summary>
    public static bool MayWriteSomewhere(Standing standing) =>
        Write.Allows(Relations.Of(standing)) || standing.Seats.Any(seat => MayWrite(standing, seat.Group));

    /// <summary>Closes, reopens and pins.</summary>
    public static bool MayChair(Standing standing, GroupId group) => Chair.Allows(standing.To(group));

    /// <summary>Hides a post with a reason.</summary>
    public static bool MayHide(Standing standing, GroupId group) => Hide.Allows(standing.To(group));

    /// <summary>Keeps the group's record and so reads what is hidden or withdrawn.</summary>
    public static bool KeepsRecord(Standing standing, GroupId group) => ReadRemoved.Allows(standing.To(group));
}
