namespace CalCities.Collab.Kernel;

/// <summary>Counts who takes part in a conversation before the door lets a person's act through.</summary>
internal interface ITalkGuard
{
    /// <summary>Counts the act, or says what stands against it.</summary>
    Task<TalkEntry> Enter(IDoorway door, Actor.Person person, Talk talk, CommandId act);

    /// <summary>Says how an act ended that was let in for the time being.</summary>
    Task Settle(IDoorway door, Actor.Person person, StreamId conversation, CommandId act, Outcome outcome);
}

/// <summary>What came of asking: a refusal (or unknown), a fact for the decider, and the conversation to tell how the act ended, if it must be told.</summary>
internal sealed record TalkEntry(Outcome? Stopped, KnownFact? Fact, StreamId? ToSettle)
{
    public static TalkEntry Free { get; } = new(null, null, null);
}

/// <summary>What a guard may use of the door.</summary>
internal interface IDoorway
{
    Task<KnownFact> Ask(StreamId stream);

    Task<Outcome> Send<TCommand>(StreamId to, CommandId id, TCommand command, Actor.Policy policy) where TCommand : class, ICommand;
}
