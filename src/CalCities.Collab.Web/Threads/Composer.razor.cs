using System.Collections.Immutable;
using System.Text;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CalCities.Collab.Threads;

/// <summary>
/// Where a post is written or edited. The browser keeps the text, counts it, and hands it over in parts; what is kept lies on the member's
/// desk, with the ids that the post will have: sent twice, it is posted once. What comes from the browser is never trusted to be in order or in bounds.
/// </summary>
public sealed partial class Composer : ComponentBase, IAsyncDisposable
{
    /// <summary>A quote without marked words is the post's first sentence or so.</summary>
    private const int QuoteLength = 200;

    /// <summary>Parts of 2,500 units each fill the longest text of a desk.</summary>
    private const int MaxParts = 20;

    /// <summary>Someone typing is saved some once a second; a page driven by hand no more often than this.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(250);

    private readonly StringBuilder parts = new();
    private readonly string id = Guid.NewGuid().ToString("N")[..8];
    private DotNetObjectReference<Composer>? self;
    private IJSObjectReference? module, browser;
    private ElementReference root;
    private string key = "";
    private (string Key, string Text) sent = ("", "");
    private PostId? inReplyTo;
    private Quote? quote;
    private PostView? of;
    private long receiving = -1;
    private int received;
    private long lastKept = long.MinValue;
    private bool isReady, isGone, isSending;

    private CommandId Command => new($"{(Editing is null ? "post" : $"edit-{Editing.Id}")}-{key}");
    private PostId Post => Editing?.Id ?? new PostId(key);

    [Parameter, EditorRequired] public required ThreadId Thread { get; set; }
    [Parameter, EditorRequired] public required GroupId Group { get; set; }
    [Parameter, EditorRequired] public required Readers Readers { get; set; }
    [Parameter, EditorRequired] public required MemberId Me { get; set; }

    /// <summary>Sends a draft: as a new post, or in the place of the post given.</summary>
    [Parameter, EditorRequired] public required Func<Draft, PostId?, Task<Outcome>> Send { get; set; }

    /// <summary>Told as someone types.</summary>
    [Parameter, EditorRequired] public required Action Writing { get; set; }

    /// <summary>The post whose text is being replaced; null for a new post.</summary>
    [Parameter] public PostView? Editing { get; set; }

    /// <summary>False for those who serve the group without a vote.</summary>
    [Parameter] public bool TakesStance { get; set; } = true;

    /// <summary>Told when editing is given up.</summary>
    [Parameter] public Action? Close { get; set; }

    /// <summary>The thread as the writer sees it, for what is quoted.</summary>
    [Parameter] public ThreadView? Look { get; set; }

    [Inject] private IGrainFactory Grains { get; set; } = null!;
    [Inject] private ThreadQueries Queries { get; set; } = null!;
    [Inject] private IJSRuntime Script { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>The key of what is being written.</summary>
    internal string Key => key;

    private IDeskGrain Desk => Grains.GetGrain<IDeskGrain>(Me.Value);
    private string Place => Editing is null ? $"{Thread}" : $"{Thread}/{Editing.Id}";
    private string Label => Editing is null ? "Write to the committee" : "New text of your post";
    private PostView? Cited => of;

    private string Part(string name) => $"{name}-{id}";

    /// <summary>Answers or quotes a post, with the words marked in it if they stand in its text; moves the focus here, as the press asked.</summary>
    internal async Task Cite(PostView cited, bool answers, string? marked)
    {
        of = cited;
        if (answers)
            inReplyTo = cited.InReplyTo ?? cited.Id;   // one level: an answer to an answer stands beside it, and quotes it
        quote = QuoteOf(cited, marked);
        StateHasChanged();
        if (browser is not null)
            await browser.InvokeVoidAsync("touch", true);
    }

    /// <summary>The marked words where they stand in the post's text, else its beginning up to the end of a word.</summary>
    internal static Quote? QuoteOf(PostView cited, string? marked)
    {
        if (cited.Text is not { Body: var body })
            return null;
        var revision = cited.Revisions.Length - 1;
        var words = marked?.Trim() ?? "";
        if (words.Length is > 0 and <= ThreadDecider.MaxQuoteLength && body.IndexOf(words, StringComparison.Ordinal) is >= 0 and var start)
            return new Quote(cited.Id, revision, start, words.Length);
        var end = body.Length;
        if (end > QuoteLength)
        {
            end = body.LastIndexOfAny([' ', '\n'], QuoteLength);
            end = end < QuoteLength / 2 ? QuoteLength : end;
        }

        return new Quote(cited.Id, revision, 0, end);
    }

    private async Task Uncite()
    {
        (of, inReplyTo, quote) = (null, null, null);
        if (browser is not null)
            await browser.InvokeVoidAsync("touch", true);
    }

    private async Task GiveUp()
    {
        await Desk.PutAway(Place, Command);
        if (browser is not null)
            await browser.InvokeVoidAsync("forget");
        Close?.Invoke();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            var kept = await Desk.Draft(Place);
            if (kept is not null && Editing is null && Look?.Find(kept.Post) is not null)
            {
                // It was posted just before the page or the host went: what is on the desk is no draft any more.
                await Desk.PutAway(Place, kept.Command);
                kept = null;
            }

            if (kept is null)
                Renew();
            else
                (key, inReplyTo, quote, of) = (kept.Command.Value[(kept.Command.Value.LastIndexOf('-') + 1)..], kept.InReplyTo, kept.Quote, Look?.Find(kept.Quote?.Of ?? kept.InReplyTo ?? default));
            self = DotNetObjectReference.Create(this);
            if (await PageScript.Begin(Script, "compose", () => isGone, root, self, new
            {
                place = $"{Me}:{Place}",
                key,
                most = ThreadDecider.MaxBodyLength,
                kept = IDeskGrain.MaxTextLength,
                text = kept?.Text ?? Editing?.Text?.Body ?? "",
                stance = (kept?.Stance ?? Stance.None).ToString(),
                mentions = (kept?.Mentions ?? Editing?.Text?.Mentions.Select(mention => mention.Member).ToImmutableArray() ?? []).Select(member => member.Value),
                revision = kept?.Revision ?? 0,
                edits = Editing is not null,
            }) is not var (begunIn, begun))
                return;
            (module, browser) = (begunIn, begun);
            if (isGone)
            {
                await DisposeAsync();
                return;
            }

            // Not before: what is written into a box without its script would be kept nowhere.
            isReady = true;
            StateHasChanged();
            if (Editing is not null && browser is not null)
                await browser.InvokeVoidAsync("focus");
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page went while its script was being loaded.
        }
    }

    /// <summary>One part of a text, from the first on; anything else starts anew.</summary>
    [JSInvokable]
    public void TakePart(long revision, int index, string? text)
    {
        if (index == 0)
        {
            parts.Clear();
            (receiving, received) = (revision, 0);
        }

        if (text is null || revision != receiving || index != received || index >= MaxParts || parts.Length + text.Length > IDeskGrain.MaxTextLength)
        {
            receiving = -1;
            return;
        }

        parts.Append(text);
        received++;
    }

    /// <summary>Puts what has been handed over on the desk; true when it is kept there durably.</summary>
    [JSInvokable]
    public async Task<bool> Keep(string? from, long revision, int count, string? stance, string[]? mentions)
    {
        if (isSending || !string.Equals(from, key, StringComparison.Ordinal) || Taken(revision, count, stance, mentions) is not { } draft || (lastKept != long.MinValue && Clock.GetElapsedTime(lastKept) < KeepEvery))
            return false;
        lastKept = Clock.GetTimestamp();
        return await Desk.Keep(draft);
    }

    /// <summary>
    /// A page that was loaded again has a text of its own under this key. True: the key is the draft's now. False: it was posted under that
    /// key before the page went.
    /// </summary>
    [JSInvokable]
    public bool Resume(string? from)
    {
        if (from is null || !new PostId(from).IsAcceptable || from.Contains('-', StringComparison.Ordinal) || (Editing is null && Look?.Find(new PostId(from)) is not null))
            return false;
        key = from;
        return true;
    }

    /// <summary>Posts what has been handed over, under the key that its page knows.</summary>
    [JSInvokable]
    public async Task<PostAnswer> PostIt(string? from, long revision, int count, string? stance, string[]? mentions)
    {
        if (isSending)
            return new("It is being sent already.", key);
        if (Taken(revision, count, stance, mentions) is not { } draft)
            return new("That didn't reach the hub whole. Your text is kept: send it again.", key);
        if (!string.Equals(from, key, StringComparison.Ordinal))
        {
            // The answer to what was sent last never reached the page: the connection was lost between.
            return string.Equals(from, sent.Key, StringComparison.Ordinal) && string.Equals(draft.Text, sent.Text, StringComparison.Ordinal)
                ? new(null, key)
                : new("What you sent before is posted already. If this is something new, send it again.", key);
        }

        isSending = true;
        try
        {
            await Desk.Keep(draft);
            var outcome = await Send(draft, Editing?.Id);
            switch (outcome)
            {
                case Outcome.Recorded:
                    sent = (key, draft.Text);
                    await Desk.PutAway(Place, draft.Command);
                    Renew();
                    (of, inReplyTo, quote) = (null, null, null);
                    StateHasChanged();
                    return new(null, key);
                case Outcome.Refused { Refusal: var refusal }:
                    if (refusal == KernelRefusals.CommandIdReused || refusal == ThreadRefusals.PostIdTaken)
                        Renew();   // another page of this member has posted under this draft's ids: this one needs its own
                    return new(refusal.Sentence, key);
                default:
                    return new("The hub can't say yet whether that was recorded. Your text is kept: send it again, it is recorded once.", key);
            }
        }
        finally
        {
            isSending = false;
        }
    }

    /// <summary>People whose name holds this and who may read the thread.</summary>
    [JSInvokable]
    public async Task<NameToMention[]> Suggest(string? text) =>
        text is { Length: <= 60 }
            ? [.. (await Queries.Mentionable(Group, Readers, text)).Select(person => new NameToMention(person.Member.Value, person.Name))]
            : [];

    [JSInvokable]
    public void Types() => Writing();

    public async ValueTask DisposeAsync()
    {
        isGone = true;
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
            // The browser has gone; it keeps the text itself until it is back.
        }

        self?.Dispose();
    }

    /// <summary>The draft of the parts that have come, or null where one is missing or something is no draft's.</summary>
    private Draft? Taken(long revision, int count, string? stance, string[]? mentions) =>
        isReady && revision == receiving && count == received && Enum.TryParse<Stance>(stance, out var said) && Enum.IsDefined(said) && mentions is null or { Length: <= ThreadDecider.MaxMentions }
        && (mentions ?? []).All(mention => mention is { Length: <= StreamId.MaxKeyLength })
            ? new Draft(Place, revision, Command, Post, parts.ToString(), said, inReplyTo, quote, [.. (mentions ?? []).Select(mention => new MemberId(mention))])
            : null;

    /// <summary>The ids of a draft come from one key, so that a page can hold on to them over a reload.</summary>
    private void Renew() => key = Guid.NewGuid().ToString("N")[..20];
}

/// <summary>Whether it is recorded (no refusal: the box may be emptied) or why not, and the key of what is written next.</summary>
public sealed record PostAnswer(string? Refusal, string Key);

/// <summary>A person in the list under the writing box.</summary>
public sealed record NameToMention(string Id, string Name);
