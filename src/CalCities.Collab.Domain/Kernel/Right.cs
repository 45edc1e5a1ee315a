using System.Collections.Immutable;

namespace CalCities.Collab.Kernel;

/// <summary>
/// One row of the rights table: who may do these acts to a thing in this state, and what everyone else is told. An act is a command's kind
/// ("threads.post"), "see thread" (a stream's view and events), or what Web answers ("GET /bills", "hub Follow").
/// </summary>
public sealed record Right(string State, ActorKinds May, Refusal Otherwise, params ImmutableArray<string> Acts)
{
    /// <summary>Kinds that may not, whatever else they are.</summary>
    public ActorKinds Never { get; init; }

    /// <summary>What stands against someone of these kinds; null when they may.</summary>
    public Refusal? Against(ActorKinds who) => Allows(who) ? null : Otherwise;

    public bool Allows(ActorKinds who) => (who & Never) == ActorKinds.Nobody && (who & May) != ActorKinds.Nobody;
}

/// <summary>A slice's rows of the rights table, found by reflection; its deciders, sights and pages ask the same rows.</summary>
public interface IRights
{
    static abstract ImmutableArray<Right> Rows { get; }
}
