using System.Collections.Immutable;
using System.Diagnostics;

namespace CalCities.Collab.Kernel.Notebooks;

/// <summary>The kernel's own small aggregate, for its tests and bench: lines are written into a notebook until it is shut.</summary>
[GenerateSerializer, Immutable, Alias("notebooks.id")]
public readonly record struct NotebookId(string Value) : IAggregateId<NotebookCommand, NotebookEvent>
{
    public StreamId Stream => new("notebook", Value);
}

[GenerateSerializer, Alias("notebooks.command")]
public abstract record NotebookCommand : ICommand
{
    private NotebookCommand() { }

    [GenerateSerializer, Immutable, Alias("notebooks.write")]
    public sealed record Write(params ImmutableArray<string> Lines) : NotebookCommand;

    /// <summary>Writes a line that can't be folded: a bug, to see what one does.</summary>
    [GenerateSerializer, Immutable, Alias("notebooks.blot")]
    public sealed record Blot : NotebookCommand;

    [GenerateSerializer, Immutable, Alias("notebooks.shut")]
    public sealed record Shut : NotebookCommand;

    /// <summary>Has a line written at a time to come; no time takes the promise back.</summary>
    [GenerateSerializer, Immutable, Alias("notebooks.promise")]
    public sealed record Promise(string Line, DateTimeOffset? At) : NotebookCommand;
}

[GenerateSerializer, Alias("notebooks.event")]
public abstract record NotebookEvent
{
    private NotebookEvent() { }

    [GenerateSerializer, Immutable, Alias("notebooks.wrote.v1")]
    public sealed record Wrote(string Line) : NotebookEvent;

    [GenerateSerializer, Immutable, Alias("notebooks.blotted.v1")]
    public sealed record Blotted : NotebookEvent;

    [GenerateSerializer, Immutable, Alias("notebooks.was-shut.v1")]
    public sealed record WasShut : NotebookEvent;

    [GenerateSerializer, Immutable, Alias("notebooks.promised.v1")]
    public sealed record Promised(string Line, DateTimeOffset? At) : NotebookEvent;
}

public static class NotebookRefusals
{
    public static readonly Refusal IsShut = new("NotebookIsShut", "This notebook is shut.");
}

[GenerateSerializer, Immutable, Alias("notebooks.state")]
public sealed record NotebookState(int Lines, bool IsShut);

[GenerateSerializer, Immutable, Alias("notebooks.fact")]
public sealed record NotebookFact(int Lines) : Fact;

public sealed class NotebookDecider : IDecider<NotebookState, NotebookCommand, NotebookEvent>
{
    public static NotebookState Initial => new(0, IsShut: false);
    public static int FoldVersion => 1;

    public static Decision<NotebookEvent> Decide(NotebookState state, NotebookCommand command, Circumstances given) =>
        (state, command) switch
        {
            ({ IsShut: true }, _) => NotebookRefusals.IsShut,
            (_, NotebookCommand.Write c) => Decision<NotebookEvent>.Accept([.. c.Lines.Select(line => new NotebookEvent.Wrote(line))]),
            (_, NotebookCommand.Blot) => new NotebookEvent.Blotted(),
            (_, NotebookCommand.Shut) => new NotebookEvent.WasShut(),
            (_, NotebookCommand.Promise c) => new NotebookEvent.Promised(c.Line, c.At),
            _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
        };

    public static NotebookState Fold(NotebookState state, Recorded<NotebookEvent> recorded) =>
        recorded.Event switch
        {
            NotebookEvent.Wrote => state with { Lines = state.Lines + 1 },
            NotebookEvent.WasShut => state with { IsShut = true },
            NotebookEvent.Promised => state,
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't be folded."),
        };

    public static Fact? Tell(NotebookState state) => state.Lines == 0 ? null : new NotebookFact(state.Lines);
}

/// <summary>What pages would show of a notebook: every line, in order.</summary>
public sealed record NotebookView(ImmutableList<string> Lines, bool IsShut) : IView<NotebookView, NotebookEvent>
{
    public static NotebookView Blank(StreamId stream) => new([], IsShut: false);

    public static NotebookView Fold(NotebookView view, Recorded<NotebookEvent> recorded) =>
        recorded.Event switch
        {
            NotebookEvent.Wrote e => view with { Lines = view.Lines.Add(e.Line) },
            NotebookEvent.WasShut => view with { IsShut = true },
            NotebookEvent.Promised => view,
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't be folded."),
        };
}

/// <summary>Copies each shutting into a second notebook, to see policies run.</summary>
public sealed class CopyWhenShut : IPolicy<NotebookEvent, NotebookCommand>
{
    public static string Name => "copy-when-shut";

    public static ImmutableArray<PolicyCommand<NotebookCommand>> When(Recorded<NotebookEvent> recorded) =>
        recorded.Event is NotebookEvent.WasShut && !recorded.Stream.Key.EndsWith("-copy", StringComparison.Ordinal)
            ? [new(new NotebookId($"{recorded.Stream.Key}-copy").Stream, new NotebookCommand.Write($"{recorded.Stream.Key} was shut"))]
            : [];
}

/// <summary>Writes what was promised when its time has come, to see deadlines run.</summary>
public sealed class WriteWhenPromised : IDeadline<NotebookEvent, NotebookCommand>
{
    public static string Name => "write-when-promised";

    public static ImmutableArray<Deadline<NotebookCommand>> When(Recorded<NotebookEvent> recorded) =>
        recorded.Event is not NotebookEvent.Promised e ? []
        : e.At is { } at ? [new(KeyOf(e), at, new(recorded.Stream, new NotebookCommand.Write(e.Line)))]
        : [Deadline<NotebookCommand>.TakenBack(KeyOf(e))];

    private static string KeyOf(NotebookEvent.Promised e) => e.Line;
}

[Alias("notebooks.INotebookGrain")]
public interface INotebookGrain : IEventSourcedGrain<NotebookCommand, NotebookEvent>;

[GrainType("notebook")]
internal sealed class NotebookGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<NotebookDecider, NotebookState, NotebookCommand, NotebookEvent>(log, clock), INotebookGrain;
