using System.Globalization;
using CalCities.Collab.Kernel;
using CalCities.Collab.Live;
using CalCities.Collab.Members;
using CalCities.Collab.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CalCities.Collab.Threads;

/// <summary>
/// A thread as one takes part in it, on its own page or on a bill's. It shows a window on the posts (some 60 at first, 200 at most);
/// what is older or newer comes on demand. The browser's part (threads.js) keeps the place, tells what was read, and holds what is written.
/// </summary>
public sealed partial class Discussion : LiveComponent
{
    /// <summary>Posts shown at first: three screens.</summary>
    internal const int AtFirst = 60;

    /// <summary>Posts that come with one press.</summary>
    internal const int Step50 = 50;

    /// <summary>Posts on the page at most: what a slow phone lays out at once.</summary>
    internal const int AtMost = 200;

    /// <summary>A screen reader hears of new posts as a count, no more often.</summary>
    internal static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(10);

    private Watch<ThreadView>? thread;
    private ThreadView? view;
    private Composer? composer;
    private ElementReference room;
    private IJSObjectReference? module;
    private IJSObjectReference? browser;
    private DotNetObjectReference<Discussion>? self;
    private ITimer? announcing;
    private ThreadId shown;
    private int from, to;
    private long readUpTo = -1;
    private long markedUpTo;
    private long heardUpTo;
    private int unheard;
    private bool atEnd = true, isStarted;
    private PostId? firstUnread, editing, hiding, seek;
    private string reason = "", announcement = "", writing = "", hereNames = "";
    private int here;
    private DateOnly today;
    private (PostId? Post, string Sentence)? said;
    private Refusal? refused;
    private Dictionary<MemberId, string> names = [];
    private readonly Dictionary<PostId, OpenedRow> opened = [];

    [Parameter, EditorRequired] public required ThreadId Thread { get; set; }

    /// <summary>True on the thread's own page: its title is the page's heading.</summary>
    [Parameter] public bool IsPage { get; set; }

    /// <summary>Told what the thread is called, for the window's title.</summary>
    [Parameter] public EventCallback<string> TitleChanged { get; set; }

    [Inject] private IGrainFactory Grains { get; set; } = null!;
    [Inject] private ThreadQueries Queries { get; set; } = null!;
    [Inject] private IJSRuntime Script { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    private Standing Standing => thread!.Viewer!.Standing;
    private bool CanWrite => view?.Head is { } head && ThreadRights.MayWrite(Standing, head.Group);
    private bool CanChair => view?.Head is { } head && ThreadRights.MayChair(Standing, head.Group);
    private bool CanHide => view?.Head is { } head && ThreadRights.MayHide(Standing, head.Group);
    private IDeskGrain Desk => Grains.GetGrain<IDeskGrain>(Me.Value);

    /// <summary>How many posts by others came after the mark; none before the mark is known.</summary>
    private (int Count, bool Known) Unread { get; set; }

    /// <summary>The first post that this visit found unread, until it has been read.</summary>
    private PostId? UnreadStill => firstUnread is { } first && view!.Find(first) is { } post && post.Version > markedUpTo ? first : null;

    protected override async Task Follow()
    {
        thread = await Watch<ThreadSight, ThreadView, ThreadEvent>(Thread.Stream, present: true);
        if (shown != Thread)
        {
            shown = Thread;
            readUpTo = markedUpTo = await Desk.ReadUpTo(Thread);
            if (thread.View?.Head is { } head)
                await TitleChanged.InvokeAsync(head.Title);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (view?.Head is null || Gone.IsCancellationRequested)
            return;
        try
        {
            if (self is null)
            {
                self = DotNetObjectReference.Create(this);
                if (await PageScript.Begin(Script, "follow", () => Gone.IsCancellationRequested, room, self) is not var (begunIn, begun))
                    return;
                (module, browser) = (begunIn, begun);
            }

            if (seek is { } post && browser is not null)
            {
                seek = null;
                await browser.InvokeVoidAsync("show", Gone, post.Value);
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page went while its script was being loaded.
        }
    }

    /// <summary>Takes what is new into account, once a rendering: the window, what was unread, who is here.</summary>
    private void Take()
    {
        view = thread?.View;
        today = Pacific.Day(Clock.GetUtcNow());
        if (view?.Head is null)
            return;
        var count = view.Posts.Count;
        if (!isStarted)
        {
            (from, to, heardUpTo, isStarted) = (Math.Max(0, count - AtFirst), count, view.Version, true);
        }
        else if (to == LastShown && (atEnd || count - from <= AtMost))
        {
            to = count;
            from = Math.Max(from, to - AtMost);
        }

        LastShown = count;
        if (readUpTo >= 0 && !Unread.Known)
        {
            var fresh = view.Posts.FindAll(post => post.Version > readUpTo && post.Author != Me);
            (Unread, firstUnread) = ((fresh.Count, true), readUpTo > 0 && fresh.Count > 0 ? fresh[0].Id : null);
        }

        Hear();
        Present();
    }

    /// <summary>How many posts there were when the window was last looked at.</summary>
    private int LastShown { get; set; }

    private void Hear()
    {
        if (view!.Version == heardUpTo)
            return;
        for (var i = view.Posts.Count - 1; i >= 0 && view.Posts[i].Version > heardUpTo; i--)
            unheard += view.Posts[i].Author == Me ? 0 : 1;
        heardUpTo = view.Version;
        if (unheard > 0)
            announcing ??= Clock.CreateTimer(_ => _ = InvokeAsync(Announce), null, TimeSpan.Zero, AnnounceEvery);
    }

    /// <summary>Says how many came since it was last said; after a while of silence the next is said at once.</summary>
    private void Announce()
    {
        if (Gone.IsCancellationRequested)
            return;
        // The same words again would not be a change, and so not be said.
        announcement = unheard > 0 ? Counted(unheard, "new post", "new posts") + (announcement.EndsWith('\u00a0') ? "" : "\u00a0") : "";
        if (unheard == 0)
        {
            announcing?.Dispose();
            announcing = null;
        }

        unheard = 0;
        StateHasChanged();
    }

    private void Present()
    {
        var passing = thread!.Passing;
        var unknown = passing.Select(p => p.Member).Where(member => !names.ContainsKey(member)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            foreach (var member in unknown)
                names[member] = view!.Posts.FindLast(post => post.Author == member)?.By.DisplayName ?? "";
            _ = Learn([.. unknown.Where(member => names[member].Length == 0)]);
        }

        here = passing.Select(p => p.Member).Distinct().Count();
        hereNames = string.Join("; ", passing.Select(p => names.GetValueOrDefault(p.Member, "")).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var writers = passing.Where(p => p.Member != Me && string.Equals(p.Kind, Kernel.Passing.Writing, StringComparison.Ordinal)).Select(p => names.GetValueOrDefault(p.Member, "")).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        writing = writers switch
        {
            [] => "",
            [var one] => $"{one} is writing …",
            [var one, var two] => $"{one} and {two} are writing …",
            _ => $"{writers.Length} people are writing …",
        };
    }

    private async Task Learn(MemberId[] members)
    {
        if (members.Length == 0)
            return;
        var found = await Queries.Names(members, Gone);
        await InvokeAsync(() =>
        {
            foreach (var (member, name) in found)
                names[member] = name;
            StateHasChanged();
        });
    }

    private void ShowEarlier()
    {
        from = Math.Max(0, from - Step50);
        to = Math.Min(to, from + AtMost);
    }

    private void ShowLater()
    {
        to = Math.Min(view!.Posts.Count, to + Step50);
        from = Math.Max(from, to - AtMost);
    }

    /// <summary>
    /// A press of a button in a row: what it is to do, and the post in whose row it stands. Both come from the browser: an act or a post that isn't
    /// known is ignored, and whether the person may is decided with the command.
    /// </summary>
    [JSInvokable]
    public async Task Press(string? act, string? at)
    {
        if (at is null || view?.Find(new PostId(at)) is not { } post)
            return;
        try
        {
            var done = Do(act, post);
            StateHasChanged();
            await done;
            StateHasChanged();
        }
        catch (Exception failure) when (!Gone.IsCancellationRequested) // As from a handler of the framework's: the page says that it has failed.
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private Task Do(string? act, PostView post)
    {
        var row = opened.GetValueOrDefault(post.Id);
        var shut = row with { More = false, Sure = false };
        (opened[post.Id], var done) = act switch
        {
            "more" => (shut with { More = !row.More }, Task.CompletedTask),
            "history" => (row with { History = !row.History }, Task.CompletedTask),
            "everyone" => (row with { Everyone = true }, Task.CompletedTask),
            "reply" => (shut, Cite(post, answers: true)),
            "quote" => (shut, Cite(post, answers: false)),
            "agree" => (shut, Run(post.Id, Agrees(post) ? new ThreadCommand.TakeBackAgreement(post.Id) : new ThreadCommand.Agree(post.Id))),
            "edit" => (shut, Now(() => (editing, hiding) = (post.Id, null))),
            "withdraw" when !row.Sure => (row with { Sure = true }, Task.CompletedTask),
            "withdraw" => (shut, Run(post.Id, new ThreadCommand.Withdraw(post.Id))),
            "pin" => (shut, Run(post.Id, view!.Pins.Contains(post.Id) ? new ThreadCommand.Unpin(post.Id) : new ThreadCommand.Pin(post.Id))),
            "hide" => (shut, Now(() => (hiding, editing, reason) = (post.Id, null, ""))),
            "unhide" => (shut, Run(post.Id, new ThreadCommand.Unhide(post.Id))),
            _ => (row, Task.CompletedTask),
        };
        return done;
    }

    /// <summary>Puts words of a post into the composer: those that the person has marked in it, else its beginning.</summary>
    private async Task Cite(PostView post, bool answers)
    {
        if (composer is null)
            return;
        var marked = browser is null ? null : await browser.InvokeAsync<string?>("marked", Gone, post.Id.Value);
        await composer.Cite(post, answers, marked);
    }

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    // Told by the editor, in whose event only the editor would render.
    private void StopEditing()
    {
        editing = null;
        StateHasChanged();
    }

    private void StopHiding() => hiding = null;

    private async Task Hide()
    {
        if (hiding is not { } post || !await Run(post, new ThreadCommand.Hide(post, reason)))
            return;
        hiding = null;
    }

    private Task<bool> CloseOrReopen() => Run(null, view!.Closing is null ? new ThreadCommand.Close() : new ThreadCommand.Reopen());

    /// <summary>A single press: a command of its own, whose refusal is shown beside the post.</summary>
    private async Task<bool> Run(PostId? at, ThreadCommand command)
    {
        said = null;
        var outcome = await Execute(Thread, new CommandId(Guid.CreateVersion7().ToString("N")), command);
        refused = (outcome as Outcome.Refused)?.Refusal;
        said = outcome switch
        {
            Outcome.Refused { Refusal: var refusal } => (at, refusal.Sentence),
            Outcome.Unknown => (at, "The hub can't be reached at the moment. Look again in a minute whether it was done."),
            _ => null,
        };
        return outcome is Outcome.Recorded;
    }

    /// <summary>Sends what a composer holds, under the draft's own ids.</summary>
    private async Task<Outcome> Send(Draft draft, PostId? edited)
    {
        said = null;
        ThreadCommand command = edited is { } post
            ? new ThreadCommand.Edit(post, draft.Text, draft.Mentions)
            : new ThreadCommand.Post(draft.Post, draft.InReplyTo, draft.Quote, draft.Stance, draft.Text, draft.Mentions);
        var outcome = await Execute(Thread, draft.Command, command);
        if (refused != (outcome as Outcome.Refused)?.Refusal)
        {
            refused = (outcome as Outcome.Refused)?.Refusal;
            StateHasChanged();
        }

        if (outcome is Outcome.Recorded)
        {
            editing = edited is null ? editing : null;
            atEnd |= edited is null;
            if (edited is null && view is not null)
                (from, to, LastShown) = (Math.Max(0, thread!.View!.Posts.Count - Math.Max(to - from, AtFirst)), thread.View.Posts.Count, thread.View.Posts.Count);
            StateHasChanged();
        }

        return outcome;
    }

    private void Writes() => thread?.Signal(Kernel.Passing.Writing);

    /// <summary>The browser has had posts up to this version in sight for a second.</summary>
    [JSInvokable]
    public async Task Read(long version)
    {
        if (view is null || version <= markedUpTo || version > view.Version)
            return;
        markedUpTo = version;
        await Desk.MarkRead(Thread, version);
    }

    /// <summary>Whether the end of the posts is in sight: only then does the window move on with new ones.</summary>
    [JSInvokable]
    public void AtEnd(bool isInSight) => atEnd = isInSight;

    /// <summary>Brings a post onto the page, wherever it stands in the thread; true if there is such a post.</summary>
    [JSInvokable]
    public bool Seek(string id)
    {
        if (view?.Find(new PostId(id)) is not { } post)
            return false;
        if (post.Number <= from || post.Number > to)
        {
            from = Math.Max(0, post.Number - 1 - AtFirst / 3);
            to = Math.Min(view.Posts.Count, from + AtFirst);
        }

        seek = post.Id;
        StateHasChanged();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        if (announcing is not null)
            await announcing.DisposeAsync();
        try
        {
            if (browser is not null)
            {
                await browser.InvokeVoidAsync("stop");
                await browser.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its part with it.
        }

        self?.Dispose();
        await base.DisposeAsync();
    }

    private ShownPost RowOf(PostView post) =>
        new(post, SharedPost.Of(Thread, post, new(Answers(post), Quoted(post), view!.Pins.Contains(post.Id), today)), opened.GetValueOrDefault(post.Id),
            post.Author == Me, Agrees(post), post.Id == firstUnread, CanWrite, CanChair, CanHide)
        { Below = Below(post) };

    private bool Agrees(PostView post) => post.Agreements.Any(agreement => agreement.Member == Me);

    private string? Quoted(PostView post) => post.Quote is { } quote ? view!.Excerpt(quote) is { } words ? PostWords.Plain(words) : "(no longer shown)" : null;

    private string? Answers(PostView post) =>
        post.Quote is { } quote && view!.Find(quote.Of) is { } cited ? cited.By.DisplayName
        : post.InReplyTo is { } parent && view!.Find(parent) is { } first ? first.By.DisplayName
        : null;

    private static string Shortened(PostView post)
    {
        var words = PostWords.Plain(post.Text?.Body ?? "(not shown)");
        return words.Length <= 120 ? words : $"{words[..119].TrimEnd('\ud83c', '\ud83d', '\ud83e')}…";
    }

    private string Anchor(string part) => $"{part}-{Thread}";

    private static string Counted(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
