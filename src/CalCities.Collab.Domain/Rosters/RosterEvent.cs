namespace CalCities.Collab.Rosters;

/// <summary>Everything that can have happened to an import of a roster. Kinds are added, never changed: the log keeps them for ever.</summary>
[GenerateSerializer, Alias("rosters.event")]
public abstract record RosterEvent
{
    private RosterEvent() { }

    /// <summary>File and Plan are hashes of texts; no event holds an e-mail address.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.begun.v1")]
    public sealed record Begun(string File, string Plan, int People, int Seats) : RosterEvent;

    [GenerateSerializer, Immutable, Alias("rosters.finished.v1")]
    public sealed record Finished : RosterEvent;

    [GenerateSerializer, Immutable, Alias("rosters.given-up.v1")]
    public sealed record GivenUp(string Reason) : RosterEvent;

    [GenerateSerializer, Immutable, Alias("rosters.undo-begun.v1")]
    public sealed record UndoBegun : RosterEvent;

    [GenerateSerializer, Immutable, Alias("rosters.undone.v1")]
    public sealed record Undone : RosterEvent;
}
