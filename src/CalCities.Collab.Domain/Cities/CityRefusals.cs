using CalCities.Collab.Kernel;

namespace CalCities.Collab.Cities;

public static class CityRefusals
{
    public static readonly Refusal OnlyStaff = new("OnlyStaff", "The list of cities is kept by the league's staff. Ask them for a change.");
    public static readonly Refusal OnlyItsClerk = new("OnlyItsClerk", "A city's delegates are named by its own clerk, or by the league's staff. Ask one of them.");
    public static readonly Refusal AlreadyRegistered = new("AlreadyRegistered", "This city is in the hub already.");
    public static readonly Refusal NotRegistered = new("NotRegistered", "There is no such city. Choose one from the directory.");
    public static readonly Refusal NameMissing = new("NameMissing", $"A city needs a name and a county of 1 to {CityDecider.MaxNameLength} characters.");
    public static readonly Refusal NoSuchDivision = new("NoSuchDivision", "There is no such regional division. Choose one from the list of groups.");
    public static readonly Refusal BadSize = new("BadSize", $"A council or commission has {CityDecider.MinSeats} to {CityDecider.MaxSeats} seats, and a name of 1 to {CityDecider.MaxNameLength} letters, digits and hyphens.");
    public static readonly Refusal TooManyBodies = new("TooManyBodies", $"The hub knows {CityDecider.MaxBodies} bodies of a city at most.");
    public static readonly Refusal NotInOrder = new("NotInOrder", "A city joins or leaves the league after the day on which it last left or joined. Check the date.");
    public static readonly Refusal NotAMember = new("NotAMember", "Only a member city has delegates in the General Assembly.");
    public static readonly Refusal TooManyAlternates = new("TooManyAlternates", $"A city names one voting delegate and {CityDecider.MaxAlternates} alternates at most.");
    public static readonly Refusal NamedTwice = new("NamedTwice", "Each person can be named once: as the voting delegate, or as an alternate.");
    public static readonly Refusal NotOfThisCity = new("NotOfThisCity", "The voting delegate and the alternates must be officials of this city with an account.");
    public static readonly Refusal DateToCome = new("DateToCome", "The council's action must lie in the past. Give the day on which it decided.");
}
