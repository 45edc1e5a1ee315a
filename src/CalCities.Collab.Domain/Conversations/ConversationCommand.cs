using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>Everything that can be asked of a council's part in a conversation.</summary>
[GenerateSerializer, Alias("conversations.command")]
public abstract record ConversationCommand : ICommand
{
    private ConversationCommand() { }

    /// <summary>Someone of this body, which has so many members, is about to say something. The door asks before every such act.</summary>
    [GenerateSerializer, Immutable, Alias("conversations.enter")]
    public sealed record Enter(MemberId Member, LocalBody Body, int Size, string Subject, GuardMode Mode, CommandId Act) : ConversationCommand;

    /// <summary>What they were about to say is recorded.</summary>
    [GenerateSerializer, Immutable, Alias("conversations.stay")]
    public sealed record Stay(MemberId Member, CommandId Act) : ConversationCommand;

    /// <summary>What they were about to say was refused: that act makes them no participant.</summary>
    [GenerateSerializer, Immutable, Alias("conversations.leave")]
    public sealed record Leave(MemberId Member, CommandId Act) : ConversationCommand;

    /// <summary>The member has read the warning and goes on.</summary>
    [GenerateSerializer, Immutable, Alias("conversations.take-note")]
    public sealed record TakeNote : ConversationCommand;
}
