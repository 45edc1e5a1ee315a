using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>Everything that can have happened in a council's part of a conversation. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("conversations.event")]
public abstract record ConversationEvent
{
    private ConversationEvent() { }

    [GenerateSerializer, Immutable, Alias("conversations.entered.v1")]
    public sealed record Entered(MemberId Member, LocalBody Body, string Subject, CommandId Act) : ConversationEvent;

    [GenerateSerializer, Immutable, Alias("conversations.stayed.v1")]
    public sealed record Stayed(MemberId Member, CommandId Act) : ConversationEvent;

    [GenerateSerializer, Immutable, Alias("conversations.left.v1")]
    public sealed record Left(MemberId Member, CommandId Act) : ConversationEvent;

    [GenerateSerializer, Immutable, Alias("conversations.note-taken.v1")]
    public sealed record NoteTaken(MemberId Member) : ConversationEvent;
}
