using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>Who may do what in a thread of a group: the decider refuses by it, sight cuts by it, pages show controls by it.</summary>
public static class ThreadRights
{
    /// <summary>Group only: its seats, staff and clerk (an admin runs the hub and reads nobody's talk). All members: everyone with an account.</summary>
    public static bool MayRead(Standing standing, GroupId group, Readers readers) =>
        readers == Readers.AllMembers || (standing.RoleIn(group) is not null && standing.Duty != Duty.Follower) || standing.Duty is Duty.Staff or Duty.Clerk;

    /// <summary>A seat in the group, or the league's staff and clerk.</summary>
    public static bool MayWrite(Standing standing, GroupId group) =>
        standing.Duty is Duty.Staff or Duty.Clerk || (standing.RoleIn(group) is not null && standing.Duty != Duty.Follower);

    /// <summary>Whether there is any group in which someone of this standing may open a thread.</summary>
    public static bool MayWriteSomewhere(Standing standing) =>
        standing.Duty is Duty.Staff or Duty.Clerk || (!standing.Seats.IsEmpty && standing.Duty != Duty.Follower);

    /// <summary>Closes, reopens and pins: chair and vice chair.</summary>
    public static bool Chairs(Standing standing, GroupId group) => standing.RoleIn(group) is Role.Chair or Role.ViceChair && standing.Duty != Duty.Follower;

    /// <summary>Hides a post with a reason: chair, vice chair and staff.</summary>
    public static bool MayHide(Standing standing, GroupId group) => Chairs(standing, group) || standing.Duty == Duty.Staff;

    /// <summary>Keeps the record and so reads what is hidden or withdrawn: the clerk.</summary>
    public static bool KeepsRecord(Standing standing) => standing.Duty == Duty.Clerk;
}
