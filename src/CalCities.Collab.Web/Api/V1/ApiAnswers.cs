using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CalCities.Collab.Api.V1;

/// <summary>Some of a list; "next" is the cursor of what follows, null at its end.</summary>
public sealed record PageAnswer<T>(IReadOnlyList<T> Items, [property: Description("Give it as \"cursor\" to get what follows; null at the end.")] string? Next);

/// <summary>Whose token this is, and what it may do.</summary>
public sealed record MeAnswer(string Member, string Name, bool MayWrite);

/// <summary>A thread in a list, with its newest post's first words.</summary>
public sealed record ThreadRowAnswer(
    string Id, string Title, string Group, string GroupName, string? Bill, string? BillNumber,
    [property: Description("\"GroupOnly\" or \"AllMembers\".")] string Readers,
    bool IsClosed, string OpenedBy, int Posts, string? LastBy, string? LastExcerpt, DateTimeOffset MovedAt);

/// <summary>A thread without its posts; version counts all that has happened in it.</summary>
public sealed record ThreadAnswer(
    string Id, long Version, string Title, string Group, string GroupName, string? Bill, string? BillNumber,
    [property: Description("\"GroupOnly\" or \"AllMembers\".")] string Readers,
    bool IsClosed, string OpenedBy, string By, DateTimeOffset OpenedAt, int Posts,
    [property: Description("Ids of the pinned posts, first pinned first.")] IReadOnlyList<string> Pins,
    [property: Description("Each member's latest stance.")] IReadOnlyList<StanceAnswer> Stances);

/// <summary>A member's latest stance, and the post that says it.</summary>
public sealed record StanceAnswer(string Member, string By, string Stance, string Post);

/// <summary>A post as you may see it; revisions are empty where its words may not be read, and the last one is the present text.</summary>
public sealed record PostAnswer(
    string Id, [property: Description("Its place in the thread, from 1.")] int Number, long Version, string Member, string By, DateTimeOffset At,
    [property: Description("\"None\", \"For\", \"Against\", \"IfAmended\" or \"Question\".")] string Stance,
    string? InReplyTo, QuoteAnswer? Quote,
    [property: Description("\"Standing\", \"Hidden\" or \"Withdrawn\".")] string State,
    RemovalAnswer? Removal, IReadOnlyList<RevisionAnswer> Revisions, IReadOnlyList<AgreementAnswer> Agreements);

/// <summary>Words of another post: so many characters (UTF-16 units) from a start in one of its revisions.</summary>
public sealed record QuoteAnswer(string Of, int Revision, int Start, int Length);

/// <summary>Who hid a post and why, or that its author withdrew it.</summary>
public sealed record RemovalAnswer(string By, DateTimeOffset At, string? Reason);

/// <summary>A text (Markdown) as it stood from a time on.</summary>
public sealed record RevisionAnswer(DateTimeOffset At, string Body);

/// <summary>Someone who agrees.</summary>
public sealed record AgreementAnswer(string Member, string By);

/// <summary>A bill in a list.</summary>
public sealed record BillRowAnswer(string Id, string Number, string Subject, string Authors, string Whereabouts, string Status, DateOnly? LastDate, string LastAction);

/// <summary>A bill as the Legislature's extract tells it; version counts what the hub has been told.</summary>
public sealed record BillAnswer(
    string Id, long Version, string Number, string Subject, string Authors, string Whereabouts, string? Status, DateTime AsOf,
    IReadOnlyList<BillActionAnswer> History, IReadOnlyList<BillVersionAnswer> Versions, IReadOnlyList<RollCallAnswer> RollCalls);

/// <summary>An entry of a bill's history.</summary>
public sealed record BillActionAnswer(DateOnly Date, string Text);

/// <summary>A print of a bill.</summary>
public sealed record BillVersionAnswer(string Id, DateOnly Date, string? Action, string? Subject);

/// <summary>A roll call with its official tallies.</summary>
public sealed record RollCallAnswer(DateOnly Date, string Location, string? Motion, int Ayes, int Noes, int NotVoting, bool? Passed);

/// <summary>A group in a list.</summary>
public sealed record GroupRowAnswer(string Id, string Name, string Kind, string Scope, int Seats);

/// <summary>A group; version counts what has happened to it.</summary>
public sealed record GroupAnswer(
    string Id, long Version, string Name, string Kind, string Scope,
    [property: Description("What it does with positions: \"Discusses\", \"Recommends\", \"Decides\" or \"Shares\".")] string Power, int Seats);

/// <summary>Who sits in a group, and as what.</summary>
public sealed record SeatAnswer(string Member, string Name, string Role);

/// <summary>A person as all members know them.</summary>
public sealed record MemberAnswer(string Id, long Version, string Name, string Office, string? City, string Duty, IReadOnlyList<MemberSeatAnswer> Seats);

/// <summary>A city: its county, its division of the league, and whether it is a member now.</summary>
public sealed record CityAnswer(string Id, long Version, string Name, string County, string Division, bool IsMember);

/// <summary>A seat that a person holds.</summary>
public sealed record MemberSeatAnswer(string Group, string Role);

/// <summary>A command: its kind and body as /hubs/live takes them. The same commandId again gives the first outcome, so it is safe to send one twice.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CommandRequest(
    [property: Description("Made once by you for this act and kept over every retry: up to 128 characters without spaces.")] string CommandId,
    [property: Description("For example \"threads.post\".")] string Kind,
    [property: Description("Every field of that kind and no other.")] JsonElement Body);

/// <summary>It is in the log, durably: the thing's version with it, and its place in the whole log.</summary>
public sealed record RecordedAnswer(long Version, long Position);
