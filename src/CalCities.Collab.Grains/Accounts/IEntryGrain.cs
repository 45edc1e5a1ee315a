using CalCities.Collab.Meetings;
using CalCities.Collab.Members;

namespace CalCities.Collab.Accounts;

/// <summary>
/// The one-time ways in that a member was sent or handed: links and codes, each of which lets them in once. The key is the member's id, or
/// <see cref="EntryToken.Nobody"/> for an address that has no account. Only hashes are kept; what is used is stored as used before the answer.
/// </summary>
[Alias("accounts.IEntryGrain")]
public interface IEntryGrain : IGrainWithStringKey
{
    /// <summary>Issues one; by is who handed or sent it, a member's id; meeting: it lets in for that meeting only. Null: as many mails as an hour allows have gone out.</summary>
    [Alias("Issue")]
    Task<IssuedEntry?> Issue(EntryKind kind, string by, MeetingId? meeting = null);

    /// <summary>How a link stands; this uses nothing up, for mail scanners open links too.</summary>
    [Alias("Look")]
    Task<EntryAnswer> Look(string secret);

    /// <summary>Uses a link; of all who try, one is answered <see cref="EntryState.Good"/>.</summary>
    [Alias("Use")]
    Task<EntryAnswer> Use(string secret);

    /// <summary>Uses a code; a wrong one counts against all that are open, and the fifth ends them.</summary>
    [Alias("UseCode")]
    Task<EntryAnswer> UseCode(string code);
}

/// <summary>What lets someone in once.</summary>
[GenerateSerializer, Alias("accounts.entry-kind")]
public enum EntryKind
{
    /// <summary>A mail that the person asked for: a link, and a code for another device.</summary>
    Mail = 0,
    /// <summary>The first mail, that someone else asked for: a link.</summary>
    Invitation = 1,
    /// <summary>A code that a clerk hands over at a meeting.</summary>
    ClerkCode = 2,
}

[GenerateSerializer, Alias("accounts.entry-state")]
public enum EntryState
{
    /// <summary>There is no such link or code, or wrong tries have ended it.</summary>
    Unknown = 0,
    /// <summary>It lets in, or has just done so.</summary>
    Good = 1,
    /// <summary>It has let someone in before.</summary>
    Used = 2,
    /// <summary>Its time is over.</summary>
    Expired = 3,
}

/// <summary>What was issued: the secret of its link, the code to type, and when they end. They are told here and never again.</summary>
[GenerateSerializer, Immutable, Alias("accounts.issued-entry")]
public sealed record IssuedEntry(string Secret, string Code, DateTimeOffset Ends);

/// <summary>How a link or code stands, of which kind it is, and who sent or handed it.</summary>
[GenerateSerializer, Immutable, Alias("accounts.entry-answer")]
public sealed record EntryAnswer(EntryState State, EntryKind Kind, string By)
{
    /// <summary>It lets in for this meeting only.</summary>
    [Id(4)]
    public MeetingId? Meeting { get; init; }

    public static readonly EntryAnswer Unknown = new(EntryState.Unknown, EntryKind.Mail, "");
}

/// <summary>The last part of a link: whose it is, and its secret.</summary>
public static class EntryToken
{
    /// <summary>How many stand in for those who aren't there, so that asking for many of them waits no longer than asking for many members.</summary>
    private const int Nobodies = 64;

    public static string Of(MemberId member, string secret) => $"{member}.{secret}";

    /// <summary>False for what no link ends in.</summary>
    public static bool TryRead(string? token, out MemberId member, out string secret)
    {
        var dot = token is { Length: <= 200 } ? token.LastIndexOf('.') : -1;
        (member, secret) = dot > 0 ? (new MemberId(token![..dot]), token[(dot + 1)..]) : (default, "");
        return dot > 0 && Kernel.StreamId.TryParse(member.Stream.ToString(), out _);
    }

    /// <summary>Who is asked when an address has no account: a grain that never has an entry, so that the answer comes by the same way.</summary>
    public static MemberId Nobody(string email) => new($"nobody {(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(email) % Nobodies}");
}
