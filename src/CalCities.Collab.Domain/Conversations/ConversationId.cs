using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>The part that one council (or commission) has in the talk on one subject: "davis.council.202520260AB831". All threads and groups on it count together.</summary>
[GenerateSerializer, Immutable, Alias("conversations.id")]
public readonly record struct ConversationId(string Value) : IAggregateId<ConversationCommand, ConversationEvent>
{
    public static ConversationId Of(LocalBody body, string subject) => new($"{body.City}.{body.Name}.{subject}");

    /// <summary>The council and the subject that a stream's key is made of; null for no conversation's.</summary>
    public static (LocalBody Body, string Subject)? Read(StreamId stream) =>
        stream.Type == "conversation" && stream.Key.Split('.', 3) is [var city, var body, var subject] ? (new LocalBody(new(city), body), subject) : null;

    public StreamId Stream => new("conversation", Value);
    public override string ToString() => Value;
}
