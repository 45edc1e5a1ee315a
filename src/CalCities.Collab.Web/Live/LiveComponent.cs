using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CalCities.Collab.Live;

/// <summary>
/// A component that shows followed streams and lists: it follows only when it is interactive, follows again when its parameters change,
/// renders when something changes, and lets everything go when it is disposed. How to use it: <see cref="LiveTopics"/>.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private Dictionary<object, IAsyncDisposable> followed = [];
    private Dictionary<object, IAsyncDisposable> before = [];
    private readonly CancellationTokenSource gone = new();
    private readonly CancellationToken end;
    private Caller caller;
    private bool following;
    private bool again;

    protected LiveComponent() => end = gone.Token;

    [Inject]
    private LiveTopics Topics { get; set; } = null!;

    [Inject]
    private IDoor Door { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>The signed-in member; set before <see cref="Follow"/> is called.</summary>
    protected MemberId Me { get; private set; }

    /// <summary>Cancelled when the component is disposed.</summary>
    protected CancellationToken Gone => end;

    /// <summary>Watches what the parameters ask for; called again when they change. What isn't asked for again is let go.</summary>
    protected abstract Task Follow();

    /// <summary>Watches a stream for the signed-in member; asked for again, the same watch is returned.</summary>
    protected async Task<Watch<TView>> Watch<TSight, TView, TEvent>(StreamId stream, bool present = false)
        where TSight : ISight<TView, TEvent>
        where TView : class, IView<TView, TEvent> =>
        (Watch<TView>)await Keep(stream, async () => await Topics.Watch<TSight, TView, TEvent>(stream, Me, Step, present, Gone));

    /// <summary>Watches a list for the signed-in member; asked for again with the same topic and name, the same watch is returned.</summary>
    protected async Task<IndexWatch<T>> WatchIndex<T>(string topic, string name, Func<CancellationToken, Task<T>> query, Func<Viewer, T, T> sight)
        where T : class =>
        (IndexWatch<T>)await Keep((topic, name, typeof(T)), async () => await Topics.WatchIndex(topic, name, query, sight, Me, Step, Gone));

    /// <summary>
    /// Sends the signed-in member's command and, when it is recorded, returns as soon as the streams watched here show it.
    /// Lists follow within two seconds or say that they are updating.
    /// </summary>
    protected async Task<Outcome> Execute<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command)
        where TCommand : class, ICommand
    {
        var outcome = await Door.Execute(caller, to, id, command, Gone);
        if (outcome is not Outcome.Recorded recorded)
            return outcome;
        foreach (var watch in followed.Values.Concat(before.Values).ToArray())
        {
            if (watch is IWatchOfStream stream && stream.Stream == to.Stream)
                await stream.CatchUp(recorded, Gone);
            else if (watch is IWatchOfList list)
                list.CatchUpLater(recorded);
        }

        return outcome;
    }

    protected sealed override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (!RendererInfo.IsInteractive || end.IsCancellationRequested)
            return;
        again = true;
        if (following)
            return;
        following = true;
        try
        {
            while (again && !end.IsCancellationRequested)
            {
                again = false;
                await FollowOnce();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page went while it was waiting.
        }
        finally
        {
            following = false;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (end.IsCancellationRequested)
            return;
        await gone.CancelAsync();
        await LetGo(before);
        await LetGo(followed);
        gone.Dispose();
    }

    private async Task FollowOnce()
    {
        if (Authentication is null || (await Authentication).User is not { Identity.IsAuthenticated: true } user)
            return;
        (caller, Me) = (user.Caller(), user.Caller().Member);
        (before, followed) = (followed, []);
        try
        {
            await Follow();
        }
        finally
        {
            await LetGo(before);
        }
    }

    private async Task<IAsyncDisposable> Keep(object key, Func<Task<IAsyncDisposable>> open)
    {
        if (followed.TryGetValue(key, out var kept))
            return kept;
        if (!before.Remove(key, out var watch))
            watch = await open();
        if (end.IsCancellationRequested)
        {
            await watch.DisposeAsync();
            throw new OperationCanceledException(end);
        }

        followed.Add(key, watch);
        return watch;
    }

    private Task Step(Action step) => InvokeAsync(() =>
    {
        if (end.IsCancellationRequested)
            return;
        step();
        StateHasChanged();
    });

    private static async Task LetGo(Dictionary<object, IAsyncDisposable> watches)
    {
        foreach (var watch in watches.Values.ToArray())
            await watch.DisposeAsync();
        watches.Clear();
    }
}
