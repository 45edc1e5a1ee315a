using System.Collections.Immutable;
using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Threads;

/// <summary>Everything that can have happened in a thread. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("threads.event")]
public abstract record ThreadEvent
{
    private ThreadEvent() { }

    /// <summary>The group's name and the bill's number ("AB 831") are those of that day.</summary>
    [GenerateSerializer, Immutable, Alias("threads.opened.v1")]
    public sealed record Opened(Byline By, GroupId Group, string GroupName, BillId? Bill, string? BillNumber, string Title, Readers Readers) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.posted.v1")]
    public sealed record Posted(PostId Post, Byline By, Stance Stance, PostId? InReplyTo, Quote? Quote, string Body, ImmutableArray<Mention> Mentions) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.edited.v1")]
    public sealed record Edited(PostId Post, string Body, ImmutableArray<Mention> Mentions) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.withdrawn.v1")]
    public sealed record Withdrawn(PostId Post) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.agreed.v1")]
    public sealed record Agreed(PostId Post, Byline By) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.agreement-taken-back.v1")]
    public sealed record AgreementTakenBack(PostId Post) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.closed.v1")]
    public sealed record Closed(Byline By) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.reopened.v1")]
    public sealed record Reopened(Byline By) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.pinned.v1")]
    public sealed record Pinned(PostId Post, Byline By) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.unpinned.v1")]
    public sealed record Unpinned(PostId Post, Byline By) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.hidden.v1")]
    public sealed record Hidden(PostId Post, Byline By, string Reason) : ThreadEvent;

    [GenerateSerializer, Immutable, Alias("threads.unhidden.v1")]
    public sealed record Unhidden(PostId Post, Byline By) : ThreadEvent;
}

/// <summary>A person mentioned, by the name that stands behind the "@" in the text.</summary>
[GenerateSerializer, Immutable, Alias("threads.mention")]
public sealed record Mention(MemberId Member, string Name);
