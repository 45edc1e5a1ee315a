using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>
/// What one member has begun and how far they have read, for nobody but them; its key is the member's id. Of all this only the latest
/// matters, so it is Orleans grain storage and no log. What is kept is stored before the answer.
/// </summary>
[Alias("threads.IDeskGrain")]
public interface IDeskGrain : IGrainWithStringKey
{
    /// <summary>The longest text of a draft, four posts' worth: what one pastes too long is kept until one has shortened it.</summary>
    public const int MaxTextLength = 4 * ThreadDecider.MaxBodyLength;

    /// <summary>The draft at a place (a thread, or a post that is being edited), or null.</summary>
    [Alias("Draft")]
    Task<Draft?> Draft(string place);

    /// <summary>Keeps a draft unless a later revision of that place is kept already; an empty one is put away. False: too long, or no place.</summary>
    [Alias("Keep")]
    Task<bool> Keep(Draft draft);

    /// <summary>Puts a draft away, if the one at that place is still of this command.</summary>
    [Alias("PutAway")]
    Task PutAway(string place, CommandId command);

    /// <summary>The thread's version up to which the member has read; 0 before they have read anything.</summary>
    [Alias("ReadUpTo")]
    Task<long> ReadUpTo(ThreadId thread);

    /// <summary>The marks of several threads at once; those never read are missing.</summary>
    [Alias("ReadUpToIn")]
    Task<ImmutableDictionary<ThreadId, long>> ReadUpTo(ImmutableArray<ThreadId> threads);

    /// <summary>The member has read up to this version; a mark never goes back.</summary>
    [Alias("MarkRead")]
    Task MarkRead(ThreadId thread, long version);
}

/// <summary>
/// A post that isn't sent yet. Revision grows with each change (the writer's clock in milliseconds). The command and post ids are the
/// draft's from its first word on, so sending it twice posts once.
/// </summary>
[GenerateSerializer, Immutable, Alias("threads.draft")]
public sealed record Draft(
    string Place, long Revision, CommandId Command, PostId Post, string Text, Stance Stance, PostId? InReplyTo, Quote? Quote, ImmutableArray<MemberId> Mentions);

/// <inheritdoc />
[GrainType("desk")]
internal sealed class DeskGrain(
    [PersistentState("drafts", GrainLog.StorageName)] IPersistentState<DeskDrafts> drafts,
    [PersistentState("marks", GrainLog.StorageName)] IPersistentState<DeskMarks> marks) : Grain, IDeskGrain
{
    /// <summary>Someone who begins more forgets the first; the oldest goes.</summary>
    public const int MaxDrafts = 20;

    /// <summary>A session's threads of someone who follows everything; the least recently read goes.</summary>
    public const int MaxMarks = 500;

    public const int MaxPlaceLength = 120;

    public Task<Draft?> Draft(string place) => Task.FromResult(drafts.State.Drafts.Find(draft => string.Equals(draft.Place, place, StringComparison.Ordinal)));

    public async Task<bool> Keep(Draft draft)
    {
        if (draft.Place is not { Length: > 0 and <= MaxPlaceLength } || draft.Text is not { Length: <= IDeskGrain.MaxTextLength } || draft.Mentions is { IsDefault: false, Length: > ThreadDecider.MaxMentions })
            return false;
        var before = await Draft(draft.Place);
        if (before is not null && (before.Revision >= draft.Revision))
            return true;
        var kept = drafts.State.Drafts.RemoveAll(other => string.Equals(other.Place, draft.Place, StringComparison.Ordinal));
        if (draft is not { Text: "", InReplyTo: null, Quote: null, Stance: Stance.None })
            kept = kept.Add(draft);
        drafts.State = new DeskDrafts(kept.Count > MaxDrafts ? kept.RemoveAt(0) : kept);
        await drafts.WriteStateAsync();
        return true;
    }

    public async Task PutAway(string place, CommandId command)
    {
        var kept = drafts.State.Drafts.RemoveAll(draft => string.Equals(draft.Place, place, StringComparison.Ordinal) && draft.Command == command);
        if (kept.Count == drafts.State.Drafts.Count)
            return;
        drafts.State = new DeskDrafts(kept);
        await drafts.WriteStateAsync();
    }

    public Task<long> ReadUpTo(ThreadId thread) =>
        Task.FromResult(marks.State.Marks.Find(mark => mark.Thread == thread)?.Version ?? 0);

    public Task<ImmutableDictionary<ThreadId, long>> ReadUpTo(ImmutableArray<ThreadId> threads) =>
        Task.FromResult(marks.State.Marks.Where(mark => threads.Contains(mark.Thread)).ToImmutableDictionary(mark => mark.Thread, mark => mark.Version));

    public async Task MarkRead(ThreadId thread, long version)
    {
        if (await ReadUpTo(thread) >= version)
            return;
        var kept = marks.State.Marks.RemoveAll(mark => mark.Thread == thread).Add(new DeskMark(thread, version));
        marks.State = new DeskMarks(kept.Count > MaxMarks ? kept.RemoveAt(0) : kept);
        await marks.WriteStateAsync();
    }
}

/// <summary>Drafts, the one last changed last.</summary>
[GenerateSerializer, Immutable, Alias("threads.desk-drafts")]
internal sealed record DeskDrafts(ImmutableList<Draft> Drafts)
{
    public DeskDrafts() : this([]) { }
}

/// <summary>Read marks, the thread last read last.</summary>
[GenerateSerializer, Immutable, Alias("threads.desk-marks")]
internal sealed record DeskMarks(ImmutableList<DeskMark> Marks)
{
    public DeskMarks() : this([]) { }
}

[GenerateSerializer, Immutable, Alias("threads.desk-mark")]
internal sealed record DeskMark(ThreadId Thread, long Version);
