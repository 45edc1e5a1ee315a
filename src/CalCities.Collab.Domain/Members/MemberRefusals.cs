using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

public static class MemberRefusals
{
    public static readonly Refusal AlreadyJoined = new("AlreadyJoined", "This person has an account already.");
    public static readonly Refusal NotJoined = new("NotJoined", "There is no such account. Ask the league's staff for an invitation.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Accounts are made by the league's staff, and seats by the group that they belong to.");
    public static readonly Refusal OnlyAnAdmin = new("OnlyAnAdmin", "Only an admin of the hub makes someone an admin, or changes one.");
    public static readonly Refusal NotOneself = new("NotOneself", "Nobody changes their own duty or suspends themselves. Ask another of the league's staff.");
    public static readonly Refusal IsSuspended = new("IsSuspended", "This account is suspended. Reinstate it first.");
    public static readonly Refusal NameTooLong = new("NameTooLong", $"A name has 1 to {MemberDecider.MaxNameLength} characters; leave it away where only the office is known.");
    public static readonly Refusal ReasonMissing = new("ReasonMissing", $"Say why in 1 to {MemberDecider.MaxReasonLength} characters: the reason stays in the record.");
    public static readonly Refusal BadBody = new("BadBody", "A council or commission is named by its city and a short word such as council or planning-commission.");
    public static readonly Refusal BadHome = new("BadHome", "A city's id is a short word such as davis, and its name stands beside it.");
    public static readonly Refusal OfficeMissing = new("OfficeMissing", $"An account needs an office of 1 to {MemberDecider.MaxNameLength} characters, such as Mayor.");
}
