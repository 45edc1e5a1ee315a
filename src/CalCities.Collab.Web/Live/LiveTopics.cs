using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Live;

/// <summary>
/// What this host's pages follow, each thing once however many pages show it. Pages mostly derive from <see cref="LiveComponent"/>:
/// <code>
/// public partial class ThreadPage : LiveComponent
/// {
///     private Watch&lt;ThreadView&gt;? thread;
///     private IndexWatch&lt;ThreadList&gt;? others;
///
///     protected override async Task Follow()      // called when interactive, never while prerendering, and again when parameters change
///     {
///         thread = await Watch&lt;ThreadSight, ThreadView, ThreadEvent&gt;(new ThreadId(Id).Stream, present: true);
///         others = await WatchIndex($"threads-of-bill/{Bill}", "open", cancel =&gt; Lists.OpenOn(Bill, cancel), ThreadList.For);
///     }
/// }
/// </code>
/// then render from <c>thread?.View</c> (null: nothing that the viewer may see; tell "loading" by <c>thread?.State</c>), and send commands with
/// <c>await Execute(new ThreadId(Id), commandId, new ThreadCommand.Post(…))</c>, which returns when the page shows what was recorded.
/// Presence: <c>present: true</c> says "here" by itself; call <c>thread.Signal(Passing.Writing)</c> when a key is pressed; read <c>thread.Passing</c>.
/// Everything is let go when the component is disposed. Outside components, call <see cref="Watch"/> and dispose what it returns.
/// </summary>
public sealed class LiveTopics
{
    /// <summary>Views kept warm without a page: at some 100 KB each, 200 MB at most.</summary>
    internal const int MaxResting = 2_000;

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<object, Topic> topics = new();
    private int resting;

    internal LiveTopics(ILiveSource source, TimeProvider clock, ILogger<LiveTopics> logger) =>
        (Source, Clock, Logger) = (source, clock, logger);

    internal ILiveSource Source { get; }
    internal TimeProvider Clock { get; }
    internal ILogger Logger { get; }

    /// <summary>How many topics this host follows now.</summary>
    internal int Count => topics.Count;

    /// <summary>
    /// Follows a stream for a viewer and returns when there is a first thing to show. Each later change is handed to <paramref name="step"/>
    /// on a pool thread, one at a time, at most twenty times a second: it runs the given action where the page lives and renders.
    /// </summary>
    /// <param name="present">Says to the others that the viewer is here, as long as they may see the stream and the watch lives.</param>
    public async Task<Watch<TView>> Watch<TSight, TView, TEvent>(
        StreamId stream, MemberId member, Func<Action, Task> step, bool present = false, CancellationToken cancel = default)
        where TSight : ISight<TView, TEvent>
        where TView : class, IView<TView, TEvent> =>
        await Open<TSight, TView, TEvent>(stream, member, step, present, cancel);

    /// <summary>
    /// Follows a list across streams ("threads-of-bill/202520260AB831"). Pages that give the same topic and the same name share one result,
    /// queried again at most four times a second, so the name must hold every argument of the query. The query is uncut;
    /// <paramref name="sight"/> is pure and returns what the viewer may see of its result.
    /// </summary>
    public async Task<IndexWatch<T>> WatchIndex<T>(
        string topic, string name, Func<CancellationToken, Task<T>> query, Func<Viewer, T, T> sight, MemberId member, Func<Action, Task> step, CancellationToken cancel = default)
        where T : class
    {
        var watch = new ListWatch<T>(this, topic, name, query, sight, member, step);
        try
        {
            await watch.Begin(cancel);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    /// <summary>Follows everything again now: hosts have come or gone, and with them the grains that knew of us.</summary>
    public void FollowAgain()
    {
        foreach (var topic in topics.Values)
            topic.Renew();
    }

    /// <summary>Stops following everything, so that grains on other hosts don't call this one any more; takes five seconds at most.</summary>
    internal async Task Stop()
    {
        var ended = Task.WhenAll(topics.Values.Select(topic => topic.Stop()));
        await Task.WhenAny(ended, Task.Delay(StopWithin, Clock));
    }

    internal async Task<StreamWatch<TSight, TView, TEvent>> Open<TSight, TView, TEvent>(
        StreamId stream, MemberId member, Func<Action, Task> step, bool present, CancellationToken cancel)
        where TSight : ISight<TView, TEvent>
        where TView : class, IView<TView, TEvent>
    {
        if (!string.Equals(stream.Type, TSight.StreamType, StringComparison.Ordinal))
            throw new ArgumentException($"{typeof(TSight).Name} judges {TSight.StreamType}s, not {stream}.", nameof(stream));
        var watch = new StreamWatch<TSight, TView, TEvent>(this, stream, member, step);
        try
        {
            await watch.Begin(present, cancel);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    internal StreamTopic<TView, TEvent> Join<TView, TEvent>(StreamId stream, IWatcher watcher) where TView : class, IView<TView, TEvent> =>
        Join(stream, () => new StreamTopic<TView, TEvent>(this, stream), watcher);

    [SuppressMessage("Reliability", "CA2000", Justification = "A topic ends itself when nobody watches it.")]
    internal TTopic Join<TTopic>(object key, Func<TTopic> make, IWatcher watcher) where TTopic : Topic
    {
        for (; ; )
        {
            var topic = (TTopic)topics.GetOrAdd(key, static (_, make) => make(), make);
            if (topic.TryJoin(watcher))
                return topic;
            Forget(key, topic);
        }
    }

    internal void Forget(object key, Topic topic) => topics.TryRemove(new KeyValuePair<object, Topic>(key, topic));

    /// <summary>Counts a view that stays without pages, or is watched again; false when there are too many already.</summary>
    internal bool Rested(int one)
    {
        if (Interlocked.Add(ref resting, one) <= MaxResting || one < 0)
            return true;
        Interlocked.Decrement(ref resting);
        return false;
    }
}
