using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

public static class GroupRefusals
{
    public static readonly Refusal AlreadyFounded = new("AlreadyFounded", "There is a group of this name already.");
    public static readonly Refusal NotFounded = new("NotFounded", "There is no such group. Choose one from the list of groups.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Groups and their seats are kept by the league's staff.");
    public static readonly Refusal NameMissing = new("NameMissing", $"A group needs a name of 1 to {GroupDecider.MaxNameLength} characters.");
    public static readonly Refusal SeatVacant = new("SeatVacant", "That person holds no seat in this group.");
    public static readonly Refusal Full = new("Full", $"A group has {GroupDecider.MaxSeats} seats at most.");
}
