using System.Collections.Concurrent;
using System.Net;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.SignIn;

/// <summary>
/// How often one may try to come in: by account and address together, so that sixty officials behind one address don't count against each
/// other while one who guesses is stopped; and a generous cap for an address alone. (An hour's mails to an account are counted with the account.)
/// </summary>
internal sealed class SignInLimits(TimeProvider clock)
{
    /// <summary>One person who mistypes.</summary>
    public const int PairPerMinute = 6;

    /// <summary>A conference's whole room behind one address, each trying a few times in a minute.</summary>
    public const int AddressPerMinute = 600;

    /// <summary>Beyond this many, buckets that have filled up again are forgotten.</summary>
    private const int ForgetBeyond = 10_000;

    private readonly ConcurrentDictionary<(string Account, IPAddress Address), TokenBucket> pairs = new();
    private readonly ConcurrentDictionary<IPAddress, TokenBucket> addresses = new();

    /// <summary>Takes one try of an account (an e-mail address, a passkey's id) from a network address.</summary>
    public bool TryTake(string account, IPAddress? from)
    {
        Forget(pairs);
        var address = Network(from);
        return TryTake(from) && pairs.GetOrAdd((account.Trim().ToUpperInvariant(), address), _ => new TokenBucket(clock, PairPerMinute)).TryTake();
    }

    /// <summary>Takes one try of a network address that names no account.</summary>
    public bool TryTake(IPAddress? from)
    {
        Forget(addresses);
        return addresses.GetOrAdd(Network(from), _ => new TokenBucket(clock, AddressPerMinute)).TryTake();
    }

    /// <summary>One household or office has 2^64 addresses of IPv6: they count as one.</summary>
    private static IPAddress Network(IPAddress? from)
    {
        if (from is null)
            return IPAddress.None;
        if (from.IsIPv4MappedToIPv6)
            return from.MapToIPv4();
        if (from.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6)
            return from;
        var bytes = from.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static void Forget<TKey>(ConcurrentDictionary<TKey, TokenBucket> buckets) where TKey : notnull
    {
        if (buckets.Count <= ForgetBeyond)
            return;
        foreach (var (key, bucket) in buckets)
            if (bucket.IsFull)
                buckets.TryRemove(new(key, bucket));
    }
}
