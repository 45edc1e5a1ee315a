using System.Diagnostics;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Rosters;

/// <summary>An import of a roster, as the stages it can be in.</summary>
[GenerateSerializer, Alias("rosters.state")]
public abstract record Roster
{
    private Roster() { }

    [GenerateSerializer, Immutable, Alias("rosters.state.unbegun")]
    public sealed record Unbegun : Roster;

    /// <summary>What the file says is being brought in.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.state.under-way")]
    public sealed record UnderWay : Roster;

    [GenerateSerializer, Immutable, Alias("rosters.state.finished")]
    public sealed record Finished : Roster;

    /// <summary>What was brought in is being taken back.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.state.undoing")]
    public sealed record Undoing : Roster;

    /// <summary>Taken back, because someone asked for it or because it could not be brought in whole.</summary>
    [GenerateSerializer, Immutable, Alias("rosters.state.ended")]
    public sealed record Ended : Roster;
}

/// <summary>The rules of an import: begun once by staff, finished or given up by the hub, and taken back once.</summary>
public sealed class RosterDecider : IDecider<Roster, RosterCommand, RosterEvent>
{
    private const int HashLength = 64;
    private const int MaxReasonLength = 500;

    public static Roster Initial => new Roster.Unbegun();
    public static int FoldVersion => 1;

    public static Decision<RosterEvent> Decide(Roster state, RosterCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, RosterCommand.Begin or RosterCommand.Undo) when RosterRights.Keep.Against(Relations.Of(given.Actor)) is { } refusal => refusal,
            (_, RosterCommand.Finish or RosterCommand.GiveUp or RosterCommand.FinishUndo) when RosterRights.Tell.Against(Relations.Of(given.Actor)) is { } refusal => refusal,

            (Roster.Unbegun, RosterCommand.Begin c) => IsHash(c.File) && IsHash(c.Plan) ? new RosterEvent.Begun(c.File, c.Plan, c.People, c.Seats) : RosterRefusals.BadText,
            (_, RosterCommand.Begin) => RosterRefusals.AlreadyBegun,
            (Roster.Unbegun, _) => RosterRefusals.NotBegun,

            (Roster.UnderWay, RosterCommand.Finish) => new RosterEvent.Finished(),
            (Roster.UnderWay, RosterCommand.GiveUp c) => new RosterEvent.GivenUp(c.Reason.Length <= MaxReasonLength ? c.Reason : c.Reason[..MaxReasonLength]),
            (_, RosterCommand.Finish or RosterCommand.GiveUp) => Decision<RosterEvent>.Accept(),

            (Roster.Finished, RosterCommand.Undo) => new RosterEvent.UndoBegun(),
            (Roster.Undoing or Roster.Ended, RosterCommand.Undo) => Decision<RosterEvent>.Accept(),
            (_, RosterCommand.Undo) => RosterRefusals.NotFinished,
            (Roster.Undoing, RosterCommand.FinishUndo) => new RosterEvent.Undone(),
            (_, RosterCommand.FinishUndo) => Decision<RosterEvent>.Accept(),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static Roster Fold(Roster state, Recorded<RosterEvent> recorded) =>
        recorded.Event switch
        {
            RosterEvent.Begun => new Roster.UnderWay(),
            RosterEvent.Finished => new Roster.Finished(),
            RosterEvent.UndoBegun => new Roster.Undoing(),
            RosterEvent.GivenUp or RosterEvent.Undone => new Roster.Ended(),
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(Roster state) => null;

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);
}
