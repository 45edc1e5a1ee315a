using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

public static class MemberRefusals
{
    public static readonly Refusal AlreadyJoined = new("AlreadyJoined", "This person has an account already.");
    public static readonly Refusal NotJoined = new("NotJoined", "There is no such account. Ask the league's staff for an invitation.");
    public static readonly Refusal OnlyTheHub = new("OnlyTheHub", "Accounts are made by the league's staff, and seats by the group that they belong to.");
    public static readonly Refusal OfficeMissing = new("OfficeMissing", $"An account needs an office of 1 to {MemberDecider.MaxNameLength} characters, such as Mayor.");
}
