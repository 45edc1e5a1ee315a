using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>What a person does for the league itself, beside any seat.</summary>
[GenerateSerializer, Alias("members.duty")]
public enum Duty
{
    /// <summary>An official of a city, or nothing beyond the seats held.</summary>
    None = 0,
    /// <summary>Works for the league: serves every group, votes in none.</summary>
    Staff = 1,
    /// <summary>Keeps the records of the groups' meetings and threads.</summary>
    Clerk = 2,
    /// <summary>Runs accounts, imports and health; reads no private thread.</summary>
    Admin = 3,
    /// <summary>Follows what all members may read, without a seat or a word.</summary>
    Follower = 4,
    /// <summary>A city's own clerk: names its delegates, keeps the record of its officials; holds seats like any official.</summary>
    CityClerk = 5,
}

/// <summary>A place in a group.</summary>
[GenerateSerializer, Alias("members.role")]
public enum Role
{
    Member = 0,
    /// <summary>Leads the group: a committee's chair; the president of a division, department, caucus or the Board, who fills the seats that it appoints.</summary>
    Chair = 1,
    ViceChair = 2,
    /// <summary>Named for a seat's holder, who sits: takes part in talk, votes only when seated.</summary>
    Alternate = 3,
    /// <summary>Sits for an absent holder.</summary>
    SeatedAlternate = 4,
    /// <summary>A League Partner or affiliate: takes part in talk without a vote.</summary>
    Partner = 5,
    /// <summary>Keeps this group's record.</summary>
    Clerk = 6,
    /// <summary>Invited to speak at its meetings; reads none of its own threads.</summary>
    Guest = 7,
    /// <summary>A city's voting delegate in the General Assembly.</summary>
    Delegate = 8,
}

/// <summary>A seat that a person holds.</summary>
[GenerateSerializer, Immutable, Alias("members.seat")]
public sealed record Seat(GroupId Group, Role Role);

/// <summary>The council or commission of a city whose member a person is: a majority of it may not deliberate by messages (Gov. Code 54952.2).</summary>
[GenerateSerializer, Immutable, Alias("members.local-body")]
public sealed record LocalBody(CityId City, string Name)
{
    /// <summary>The name of a city's council.</summary>
    public const string Council = "council";

    /// <summary>The longest name of a commission: it is part of a stream's key.</summary>
    public const int MaxNameLength = 30;

    /// <summary>Whether city and name are short words in kebab case, as a stream's key can hold them.</summary>
    public bool IsAcceptable => IsSlug(City.Value, CityId.MaxLength) && IsSlug(Name, MaxNameLength);

    internal static bool IsSlug(string? word, int most) =>
        word is { Length: > 0 } && word.Length <= most && char.IsAsciiLetterLower(word[0]) && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>What the server knows of a person when they act: office ("Mayor"), city ("Davis", null for the league's own people), duty and seats.</summary>
[GenerateSerializer, Immutable, Alias("members.standing")]
public sealed record Standing(string Office, string? City, Duty Duty, ImmutableArray<Seat> Seats)
{
    /// <summary>The council or commission they sit on at home; null for staff of a city and the league's own people.</summary>
    [Id(4)]
    public LocalBody? Body { get; init; }

    /// <summary>What the person is called; null where only the office is known (a demonstration's personas).</summary>
    [Id(5)]
    public string? Name { get; init; }

    /// <summary>The id of their city where its name doesn't tell it: a renamed city keeps its id. Null where the name does, and left away where it is written down.</summary>
    [Id(6), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public CityId? HomeId { get; init; }

    /// <summary>The city they are of, whatever it is called; null for the league's own people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public CityId? Home => HomeOf(HomeId, City);

    /// <summary>How a person is named everywhere: "Mayor, Davis", with a name before it where there is one.</summary>
    public string DisplayName => string.Join(", ", new[] { Name, Office, City }.OfType<string>());

    /// <summary>The city meant by an id and a name as accounts say them: the id where there is one, else that of the name.</summary>
    public static CityId? HomeOf(CityId? home, string? city) => home ?? (city is null ? null : CityId.OfName(city));

    public Role? RoleIn(GroupId group) => Seats.FirstOrDefault(seat => seat.Group == group)?.Role;
}

/// <summary>What other slices may know of a member: the standing, present only while the account is one that may act.</summary>
[GenerateSerializer, Immutable, Alias("members.fact")]
public sealed record MemberFact(Standing Standing) : Fact;
