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

/// <summary>A token bucket a person and pace on this host: full at first, filled again evenly over a minute.</summary>
internal sealed class TokenBuckets(IOptions<Limits> limits, TimeProvider clock)
{
    /// <summary>Beyond this many, buckets that have filled up again are forgotten: a full one is the same as none.</summary>
    private const int ForgetBeyond = 10_000;

    private readonly ConcurrentDictionary<(MemberId, Pace), Bucket> buckets = new();

    public bool TryTake(MemberId member, Pace pace)
    {
        var size = limits.Value.PerMinute(pace);
        if (buckets.Count > ForgetBeyond)
            foreach (var (key, bucket) in buckets)
                if (clock.GetElapsedTime(bucket.Since) > TimeSpan.FromMinutes(1))
                    buckets.TryRemove(new(key, bucket));

        while (true)
        {
            var now = clock.GetTimestamp();
            var before = buckets.GetOrAdd((member, pace), _ => new Bucket(size * TimeSpan.TicksPerMinute, now));
            // Tokens are counted in ticks of a minute, so that filling up is exact in integers.
            var filled = Math.Min(size * TimeSpan.TicksPerMinute, before.Level + size * clock.GetElapsedTime(before.Since, now).Ticks);
            if (filled < TimeSpan.TicksPerMinute)
                return false;
            if (buckets.TryUpdate((member, pace), new Bucket(filled - TimeSpan.TicksPerMinute, now), before))
                return true;
        }
    }

    private sealed record Bucket(long Level, long Since);
}
