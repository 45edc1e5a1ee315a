using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

public static class MemberRefusals
{
    public static readonly Refusal AlreadyJoined = new("AlreadyJoined", "This person has an account already.");
    public static readonly Refusal NotJoined = new("NotJoined", "There is no such account. Ask the league's staff for an invitation.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Accounts are made by the league's staff, and seats by the group that they belong to.");
    public static readonly Refusal OfficeMissing = new("OfficeMissing", $"An account needs an office of 1 to {MemberDecider.MaxNameLength} characters, such as Mayor.");
    public static readonly Refusal NameTooLong = new("NameTooLong", $"A name and a city have 1 to {MemberDecider.MaxNameLength} characters each; leave out what is not known.");
    public static readonly Refusal OwnAccount = new("OwnAccount", "Nobody changes their own duty or suspends themselves. Ask another admin.");
    public static readonly Refusal OnlyAnAdmin = new("OnlyAnAdmin", "Only an admin makes, changes or suspends an admin. Ask one.");
    public static readonly Refusal ReasonMissing = new("ReasonMissing", $"Say why in 1 to {MemberDecider.MaxReasonLength} characters; the person may read it.");
    public static readonly Refusal NoSuchBody = new("NoSuchBody", "The city has no such council or commission. Choose one from the city's page, or add it there first.");
}
