using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Accounts;

/// <summary>
/// By what a member comes in: their signed-in browsers. The key is the member's id. Only the latest matters, so it is Orleans grain storage
/// and no log; what is ended is stored before the answer.
/// </summary>
[Alias("accounts.IAccessGrain")]
public interface IAccessGrain : IPassGrain
{
    /// <summary>A browser has signed in: the pass that its cookie carries from now on. Beyond <see cref="MaxSessions"/> the one longest unused ends.</summary>
    [Alias("Begin")]
    Task<string> Begin(string device, string by);

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
}

/// <summary>A browser that is signed in: what it is ("Chrome on Android"), how it came in ("passkey", "link", "persona"), and when it was last used (to the hour).</summary>
[GenerateSerializer, Immutable, Alias("accounts.session")]
public sealed record Session(string Pass, string Device, string By, DateTimeOffset Began, DateTimeOffset Used);
