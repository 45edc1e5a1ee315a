using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Members;
using Xunit;

namespace CalCities.Collab.Kernel;

/// <summary>
/// An aggregate without its grain: the real decider over events that have happened. For example
/// <c>Thread.Given(opened).When(post, By.Person("eq-chair", …)).ThenRecorded(posted)</c>.
/// </summary>
public sealed record FakeAggregate<TDecider, TState, TCommand, TEvent>(StreamId Stream)
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TEvent : class
{
    private ImmutableArray<(TEvent Event, ActorName Actor)> Happened { get; init; } = [];
    private ImmutableArray<KnownFact> Facts { get; init; } = [];

    /// <summary>When the next command is given; the first event happened at <see cref="By.Start"/>, the others a second apart.</summary>
    private DateTimeOffset? Now { get; init; }

    /// <summary>These have happened too, in this order, caused by the hub itself.</summary>
    public FakeAggregate<TDecider, TState, TCommand, TEvent> Given(params IEnumerable<TEvent> events) => GivenBy(By.TheHub, events);

    /// <summary>These have happened too, caused by someone.</summary>
    public FakeAggregate<TDecider, TState, TCommand, TEvent> GivenBy(Actor actor, params IEnumerable<TEvent> events) =>
        this with { Happened = [.. Happened, .. events.Select(happened => (happened, actor.NameInLog))] };

    /// <summary>Another stream tells this fact.</summary>
    public FakeAggregate<TDecider, TState, TCommand, TEvent> Knowing(StreamId stream, Fact fact) =>
        this with { Facts = Facts.Add(new KnownFact(stream, 1, fact)) };

    public FakeAggregate<TDecider, TState, TCommand, TEvent> At(DateTimeOffset now) => this with { Now = now };

    /// <summary>The state after what has happened.</summary>
    public TState State => Log.Aggregate(TDecider.Initial, TDecider.Fold);

    /// <summary>What has happened, as recorded; each event by a command of its own.</summary>
    public ImmutableArray<Recorded<TEvent>> Log => [.. Happened.Select((happened, i) => new Recorded<TEvent>(
        Stream, i + 1, i + 1, new CommandId(string.Create(CultureInfo.InvariantCulture, $"given-{i + 1}")), 0, happened.Actor, By.Start.AddSeconds(i), happened.Event))];

    /// <summary>Decides with the facts that the command needs, and what the door itself tells (the actor's fellows), as the door does.</summary>
    public Decided When(TCommand command, Actor actor)
    {
        var needs = command is ICommand asking ? asking.Needs : [];
        var facts = Facts.Where(known => needs.Contains(known.Stream) || known.Fact is Fellows);
        return new(this, TDecider.Decide(State, command, new Circumstances(actor, Now ?? By.Start.AddSeconds(Happened.Length), [.. facts])), actor);
    }

    /// <summary>A decision, to be held against what was expected of it.</summary>
    public sealed class Decided(FakeAggregate<TDecider, TState, TCommand, TEvent> before, Decision<TEvent> decision, Actor actor)
    {
        public Decision<TEvent> Decision => decision;

        /// <summary>The aggregate after whatever was decided.</summary>
        public FakeAggregate<TDecider, TState, TCommand, TEvent> After => before.GivenBy(actor, decision.Events);

        /// <summary>Exactly these events, compared as the log writes them, and they can be folded; returns the aggregate after them.</summary>
        public FakeAggregate<TDecider, TState, TCommand, TEvent> ThenRecorded(params IEnumerable<TEvent> expected)
        {
            Assert.Null(decision.Refusal);
            Assert.Equal(expected.Select(AsLogged), decision.Events.Select(AsLogged), StringComparer.Ordinal);
            _ = After.State;
            return After;
        }

        /// <summary>All is as asked already: nothing to record, nothing refused.</summary>
        public void ThenNothing() => ThenRecorded();

        public void ThenRefused(Refusal expected)
        {
            Assert.Equal(expected, decision.Refusal);
            Assert.Empty(decision.Events);
        }

        private static string AsLogged(TEvent happened) => $"{Kinds.OfTheHub.NameOf(happened)} {Kinds.Write(happened)}";
    }
}

/// <summary>Who acts in a test of rules.</summary>
public static class By
{
    /// <summary>When the first event of a test happened: a Tuesday morning in California.</summary>
    public static readonly DateTimeOffset Start = new(2025, 3, 11, 17, 0, 0, TimeSpan.Zero);

    /// <summary>The program itself.</summary>
    public static Actor TheHub { get; } = new Actor.Program("demo");

    /// <summary>A rule that follows an event, for the person who caused it.</summary>
    public static Actor Rule { get; } = new Actor.Policy("stand-when-seated", null);

    /// <summary>A council member of Davis with these seats.</summary>
    public static Actor Person(string slug, params ImmutableArray<Seat> seats) =>
        new Actor.Person(new MemberId(slug), new Standing("Council Member", "Davis", Duty.None, seats));

    /// <summary>Someone who works for the league, or follows it.</summary>
    public static Actor Person(string slug, Duty duty) =>
        new Actor.Person(new MemberId(slug), new Standing(duty.ToString(), null, duty, []));
}
