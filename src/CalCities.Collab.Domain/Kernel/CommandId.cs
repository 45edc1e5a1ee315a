namespace CalCities.Collab.Kernel;

/// <summary>Names one act of a person or program, made once where they act and kept over every retry: up to 200 characters without spaces.</summary>
[GenerateSerializer, Immutable, Alias("kernel.command-id")]
public readonly record struct CommandId(string Value)
{
    /// <summary>Room for an actor, a policy's name and the id itself.</summary>
    public const int MaxLength = 200;

    /// <summary>Starts the ids of policies; nobody outside may use it.</summary>
    public const string PolicyPrefix = "when:";

    /// <summary>False for what is empty, too long, has a space or control character, or takes a policy's name.</summary>
    public bool IsAcceptable =>
        Value is { Length: > 0 and <= 128 } && !Value.StartsWith(PolicyPrefix, StringComparison.Ordinal)
        && Value.All(c => c is > ' ' and < (char)127);

    /// <summary>The id as the log keeps it: a person's holds the person, so nobody can take another's outcome.</summary>
    public CommandId Of(Actor actor) => actor switch
    {
        Actor.Person person => new($"{person.Member.Value}:{Value}"),
        Actor.Program program => new($"{program.Name}:{Value}"),
        _ => this,
    };

    public override string ToString() => Value;
}
