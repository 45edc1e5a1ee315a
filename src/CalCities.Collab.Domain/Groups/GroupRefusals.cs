using CalCities.Collab.Kernel;

namespace CalCities.Collab.Groups;

public static class GroupRefusals
{
    public static readonly Refusal AlreadyFounded = new("AlreadyFounded", "There is a group of this name already.");
    public static readonly Refusal NotFounded = new("NotFounded", "There is no such group. Choose one from the list of groups.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Groups and their seats are kept by the league's staff.");
    public static readonly Refusal OnlyItsAppointer = new("OnlyItsAppointer", "A seat is filled and vacated by the presiding officer of the body that appoints to it, or by the league's staff.");
    public static readonly Refusal OnlyThePresident = new("OnlyThePresident", "A body appoints members and their alternates. Chair, vice chair and all others are named by the league's president or staff.");
    public static readonly Refusal SeatOfAnother = new("SeatOfAnother", "That person holds a seat here that another appointer has filled. Ask that one, or the league's staff.");
    public static readonly Refusal NameMissing = new("NameMissing", $"A group needs a name of 1 to {GroupDecider.MaxNameLength} characters.");
    public static readonly Refusal ScopeTooLong = new("ScopeTooLong", $"Say what the group deals with in {GroupDecider.MaxScopeLength} characters at most.");
    public static readonly Refusal SeatVacant = new("SeatVacant", "That person holds no seat in this group.");
    public static readonly Refusal Full = new("Full", $"A group has {GroupDecider.MaxSeats} seats at most.");
    public static readonly Refusal Ended = new("Ended", "This group has ended: it was merged or retired. Its page says where its work went.");
    public static readonly Refusal BadAppointer = new("BadAppointer", "Seats are appointed by a group, or from the lists president, officers, at-large and ten-largest.");
    public static readonly Refusal BadAllotment = new("BadAllotment", $"An appointer fills 0 to {GroupDecider.MaxAllotment} seats of a group.");
    public static readonly Refusal BadRules = new("BadRules", "Rules of meeting name a quorum and a share that can be reached, up to ten minutes for objections, and up to sixty days' notice.");
    public static readonly Refusal NoAllotment = new("NoAllotment", "This body appoints to no seat of this group.");
    public static readonly Refusal AllotmentFull = new("AllotmentFull", "All seats of this appointer are filled. Vacate one first.");
    public static readonly Refusal AlternateForNobody = new("AlternateForNobody", "An alternate is named for someone who holds a seat of this appointer, and only an alternate is.");
    public static readonly Refusal NoTermPlanned = new("NoTermPlanned", "No next term is planned. Say when it begins first.");
    public static readonly Refusal BadTerm = new("BadTerm", $"A term has a name of 1 to {GroupDecider.MaxTermLength} characters, such as 2026–27, and begins in the future.");
    public static readonly Refusal IntoItself = new("IntoItself", "A group is merged into another one.");
    public static readonly Refusal ReasonMissing = new("ReasonMissing", $"Say why in 1 to {GroupDecider.MaxReasonLength} characters: the reason is shown on the group's page.");
}
