using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Security;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Demo;

public sealed class DemoFillTests : IDisposable
{
    private static readonly (string, string) On = ("Demo:Enabled", "true");

    private readonly string folder = Directory.CreateTempSubdirectory("collab-demo-").FullName;

    private string Database(string name) => $"Data Source={Path.Combine(folder, name)}";

    [Fact]
    public async Task A_demonstration_is_full_when_its_host_has_started_and_a_second_start_adds_nothing()
    {
        long head;
        await using (var hub = await TestHub.Start(Database("a.db"), host => host.AddDemonstration(), On))
        {
            Assert.Equal(
                Personas.All.Select(persona => Told(persona.Slug, persona.Office, persona.City, persona.Duty, persona.Seats)),
                await Task.WhenAll(Personas.All.Select(async persona =>
                    await Fact<MemberFact>(hub, new MemberId(persona.Slug).Stream) is { Standing: var s } ? Told(persona.Slug, s.Office, s.City, s.Duty, s.Seats) : "absent")));
            Assert.Equal(
                League.Groups.Select(group => (group.Name, group.Kind)),
                await Task.WhenAll(League.Groups.Select(async group => await Fact<GroupFact>(hub, group.Group.Stream) is { } fact ? (fact.Name, fact.Kind) : default)));
            Assert.Equal("Environmental Quality: next meeting", (await Fact<MeetingFact>(hub, DemoMeetings.Meeting.Stream))?.Title);
            Assert.Equal(
                DemoBills.All.Select(bill => new BillFact(bill.Number.ToString(), bill.Subject!)),
                await Task.WhenAll(DemoBills.All.Select(bill => Fact<BillFact>(hub, bill.Number.Id.Stream))));
            Assert.Equal(
                DemoThreads.All.Select(thread => thread.Acts.Length),
                await Task.WhenAll(DemoThreads.All.Select(async thread => (await Events<ThreadEvent>(hub, thread.Thread.Stream)).Length)));
            Assert.Equal(483, (await hub.Services.GetRequiredService<CityQueries>().All(TestContext.Current.CancellationToken)).Length);
            head = await Head(hub);
        }

        await using var again = await TestHub.Start(Database("a.db"), host => host.AddDemonstration(), On);
        Assert.Equal(head, await Head(again));
    }

    [Fact]
    public async Task A_fill_that_is_cut_off_again_and_again_ends_as_one_that_never_was()
    {
        await using var whole = await TestHub.Start(Database("whole.db"), host => host.AddDemonstration(), On);
        await using var cut = await TestHub.Start(Database("cut.db"));

        foreach (var commands in (int[])[1, 150, 420, 900, 1_500, 1_600, 1_700])
        {
            using var door = new ClosingDoor(cut.Door, commands);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DemoFill(door, cut.Grains, TimeProvider.System).StartAsync(door.Closed));
        }

        await new DemoFill(cut.Door, cut.Grains, TimeProvider.System).StartAsync(CancellationToken.None);

        Assert.Equal(await All(whole), await All(cut));
        Assert.Equal(await Head(whole), await Head(cut));
    }

    [Fact]
    public async Task Nothing_is_filled_where_the_demonstration_is_off()
    {
        await using var hub = await TestHub.Start(Database("off.db"), host => host.AddDemonstration());

        Assert.Equal(0, await Head(hub));
    }

    [Fact]
    public async Task A_demonstration_in_a_database_that_holds_something_else_says_what_stands_against_it()
    {
        await using var hub = await TestHub.Start(Database("other.db"));
        await hub.Found("eq", "Another group of this name");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => new DemoFill(hub.Door, hub.Grains, TimeProvider.System).StartAsync(CancellationToken.None));

        Assert.Equal($"The demonstration could not be filled: found-eq was refused ({GroupRefusals.AlreadyFounded.Sentence}) Start with another database, or set Demo:Enabled=false.", refused.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>All that is in the log of the demonstration's streams: what happened and by whom, in the order of the stream where one person after the other acts.</summary>
    private static async Task<IReadOnlyList<string>> All(TestHub hub)
    {
        List<string> all = [];
        foreach (var group in League.Groups)
            all.AddRange((await Events<GroupEvent>(hub, group.Group.Stream)).Order(StringComparer.Ordinal));
        foreach (var persona in Personas.All)
            all.AddRange((await Events<MemberEvent>(hub, new MemberId(persona.Slug).Stream)).Order(StringComparer.Ordinal));
        foreach (var bill in DemoBills.All)
            all.AddRange(await Events<BillEvent>(hub, bill.Number.Id.Stream));
        foreach (var thread in DemoThreads.All)
            all.AddRange(await Events<ThreadEvent>(hub, thread.Thread.Stream));
        return all;
    }

    private static async Task<string[]> Events<TEvent>(TestHub hub, StreamId stream) where TEvent : class =>
    [
        .. (await hub.Grains.GetGrain<IStreamGrain<TEvent>>(GrainId.Create(stream.Type, stream.Key)).ReadAfter(0)).Events
            .Select(recorded => $"{recorded.Stream} {recorded.Actor} {recorded.Event.GetType().Name} {Kinds.Write(recorded.Event)}"),
    ];

    private static async Task<TFact?> Fact<TFact>(TestHub hub, StreamId stream) where TFact : Fact =>
        (await hub.Grains.GetGrain<ITellingGrain>(GrainId.Create(stream.Type, stream.Key)).Tell()).Fact as TFact;

    private static async Task<long> Head(TestHub hub)
    {
        await hub.CaughtUp();
        return (await hub.Grains.GetGrain<IFeedRunner>(IFeedRunner.Key).WaitFor(0)).Indexes;
    }

    private static string Told(string slug, string office, string? city, Duty duty, IEnumerable<Seat> seats) =>
        $"{slug}: {office}, {city}, {duty}, {string.Join(' ', seats.Select(seat => $"{seat.Group}/{seat.Role}").Order(StringComparer.Ordinal))}";

    /// <summary>Lets so many commands through; then the host is as if it had been told to stop.</summary>
    private sealed class ClosingDoor(IDoor door, int commands) : IDoor, IDisposable
    {
        private readonly CancellationTokenSource closing = new();
        private int sent;

        public CancellationToken Closed => closing.Token;

        public void Dispose() => closing.Dispose();

        public Task<Outcome> Execute<TCommand, TEvent>(Caller caller, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand => Let(() => door.Execute(caller, to, id, command, cancel));

        public Task<Outcome> Execute<TCommand, TEvent>(Actor.Program program, IAggregateId<TCommand, TEvent> to, CommandId id, TCommand command, CancellationToken cancel = default)
            where TCommand : class, ICommand => Let(() => door.Execute(program, to, id, command, cancel));

        private async Task<Outcome> Let(Func<Task<Outcome>> execute)
        {
            if (Interlocked.Increment(ref sent) > commands)
            {
                await closing.CancelAsync();
                closing.Token.ThrowIfCancellationRequested();
            }

            return await execute();
        }
    }
}
