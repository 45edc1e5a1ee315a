using CalCities.Collab.Kernel;

namespace CalCities.Collab.Conversations;

[Alias("conversations.IConversationGrain")]
public interface IConversationGrain : IEventSourcedGrain<ConversationCommand, ConversationEvent>;

[GrainType("conversation")]
internal sealed class ConversationGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<ConversationDecider, Conversation, ConversationCommand, ConversationEvent>(log, clock), IConversationGrain;
