using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>What the door may know of it: who takes part, and who has taken note of the warning; by member id.</summary>
[GenerateSerializer, Immutable, Alias("conversations.fact")]
public sealed record ConversationFact(ImmutableSortedDictionary<string, Part> Parts, ImmutableSortedSet<string> Warned) : Fact;

/// <summary>A member's part: for good once an act of theirs is recorded (Stays), else as long as acts are under way.</summary>
[GenerateSerializer, Immutable, Alias("conversations.part")]
public sealed record Part(bool Stays, ImmutableSortedSet<string> UnderWay);

/// <summary>A council's part in a conversation, as deciding needs it.</summary>
[GenerateSerializer, Alias("conversations.state")]
public abstract record Conversation
{
    private Conversation() { }

    [GenerateSerializer, Immutable, Alias("conversations.state.silent")]
    public sealed record Silent : Conversation;

    [GenerateSerializer, Immutable, Alias("conversations.state.under-way")]
    public sealed record UnderWay(LocalBody Body, ConversationFact Known) : Conversation;
}

/// <summary>
/// Counts the members of one council or commission in the conversation on one subject, in one place, so that two acts at once can't both pass
/// (Gov. Code 54952.2(b): a majority may not deliberate by a series of messages). An act counts from before it is recorded; one that is refused
/// counts no more; one whose outcome nobody knows goes on counting.
/// </summary>
public sealed class ConversationDecider : IDecider<Conversation, ConversationCommand, ConversationEvent>
{
    /// <summary>A member's acts under way at once: a person has one or two pages open, a program its retries.</summary>
    public const int MaxUnderWay = 20;

    public static Conversation Initial => new Conversation.Silent();
    public static int FoldVersion => 1;

    public static Decision<ConversationEvent> Decide(Conversation state, ConversationCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, not ConversationCommand.TakeNote) when ConversationRights.Count.Against(Relations.Of(given.Actor)) is { } refusal => refusal,

            (_, ConversationCommand.Enter c) when PartOf(state, c.Member) is { Stays: true } or { UnderWay.Count: >= MaxUnderWay } => Decision<ConversationEvent>.Accept(),
            (_, ConversationCommand.Enter c) when PartOf(state, c.Member) is { UnderWay: var under } && under.Contains(c.Act.Value) => Decision<ConversationEvent>.Accept(),
            (_, ConversationCommand.Enter c) when IsMajority(Others(state, c.Member) + 1, c.Size) && Against(state, c) is { } refusal => refusal,
            (_, ConversationCommand.Enter c) => new ConversationEvent.Entered(c.Member, c.Body, c.Subject, c.Act),

            (_, ConversationCommand.Stay c) => PartOf(state, c.Member) is { Stays: false } ? new ConversationEvent.Stayed(c.Member, c.Act) : Decision<ConversationEvent>.Accept(),
            (_, ConversationCommand.Leave c) => PartOf(state, c.Member) is { Stays: false, UnderWay: var acts } && acts.Contains(c.Act.Value)
                ? new ConversationEvent.Left(c.Member, c.Act)
                : Decision<ConversationEvent>.Accept(),

            (_, ConversationCommand.TakeNote) => TakeNote(state, given.Actor),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Conversation Fold(Conversation state, Recorded<ConversationEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (Conversation.Silent, ConversationEvent.Entered e) => With(new Conversation.UnderWay(e.Body, Nothing), e.Member, new Part(false, Acts.Add(e.Act.Value))),
            (Conversation.UnderWay s, ConversationEvent.Entered e) =>
                With(s, e.Member, PartOf(s, e.Member) is { } part ? part with { UnderWay = part.UnderWay.Add(e.Act.Value) } : new Part(false, Acts.Add(e.Act.Value))),
            (Conversation.UnderWay s, ConversationEvent.Stayed e) => With(s, e.Member, new Part(true, Acts)),
            (Conversation.UnderWay s, ConversationEvent.Left e) =>
                PartOf(s, e.Member)!.UnderWay.Remove(e.Act.Value) is { IsEmpty: false } left ? With(s, e.Member, new Part(false, left))
                : s with { Known = s.Known with { Parts = s.Known.Parts.Remove(e.Member.Value) } },
            (Conversation.UnderWay s, ConversationEvent.NoteTaken e) => s with { Known = s.Known with { Warned = s.Known.Warned.Add(e.Member.Value) } },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Conversation state) => state is Conversation.UnderWay s ? s.Known : null;

    /// <summary>More than half of the body's seats, vacant ones too.</summary>
    internal static bool IsMajority(int members, int size) => 2 * members > size;

    private static Refusal? Against(Conversation state, ConversationCommand.Enter c) => c.Mode switch
    {
        GuardMode.Off => null,
        GuardMode.Warn => state is Conversation.UnderWay s && s.Known.Warned.Contains(c.Member.Value) ? null : ConversationRefusals.MajorityWarning,
        _ => ConversationRefusals.MajorityOfCouncil,
    };

    private static Decision<ConversationEvent> TakeNote(Conversation state, Actor actor) =>
        ConversationRights.TakeNote.Against(
            actor is Actor.Person person && state is Conversation.UnderWay s && person.Standing.Body == s.Body ? ActorKinds.Oneself : ActorKinds.Nobody) is { } refusal ? refusal
        : state is Conversation.UnderWay { Known.Warned: var warned } && warned.Contains(((Actor.Person)actor).Member.Value) ? Decision<ConversationEvent>.Accept()
        : new ConversationEvent.NoteTaken(((Actor.Person)actor).Member);

    private static readonly ImmutableSortedSet<string> Acts = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private static readonly ConversationFact Nothing = new(ImmutableSortedDictionary.Create<string, Part>(StringComparer.Ordinal), Acts);

    private static Conversation.UnderWay With(Conversation.UnderWay state, MemberId member, Part part) =>
        state with { Known = state.Known with { Parts = state.Known.Parts.SetItem(member.Value, part) } };

    private static Part? PartOf(Conversation state, MemberId member) => state is Conversation.UnderWay s ? s.Known.Parts.GetValueOrDefault(member.Value) : null;

    private static int Others(Conversation state, MemberId member) =>
        state is Conversation.UnderWay s ? s.Known.Parts.Count - (s.Known.Parts.ContainsKey(member.Value) ? 1 : 0) : 0;
}
