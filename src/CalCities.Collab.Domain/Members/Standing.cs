using System.Collections.Immutable;
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
}

/// <summary>A place in a group.</summary>
[GenerateSerializer, Alias("members.role")]
public enum Role
{
    Member = 0,
    Chair = 1,
    ViceChair = 2,
}

/// <summary>A seat that a person holds.</summary>
[GenerateSerializer, Immutable, Alias("members.seat")]
public sealed record Seat(GroupId Group, Role Role);

/// <summary>What the server knows of a person when they act: office ("Mayor"), city ("Davis", null for the league's own people), duty and seats.</summary>
[GenerateSerializer, Immutable, Alias("members.standing")]
public sealed record Standing(string Office, string? City, Duty Duty, ImmutableArray<Seat> Seats)
{
    /// <summary>How a person is named everywhere: "Mayor, Davis".</summary>
    public string DisplayName => City is null ? Office : $"{Office}, {City}";

    public Role? RoleIn(GroupId group) => Seats.FirstOrDefault(seat => seat.Group == group)?.Role;
}

/// <summary>What other slices may know of a member: the standing, present only while the account is one that may act.</summary>
[GenerateSerializer, Immutable, Alias("members.fact")]
public sealed record MemberFact(Standing Standing) : Fact;
