using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>Who acts, with the standing that the server knows them to have at that moment.</summary>
[GenerateSerializer, Alias("kernel.actor")]
public abstract record Actor
{
    private Actor() { }

    /// <summary>An official, signed in.</summary>
    [GenerateSerializer, Immutable, Alias("kernel.actor.person")]
    public sealed record Person(MemberId Member, Standing Standing) : Actor;

    /// <summary>A rule of the hub that follows one event with a command (a …When… function), for the person who caused it, if one did.</summary>
    [GenerateSerializer, Immutable, Alias("kernel.actor.policy")]
    public sealed record Policy(string Name, MemberId? OnBehalfOf) : Actor;

    /// <summary>A command of the program itself, started by whoever runs the host: "import", "demo".</summary>
    [GenerateSerializer, Immutable, Alias("kernel.actor.program")]
    public sealed record Program(string Name) : Actor;

    /// <summary>Who stands in the log: the person, or the name of the rule or program.</summary>
    public ActorName NameInLog => this switch
    {
        Person p => new ActorName(p.Member, null),
        Policy p => new ActorName(p.OnBehalfOf, p.Name),
        Program p => new ActorName(null, p.Name),
        _ => throw new System.Diagnostics.UnreachableException($"No name for {GetType().Name}."),
    };
}

/// <summary>Who acted, as the log keeps it: a member, a program ("import"), or a rule for a member (both).</summary>
[GenerateSerializer, Immutable, Alias("kernel.actor-name")]
public sealed record ActorName(MemberId? Member, string? Program);
