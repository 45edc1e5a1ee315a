using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>Everything that can be asked of a thread.</summary>
[GenerateSerializer, Alias("threads.command")]
public abstract record ThreadCommand : ICommand
{
    private ThreadCommand() { }

    ImmutableArray<StreamId> ICommand.Needs => this switch
    {
        Open { Bill: { } bill } c => [c.Group.Stream, bill.Stream],
        Open c => [c.Group.Stream],
        Post c => StreamsOf(c.Mentions),
        Edit c => StreamsOf(c.Mentions),
        _ => [],
    };

    /// <summary>All threads on a bill are one conversation, whatever their groups; one without a bill is its own.</summary>
    Talk? ICommand.Joins(StreamId to, Fact? told) => (this, told) switch
    {
        (Open c, _) => new Talk(c.Group, c.Bill?.Value ?? to.Key),
        (Post or Edit or Agree, ThreadFact thread) => new Talk(thread.Group, thread.Bill?.Value ?? to.Key),
        _ => null,
    };

    Pace ICommand.Pace => this is Open or Post or Edit ? Pace.Writing : Pace.Ordinary;

    /// <summary>Opens the thread in a group, on a bill or (no bill) on a topic of the group's own.</summary>
    [GenerateSerializer, Immutable, Alias("threads.open")]
    public sealed record Open(GroupId Group, BillId? Bill, string Title, Readers Readers) : ThreadCommand;

    /// <summary>Writes a post. A reply answers a post that is no reply itself; a quote may be of any post. Every mention stands in the body as "@Mayor, Davis".</summary>
    [GenerateSerializer, Immutable, Alias("threads.post")]
    public sealed record Post(PostId Id, PostId? InReplyTo, Quote? Quote, Stance Stance, string Body, ImmutableArray<MemberId> Mentions) : ThreadCommand;

    /// <summary>Puts another text in the place of one's own; the earlier ones stay readable. Mentions are those of the new text.</summary>
    [GenerateSerializer, Immutable, Alias("threads.edit")]
    public sealed record Edit(PostId Id, string Body, ImmutableArray<MemberId> Mentions) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.withdraw")]
    public sealed record Withdraw(PostId Id) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.agree")]
    public sealed record Agree(PostId Id) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.take-back-agreement")]
    public sealed record TakeBackAgreement(PostId Id) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.close")]
    public sealed record Close : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.reopen")]
    public sealed record Reopen : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.pin")]
    public sealed record Pin(PostId Id) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.unpin")]
    public sealed record Unpin(PostId Id) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.hide")]
    public sealed record Hide(PostId Id, string Reason) : ThreadCommand;

    [GenerateSerializer, Immutable, Alias("threads.unhide")]
    public sealed record Unhide(PostId Id) : ThreadCommand;

    /// <summary>No more than a post may mention, and only what can be a stream at all: nobody makes the door read a thousand streams.</summary>
    private static ImmutableArray<StreamId> StreamsOf(ImmutableArray<MemberId> mentions) =>
        mentions.IsDefaultOrEmpty
            ? []
            : [.. mentions.Take(ThreadDecider.MaxMentions).Select(m => m.Stream).Where(s => StreamId.TryParse(s.ToString(), out _)).Distinct()];
}

/// <summary>Who may read a thread; who may write never depends on it.</summary>
[GenerateSerializer, Alias("threads.readers")]
public enum Readers
{
    /// <summary>The group's seats and the league's staff.</summary>
    GroupOnly = 0,
    /// <summary>Everyone with an account, followers too.</summary>
    AllMembers = 1,
}

/// <summary>What a post says of the matter, beside its words.</summary>
[GenerateSerializer, Alias("threads.stance")]
public enum Stance
{
    None = 0,
    For = 1,
    Against = 2,
    IfAmended = 3,
    Question = 4,
}

/// <summary>Words of another post, named and not repeated, so that nobody can be quoted with words they didn't write: Length UTF-16 units from Start in a revision (0 is the first text).</summary>
[GenerateSerializer, Immutable, Alias("threads.quote")]
public sealed record Quote(PostId Of, int Revision, int Start, int Length);
