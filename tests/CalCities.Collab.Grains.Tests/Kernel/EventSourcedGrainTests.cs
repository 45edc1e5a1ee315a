using System.Collections.Immutable;
using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Kernel.Notebooks;
using CalCities.Collab.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CalCities.Collab.Grains.Tests.Kernel;

public sealed class EventSourcedGrainTests : IAsyncLifetime
{
    private static readonly Actor.Program Program = new("test");
    private static readonly NotebookId Notebook = new("n1");

    private TestHub hub = null!;
    private FaultyStore store = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await TestHub.Start(configure: Break);
        store = (FaultyStore)hub.Services.GetRequiredService<IEventStore>();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_many_write_at_once_is_each_recorded_once_without_a_gap()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Write($"c{i}", $"line {i}")));

        Assert.Equal(Enumerable.Range(1, 400).Select(v => (long)v), outcomes.Cast<Outcome.Recorded>().Select(r => r.Version).Order());
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"line {i}").Order(StringComparer.Ordinal), (await Lines()).Order(StringComparer.Ordinal));
        Assert.True(store.Appends < 400, "Commands that came during an append went in the next one together.");
    }

    [Fact]
    public async Task A_command_sent_again_gets_its_first_outcome_and_is_recorded_once()
    {
        var first = await Write("c1", "one", "two");
        var again = await Write("c1", "one", "two");

        Assert.Equal(new Outcome.Recorded(2, 2), first);
        Assert.Equal(first, again);
        Assert.Equal(["one", "two"], await Lines());
    }

    [Fact]
    public async Task A_command_sent_again_after_a_restart_gets_its_first_outcome()
    {
        var folder = Directory.CreateTempSubdirectory("collab-restart-");
        var database = $"Data Source={Path.Combine(folder.FullName, "collab.db")}";
        Outcome first;
        await using (var before = await TestHub.Start(database))
            first = await before.Door.Execute(Program, Notebook, new("c1"), new NotebookCommand.Write("one", "two"));
        await using (var after = await TestHub.Start(database))
            Assert.Equal(first, await after.Door.Execute(Program, Notebook, new("c1"), new NotebookCommand.Write("one", "two")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_same_id_for_something_else_is_refused_and_changes_nothing()
    {
        await Write("c1", "one");

        Assert.Equal(new Outcome.Refused(KernelRefusals.CommandIdReused), await Write("c1", "another"));
        Assert.Equal(["one"], await Lines());
    }

    [Fact]
    public async Task Two_of_the_same_id_sent_at_once_are_recorded_once()
    {
        var hold = new TaskCompletionSource();
        store.Gate = hold.Task;
        var both = Task.WhenAll(Write("c1", "one"), Write("c1", "one"));
        hold.SetResult();

        Assert.Equal([new Outcome.Recorded(1, 1), new Outcome.Recorded(1, 1)], await both);
        Assert.Equal(["one"], await Lines());
    }

    [Fact]
    public async Task A_refusal_waits_for_what_it_rests_on_and_is_unknown_if_that_fails()
    {
        var grain = hub.Grains.GetGrain<INotebookGrain>(Notebook.Stream.Key);
        var hold = new TaskCompletionSource();
        store.Gate = hold.Task;
        store.Plan = number => number == 1 ? Fault.BeforeCommit : Fault.None;
        var shut = grain.Execute(new("shut"), new NotebookCommand.Shut(), Program, []);
        var refused = grain.Execute(new("late"), new NotebookCommand.Write("too late"), Program, []);
        hold.SetResult();

        Assert.Equal([new Outcome.Unknown(), new Outcome.Unknown()], await Task.WhenAll(shut, refused));
        store.Gate = null;
        Assert.Equal(new Outcome.Recorded(1, 1), await Write("late", "in time after all"));
    }

    [Theory]
    [InlineData(Fault.BeforeCommit)]
    [InlineData(Fault.AfterCommit)]
    public async Task When_the_line_to_the_database_breaks_everything_is_still_recorded_exactly_once(Fault fault)
    {
        store.Plan = number => number is 2 or 5 ? fault : Fault.None;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Write($"c{i}", $"line {i}")));

        Assert.All(outcomes, outcome => Assert.IsType<Outcome.Recorded>(outcome));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"line {i}").Order(StringComparer.Ordinal), (await Lines()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fold_that_throws_records_nothing_and_the_next_command_goes_on()
    {
        await Write("c1", "one");

        Assert.Equal(new Outcome.Unknown(), await hub.Door.Execute(Program, Notebook, new("blot"), new NotebookCommand.Blot()));
        Assert.Equal(new Outcome.Recorded(2, 2), await Write("c2", "two"));
        Assert.Equal(["one", "two"], await Lines());
    }

    [Fact]
    public async Task An_activation_that_was_overtaken_in_the_log_starts_again_from_it()
    {
        await Write("c1", "one");
        var overtaking = new NewEvent("notebooks.wrote.v1", """{"line":"from elsewhere"}""", new("other"), 0, new byte[32], new ActorName(null, "other"), DateTimeOffset.UnixEpoch);
        Assert.Equal([2L], await store.Append([new StreamAppend(Notebook.Stream, 1, [overtaking])]));

        Assert.Equal(new Outcome.Recorded(3, 3), await Write("c2", "two"));
        Assert.Equal(["one", "from elsewhere", "two"], await Lines());
    }

    [Fact]
    public async Task A_long_stream_is_the_same_after_it_was_put_away_and_called_again()
    {
        for (var i = 0; i < 10; i++)
            await Write($"c{i}", [.. Enumerable.Range(0, 100).Select(line => $"{i}:{line}")]);
        var before = await hub.Grains.GetGrain<INotebookGrain>(Notebook.Stream.Key).Tell();
        await hub.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var after = await hub.Grains.GetGrain<INotebookGrain>(Notebook.Stream.Key).Tell();

        Assert.Equal(new KnownFact(Notebook.Stream, 1_000, new NotebookFact(1_000)), before);
        Assert.Equal(before, after);
        Assert.Equal(new Outcome.Recorded(1_001, 1_001), await Write("next", "one more"));
    }

    [Fact]
    public async Task A_policy_follows_each_event_once()
    {
        await Write("c1", "one");
        await hub.Door.Execute(Program, Notebook, new("shut"), new NotebookCommand.Shut());
        await hub.CaughtUp();

        Assert.Equal(["n1 was shut"], await Lines(new NotebookId("n1-copy")));
    }

    private Task<Outcome> Write(string id, params ImmutableArray<string> lines) =>
        hub.Door.Execute(Program, Notebook, new(id), new NotebookCommand.Write(lines));

    private async Task<ImmutableArray<string>> Lines(NotebookId? notebook = null)
    {
        var grain = hub.Grains.GetGrain<INotebookGrain>((notebook ?? Notebook).Stream.Key);
        var view = NotebookView.Blank(Notebook.Stream);
        long version = 0;
        for (var page = await grain.ReadAfter(0); !page.Events.IsEmpty; page = await grain.ReadAfter(version))
            foreach (var recorded in page.Events)
                (view, version) = (NotebookView.Fold(view, recorded), recorded.Version);
        return [.. view.Lines];
    }

    private static void Break(IHostApplicationBuilder builder)
    {
        var real = builder.Services.Last(service => service.ServiceType == typeof(IEventStore));
        builder.Services.Replace(ServiceDescriptor.Singleton<IEventStore>(services => new FaultyStore((IEventStore)real.ImplementationFactory!(services))));
    }
}
