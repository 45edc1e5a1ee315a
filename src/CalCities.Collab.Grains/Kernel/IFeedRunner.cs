using System.Collections.Immutable;
using Orleans.Concurrency;

namespace CalCities.Collab.Kernel;

/// <summary>The one runner of the cluster that reads the global feed: it projects the indexes and runs the policies. Its key is <see cref="Key"/>; every host keeps it alive.</summary>
[Alias("kernel.IFeedRunner")]
public interface IFeedRunner : IGrainWithStringKey
{
    public const string Key = "feed";

    /// <summary>The log has grown to at least this position: a hint, the runner also looks by itself. Calling it starts the runner.</summary>
    [OneWay, AlwaysInterleave, Alias("Poke")]
    Task Poke(long position);

    /// <summary>Follows (or goes on following) for 60 seconds what the indexes take in; returns how far the feed has been taken, so a renewal shows a gap.</summary>
    [AlwaysInterleave, Alias("Follow")]
    Task<FeedReached> Follow(IIndexFollower follower);

    [AlwaysInterleave, Alias("Unfollow")]
    Task Unfollow(IIndexFollower follower);

    /// <summary>How far the feed has been taken.</summary>
    [AlwaysInterleave, Alias("Reached")]
    Task<FeedReached> Reached();

    /// <summary>Answers when indexes and policies have both taken the feed to this position, or after ten seconds, with how far they are.</summary>
    [AlwaysInterleave, Alias("WaitFor")]
    Task<FeedReached> WaitFor(long position);
}

/// <summary>The position up to which every index is projected, and that up to which every policy has run.</summary>
[GenerateSerializer, Immutable, Alias("kernel.feed-reached")]
public sealed record FeedReached(long Indexes, long Policies);

/// <summary>A host that shows lists. Every call is a hint: it may be lost, repeated, late or out of order.</summary>
[Alias("kernel.IIndexFollower")]
public interface IIndexFollower : IGrainObserver
{
    /// <summary>
    /// The indexes have gone from one position (where the notice before this one ended) to another, and these topics ("index/key") changed
    /// on the way: none, perhaps, but it is told all the same, or a lost notice would not show. Several runs may go in one notice.
    /// </summary>
    [OneWay, Alias("Changed")]
    Task Changed(ImmutableArray<string> topics, long after, long position);

    /// <summary>This activation ends: follow again.</summary>
    [OneWay, Alias("Left")]
    Task Left();
}
