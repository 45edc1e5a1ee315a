using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Members;

/// <summary>One person's account in the hub; on a demonstration hub the persona's slug.</summary>
[GenerateSerializer, Immutable, Alias("members.id")]
public readonly record struct MemberId(string Value) : IAggregateId<MemberCommand, MemberEvent>
{
    public StreamId Stream => new("member", Value);

    /// <summary>The id of someone who has no account yet, from their e-mail address without regard to case; the address can't be read from it.</summary>
    public static MemberId OfEmail(string email) =>
        new($"m-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())))[..20]}");

    public override string ToString() => Value;
}
