using System.Globalization;
using System.Text;
using CalCities.Collab.Kernel;
using CalCities.Collab.Shell;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Records;

/// <summary>
/// A thread as the record has it: what these people did in it, in order, with every text that they wrote, the withdrawn and hidden ones too.
/// Of others' posts only the office and the date stand in it. The stream is read twice, so that no more than a page of it is held.
/// </summary>
internal sealed class ThreadRecord
{
    private readonly Dictionary<string, Written> posts = new(StringComparer.Ordinal);
    private ThreadEvent.Opened? about;
    private DateTimeOffset opened;

    /// <summary>"2026-11-23 What we recommend (ab12).md": letters and digits alone, whatever the title holds.</summary>
    public string FileName(StreamId stream)
    {
        var title = new StringBuilder();
        foreach (var c in about?.Title ?? "")
        {
            if (title.Length == 60)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                title.Append(c);
            else if (title is { Length: > 0 } && title[^1] != ' ')
                title.Append(' ');
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Pacific.Day(opened):yyyy-MM-dd} {$"{title}".Trim()} ({stream.Key}).md");
    }

    /// <summary>First reading: who wrote which post when, and what became of it. Whether the thread has anything of theirs.</summary>
    public async Task<bool> Survey(IAsyncEnumerable<KeptEvent> events, RecordOf.Judge judge)
    {
        var any = false;
        await foreach (var kept in events)
        {
            var recorded = kept.Recorded;
            any |= judge.IsTheirs(recorded);
            switch (recorded.Event)
            {
                case ThreadEvent.Opened e:
                    (about, opened) = (e, recorded.Time);
                    break;
                case ThreadEvent.Posted e:
                    posts[e.Post.Value] = new Written(posts.Count + 1, e.By.DisplayName, recorded.Time, null);
                    break;
                case ThreadEvent.Withdrawn e:
                    Mark(e.Post, $"withdrawn by its author on {Pacific.DateAndTime(recorded.Time)}");
                    break;
                case ThreadEvent.Hidden e:
                    Mark(e.Post, $"hidden by {e.By.DisplayName} on {Pacific.DateAndTime(recorded.Time)}");
                    break;
                case ThreadEvent.Unhidden e:
                    Mark(e.Post, null);
                    break;
            }
        }

        return any;
    }

    /// <summary>Second reading: their acts, in order.</summary>
    public async Task Write(TextWriter to, IAsyncEnumerable<KeptEvent> events, RecordOf.Judge judge)
    {
        await to.WriteLineAsync($"# {Line(about?.Title ?? "")}");
        await to.WriteLineAsync();
        if (about is not null)
        {
            await to.WriteLineAsync($"- Group: {Line(about.GroupName)}");
            await to.WriteLineAsync(about.BillNumber is { } number ? $"- Bill: {Line(number)} ({about.Bill})" : "- Bill: none, a topic of the group's own");
            await to.WriteLineAsync($"- Opened by {Line(about.By.DisplayName)} on {Pacific.DateAndTime(opened)}");
            await to.WriteLineAsync($"- Read by {(about.Readers == Readers.AllMembers ? "all members" : "the group only")}");
        }

        await foreach (var kept in events)
        {
            if (!judge.IsTheirs(kept.Recorded) || kept.Recorded.Event is not ThreadEvent happened)
                continue;
            await to.WriteLineAsync();
            await to.WriteLineAsync($"## {Heading(happened)}");
            await to.WriteLineAsync();
            await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"- {Pacific.DateAndTime(kept.Recorded.Time)} (Pacific) · member {kept.Recorded.Actor.Member}{(Bylines.Of(happened) is { } by ? $", as {Line(by.DisplayName)}" : "")} · version {kept.Recorded.Version} of the thread · position {kept.Recorded.Position} of the log"));
            foreach (var line in Details(happened))
                await to.WriteLineAsync($"- {line}");
            if (Words(happened) is { } words)
                await to.WriteLineAsync($"\n{Fenced(words)}");
        }
    }

    private string Heading(ThreadEvent happened) => happened switch
    {
        ThreadEvent.Opened => "Opened the thread",
        ThreadEvent.Posted e => $"Post {Named(e.Post)}{(posts[e.Post.Value].Became is { } became ? $" ({became})" : "")}",
        ThreadEvent.Edited e => $"Edited post {Named(e.Post)}",
        ThreadEvent.Withdrawn e => $"Withdrew post {Named(e.Post)}",
        ThreadEvent.Agreed e => $"Agreed with {OfAnother(e.Post)}",
        ThreadEvent.AgreementTakenBack e => $"Took back the agreement with {OfAnother(e.Post)}",
        ThreadEvent.Closed => "Closed the thread",
        ThreadEvent.Reopened => "Reopened the thread",
        ThreadEvent.Pinned e => $"Pinned {OfAnother(e.Post)}",
        ThreadEvent.Unpinned e => $"Unpinned {OfAnother(e.Post)}",
        ThreadEvent.Hidden e => $"Hid {OfAnother(e.Post)}",
        ThreadEvent.Unhidden e => $"Showed {OfAnother(e.Post)} again",
        _ => Kinds.OfTheHub.NameOf(happened),
    };

    private IEnumerable<string> Details(ThreadEvent happened)
    {
        if (happened is ThreadEvent.Posted posted)
        {
            if (posted.InReplyTo is { } parent)
                yield return $"In answer to {OfAnother(parent)}";
            if (posted.Quote is { } quote)
                yield return string.Create(CultureInfo.InvariantCulture, $"Quotes {quote.Length} characters of {OfAnother(quote.Of)}");
            if (posted.Stance is not Stance.None)
                yield return $"Stance: {posted.Stance switch { Stance.For => "for", Stance.Against => "against", Stance.IfAmended => "if amended", _ => "a question" }}";
        }

        if (happened is ThreadEvent.Posted { Mentions: { IsDefaultOrEmpty: false } mentions })
            yield return $"Mentions {Line(string.Join("; ", mentions.Select(mention => mention.Name)))}";
    }

    private static string? Words(ThreadEvent happened) => happened switch
    {
        ThreadEvent.Posted e => e.Body,
        ThreadEvent.Edited e => e.Body,
        ThreadEvent.Hidden e => e.Reason,
        _ => null,
    };

    private string Named(PostId id) => posts.TryGetValue(id.Value, out var post) ? string.Create(CultureInfo.InvariantCulture, $"#{post.Number}") : id.Value;

    /// <summary>A post by number, office and date: nothing of its words.</summary>
    private string OfAnother(PostId id) => posts.TryGetValue(id.Value, out var post)
        ? string.Create(CultureInfo.InvariantCulture, $"post #{post.Number} by {Line(post.By)} of {Pacific.DateAndTime(post.At)}")
        : $"post {id}";

    private void Mark(PostId id, string? became)
    {
        if (posts.TryGetValue(id.Value, out var post))
            posts[id.Value] = post with { Became = became };
    }

    /// <summary>Exactly the text, set off so that nothing in it can pass for a line of this file.</summary>
    internal static string Fenced(string words)
    {
        var (longest, run) = (2, 0);
        foreach (var c in words)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return $"{fence}text\n{words}\n{fence}";
    }

    /// <summary>One line, without what Markdown would read in it.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '~')
                line.Append('\\');
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString();
    }

    private sealed record Written(int Number, string By, DateTimeOffset At, string? Became);
}
