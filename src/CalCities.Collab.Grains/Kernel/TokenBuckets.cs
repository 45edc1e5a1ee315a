using System.Collections.Concurrent;
using CalCities.Collab.Members;
using Microsoft.Extensions.Options;

namespace CalCities.Collab.Kernel;

/// <summary>How much one person may send in a minute (settings under "Limits"; tests and benches raise them).</summary>
public sealed class Limits
{
    /// <summary>Posts and edits: nobody writes more by hand.</summary>
    public int WritingPerMinute { get; set; } = 20;

    /// <summary>Clicks: two a second, for a minute on end.</summary>
    public int OrdinaryPerMinute { get; set; } = 120;

    internal int PerMinute(Pace pace) => pace == Pace.Writing ? WritingPerMinute : OrdinaryPerMinute;
}

/// <summary>A token bucket a person and pace on this host.</summary>
internal sealed class TokenBuckets(IOptions<Limits> limits, TimeProvider clock)
{
    /// <summary>Beyond this many, buckets that have filled up again are forgotten: a full one is the same as none.</summary>
    private const int ForgetBeyond = 10_000;

    private readonly ConcurrentDictionary<(MemberId, Pace), TokenBucket> buckets = new();

    public bool TryTake(MemberId member, Pace pace)
    {
        if (buckets.Count > ForgetBeyond)
            foreach (var (key, bucket) in buckets)
                if (bucket.IsFull)
                    buckets.TryRemove(new(key, bucket));
        return buckets.GetOrAdd((member, pace), _ => new TokenBucket(clock, limits.Value.PerMinute(pace))).TryTake();
    }
}

/// <summary>Tokens that are taken one by one: full at first, filled again evenly over a minute.</summary>
public sealed class TokenBucket(TimeProvider clock, int perMinute)
{
    // Tokens are counted in ticks of a minute, so that filling up is exact in integers.
    private readonly long full = perMinute * TimeSpan.TicksPerMinute;
    private readonly Lock gate = new();
    private long level = perMinute * TimeSpan.TicksPerMinute;
    private long since = clock.GetTimestamp();

    public bool IsFull
    {
        get
        {
            lock (gate)
                return Filled(clock.GetTimestamp()) == full;
        }
    }

    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            (level, since) = (Filled(now), now);
            if (level < TimeSpan.TicksPerMinute)
                return false;
            level -= TimeSpan.TicksPerMinute;
            return true;
        }
    }

    private long Filled(long now)
    {
        var passed = clock.GetElapsedTime(since, now).Ticks;
        return passed >= TimeSpan.TicksPerMinute ? full : Math.Min(full, level + perMinute * passed);
    }
}
