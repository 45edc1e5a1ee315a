using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

public static class CityRefusals
{
    public static readonly Refusal AlreadyRegistered = new("AlreadyRegistered", "This city is registered already.");
    public static readonly Refusal NotRegistered = new("NotRegistered", "There is no such city. Choose one from the directory.");
    public static readonly Refusal OnlyStaff = new("OnlyStaff", "Cities are kept by the league's staff.");
    public static readonly Refusal OnlyItsClerk = new("OnlyItsClerk", "A city's delegates are named by its own clerk, or by the league's staff, after its council has acted.");
    public static readonly Refusal BadName = new("BadName", $"A city needs its name, whose words make its address, and a county, of 1 to {CityDecider.MaxNameLength} characters each.");
    public static readonly Refusal BadDate = new("BadDate", "Membership goes by days in order: it begins after it last ended, and ends after it last began.");
    public static readonly Refusal BadSize = new("BadSize", $"A council or commission has a short name such as council, and {CityDecider.MinSize} to {CityDecider.MaxSize} seats.");
    public static readonly Refusal TooManyBodies = new("TooManyBodies", $"A city lists {CityDecider.MaxBodies} councils and commissions at most.");
    public static readonly Refusal TooManyAlternates = new("TooManyAlternates", $"A city has one voting delegate and {CityDecider.MaxAlternates} alternates at most, each another person.");
    public static readonly Refusal NotOfTheCity = new("NotOfTheCity", "Each delegate and alternate must be an official of this city with an account here.");
    public static readonly Refusal CouncilActsFirst = new("CouncilActsFirst", "Give the day on which the council acted: today or before.");
    public static readonly Refusal NotAMember = new("NotAMember", "Only member cities have delegates in the General Assembly.");
}
