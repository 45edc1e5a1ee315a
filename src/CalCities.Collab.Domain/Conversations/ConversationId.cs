using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>The part that one council (or commission) has in the talk on one subject: "davis.council.202520260AB831". All threads and groups on it count together.</summary>
[GenerateSerializer, Immutable, Alias("conversations.id")]
public readonly record struct ConversationId(string Value) : IAggregateId<ConversationCommand, ConversationEvent>
{
    public static ConversationId Of(LocalBody body, string subject) => new($"{body.City}.{body.Name}.{subject}");

    public StreamId Stream => new("conversation", Value);
    public override string ToString() => Value;
}
