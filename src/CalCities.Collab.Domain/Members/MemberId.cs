using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>One person's account in the hub; on a demonstration hub the persona's slug.</summary>
[GenerateSerializer, Immutable, Alias("members.id")]
public readonly record struct MemberId(string Value) : IAggregateId<MemberCommand, MemberEvent>
{
    public StreamId Stream => new("member", Value);
    /// <summary>The id of someone who joins by this e-mail address: the same for the same address, and nothing of it can be read.</summary>
    public static MemberId OfEmail(string email) =>
        new($"m-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())))[..20]}");

    public override string ToString() => Value;
}
