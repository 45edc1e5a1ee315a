using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

/// <summary>Everything that can be asked of an import of a roster.</summary>
[GenerateSerializer, Alias("rosters.command")]
public abstract record RosterCommand : ICommand
{
    private RosterCommand() { }

    /// <summary>Begins to bring in what a file says. File and Plan are hashes of texts that are stored already: the file as it was sent, and each change with what was there before.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.begin")]
    public sealed record Begin(string File, string Plan, int People, int Seats) : RosterCommand;

    /// <summary>All of it is in the log.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.finish")]
    public sealed record Finish : RosterCommand;

    /// <summary>It could not be brought in whole, so what was brought in was taken back.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.give-up")]
    public sealed record GiveUp(string Reason) : RosterCommand;

    /// <summary>Begins to take back what was brought in.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.undo")]
    public sealed record Undo : RosterCommand;

    /// <summary>All of it was taken back.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.finish-undo")]
    public sealed record FinishUndo : RosterCommand;
}
