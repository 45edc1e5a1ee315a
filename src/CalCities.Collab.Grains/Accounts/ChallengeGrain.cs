
namespace CalCities.Collab.Accounts;

/// <summary>What a passkey must answer, kept on the server for some minutes and given out once. The key is a random id that the page holds. In memory only: a lost one is asked for again.</summary>
[Alias("accounts.IChallengeGrain")]
public interface IChallengeGrain : IGrainWithStringKey
{
    /// <summary>Keeps the state of a challenge, and for whom it is ("" for whoever signs in).</summary>
    [Alias("Keep")]
    Task Keep(string member, string state);

    /// <summary>The state, once; null when it was taken before, never kept, too old, or for someone else.</summary>
    [Alias("Take")]
    Task<string?> Take(string member);
}

/// <inheritdoc cref="IChallengeGrain"/>
[GrainType("challenge"), CollectionAgeLimit(Minutes = 6)]
internal sealed class ChallengeGrain(TimeProvider clock) : Grain, IChallengeGrain
{
    /// <summary>Time to find a phone and unlock it.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private (string Member, string State, DateTimeOffset Made)? kept;

    public Task Keep(string member, string state)
    {
        kept ??= (member, state, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<string?> Take(string member)
    {
        var (taken, good) = (kept, kept is { } one && one.Member == member && clock.GetUtcNow() - one.Made <= GoodFor);
        // Taken by whoever asks, right or wrong: the grain goes, and its id is never made again.
        kept = null;
        DeactivateOnIdle();
        return Task.FromResult(good ? taken!.Value.State : null);
    }
}
