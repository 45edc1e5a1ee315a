using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;

namespace CalCities.Collab.Accounts;

/// <summary>
/// By what a member comes in: their signed-in browsers. The key is the member's id. Only the latest matters, so it is Orleans grain storage
/// and no log; what is ended is stored before the answer.
/// </summary>
[Alias("accounts.IAccessGrain")]
public interface IAccessGrain : IPassGrain
{
    /// <summary>A browser has signed in, at most until a time, or for a meeting only until that ends: the pass that its cookie carries from now on. Beyond <see cref="MaxSessions"/> the one longest unused ends.</summary>
    [Alias("Begin")]
    Task<string> Begin(string device, string by, DateTimeOffset? until = null, MeetingId? meeting = null);

    /// <summary>The sessions that hold, last used first.</summary>
    [Alias("Sessions")]
    Task<ImmutableArray<Session>> Sessions();

    /// <summary>Ends a session by its pass; nothing if it has ended already.</summary>
    [Alias("End")]
    Task End(string pass);

    /// <summary>Ends all but one (null: all).</summary>
    [Alias("EndOthers")]
    Task EndOthers(string? pass);

    /// <summary>A phone, a tablet, two computers and every private window of a year.</summary>
    public const int MaxSessions = 40;

    /// <summary>A browser that was not used for so long signs in again.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(30);
}

/// <summary>A browser that is signed in: what it is ("Chrome on Android"), how it came in ("passkey", "link", "persona"), and when it was last used (to the hour).</summary>
[GenerateSerializer, Immutable, Alias("accounts.session")]
public sealed record Session(string Pass, string Device, string By, DateTimeOffset Began, DateTimeOffset Used)
{
    /// <summary>When it ends however much it is used; null for one that lasts as long as it is used.</summary>
    [Id(5)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>It ends with this meeting.</summary>
    [Id(6)]
    public MeetingId? Meeting { get; init; }

    /// <summary>What may stand in a page and name the session there; the pass itself may not.</summary>
    public string Handle => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Pass)))[..16];
}
