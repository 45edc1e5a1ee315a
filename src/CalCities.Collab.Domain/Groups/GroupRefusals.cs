using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

public static class GroupRefusals
{
    public static readonly Refusal AlreadyFounded = new("AlreadyFounded", "There is a group of this name already.");
    public static readonly Refusal NotFounded = new("NotFounded", "There is no such group. Choose one from the list of groups.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Groups and their seats are kept by the league's staff.");
    public static readonly Refusal OnlyTheAppointer = new("OnlyTheAppointer", "A seat is filled and vacated by the president of the body that appoints to it, or by the league's staff. Ask one of them.");
    public static readonly Refusal OnlyThePresident = new("OnlyThePresident", "A body appoints members and their alternates. Chair, vice chair and all others are named by the league's president or staff.");
    public static readonly Refusal NameMissing = new("NameMissing", $"A group needs a name of 1 to {GroupDecider.MaxNameLength} characters.");
    public static readonly Refusal SeatVacant = new("SeatVacant", "That person holds no seat in this group.");
    public static readonly Refusal Full = new("Full", $"A group has {GroupDecider.MaxSeats} seats at most.");
    public static readonly Refusal NoLongerThere = new("NoLongerThere", "This group was merged or retired, so it takes no changes. Its page says where its work went.");
    public static readonly Refusal MergedIntoNothing = new("MergedIntoNothing", "A group is merged into another one that is at work. Choose that one from the list of groups.");
    public static readonly Refusal BadAllotment = new("BadAllotment",
        $"An appointer fills 0 to {GroupDecider.MaxSeats} seats, is named once, and a group has {GroupDecider.MaxAppointers} of them at most.");
    public static readonly Refusal NoAllotment = new("NoAllotment", "That body appoints nobody to this group. Choose an appointer from the group's roster.");
    public static readonly Refusal AllotmentFull = new("AllotmentFull", "That appointer's seats are all filled. Vacate one first.");
    public static readonly Refusal SeatOfAnother = new("SeatOfAnother", "That person holds a seat here that another appointer has filled. Ask that one, or the league's staff.");
    public static readonly Refusal NoSuchMember = new("NoSuchMember", "There is no such person with an account in good standing. Find them in the directory, or ask the league's staff to invite them.");
    public static readonly Refusal NoHolder = new("NoHolder", "An alternate is named for someone else who holds a seat here. Choose the holder from the roster.");
    public static readonly Refusal NoTerm = new("NoTerm", "No such term is planned. The league's staff plan the next term first.");
    public static readonly Refusal TermInPast = new("TermInPast", "A term begins at a time to come. Give the close of the next Annual Conference.");
    public static readonly Refusal TermNotDue = new("TermNotDue", "The next term has not begun yet. Its roster takes over by itself when it does.");
    public static readonly Refusal NothingPrepared = new("NothingPrepared", "Nobody is on the next term's roster, so the present one stays. Fill its seats first.");
}
