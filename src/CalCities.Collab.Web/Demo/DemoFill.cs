using System.Collections.Concurrent;
using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Meetings;
using CalCities.Collab.Members;
using CalCities.Collab.Security;

namespace CalCities.Collab.Demo;

/// <summary>
/// Fills an empty demonstration hub before it answers anyone, by the commands that everybody else uses. Each command's id derives from
/// names, so a fill that was cut off is resumed, and nothing is there twice. The follower joins last: where it is, all is.
/// </summary>
internal sealed class DemoFill(IDoor door, IGrainFactory grains, TimeProvider clock) : IHostedService, LeagueSeed.ISender
{
    /// <summary>Commands under way together: the log takes them in as one append, more would only wait in memory.</summary>
    private const int AtOnce = 64;

    private static readonly Actor.Program Demo = new("demo");

    private readonly IFeedRunner feed = grains.GetGrain<IFeedRunner>(IFeedRunner.Key);

    /// <summary>Returns when the hub is full and its lists show it.</summary>
    /// <exception cref="StartRefusedException">A command was refused (something else stands in this database) or nobody knows what became of it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var follower = Personas.All.Single(persona => persona.Duty == Duty.Follower);
        if (await grains.GetGrain<ITellingGrain>(GrainId.Create("member", follower.Slug)).Tell() is { Fact: MemberFact })
            return;
        Console.WriteLine("Filling the demonstration hub. This happens once and takes a few seconds.");

        // A rule that is new to a hub follows what happens from then on: the one that gives standing must be there before the first seat.
        await feed.WaitFor(0);
        await AllOf(
        [
            .. LeagueSeed.Acts(this),
            .. Personas.All.Where(persona => persona != follower).Concat(Personas.Delegates).Select(Join),
            .. DemoBills.All.Select(Observe),
        ], cancellationToken);
        await CaughtUp(await AllOf([.. Personas.Seats.Select(FillSeat), .. Personas.Delegates.Select(persona => FillSeat(new PersonaSeat(persona, persona.Seats[0], null))), .. Personas.All.Where(Personas.SitsOnCouncil).Select(Sit)], cancellationToken), cancellationToken);
        await AllOf([.. DemoThreads.All.Select(Talk), Prepare], cancellationToken);
        await CaughtUp(await Join(follower)(cancellationToken), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Func<CancellationToken, Task<long>> Join(Persona persona) => cancel =>
        Send(new MemberId(persona.Slug), $"join-{persona.Slug}", new MemberCommand.Join(persona.Office, persona.City, persona.Duty), cancel);

    private Func<CancellationToken, Task<long>> Observe(BillObservation seen) => cancel =>
        Send(seen.Number.Id, $"observe-{seen.Number.Id}", new BillCommand.Observe(seen), cancel);

    private Func<CancellationToken, Task<long>> FillSeat(PersonaSeat held) => cancel =>
        Send(held.Seat.Group, $"seat-{held.Persona.Slug}", held.By is { } by
            ? new GroupCommand.Appoint(new MemberId(held.Persona.Slug), held.Seat.Role, by, null, NextTerm: false)
            : new GroupCommand.FillSeat(new MemberId(held.Persona.Slug), held.Seat.Role), cancel);

    private Func<CancellationToken, Task<long>> Sit(Persona persona) => cancel =>
        Send(new MemberId(persona.Slug), $"sit-{persona.Slug}", new MemberCommand.Sit(new LocalBody(CityId.OfName(persona.City!), LocalBody.Council)), cancel);

    /// <summary>All of a thread, one act after the other, each by the persona that does it.</summary>
    private Func<CancellationToken, Task<long>> Talk(DemoThread talk) => async cancel =>
    {
        var position = 0L;
        foreach (var (index, act) in talk.Acts.Index())
        {
            var id = new CommandId($"demo-{talk.Thread}-{index}");
            position = Recorded(id, await door.Execute(Caller.InProcess(act.By), talk.Thread, id, act.Command, cancel));
        }

        return position;
    };

    /// <summary>The chair schedules the next meeting and writes its agenda. Its day is of the first start, so one that is scheduled already is left.</summary>
    private async Task<long> Prepare(CancellationToken cancel)
    {
        var (chair, meeting, position) = (Caller.InProcess(new MemberId("eq-chair")), DemoMeetings.Meeting, 0L);
        if (await grains.GetGrain<ITellingGrain>(GrainId.Create(meeting.Stream.Type, meeting.Stream.Key)).Tell() is { Fact: null })
            await SendFor(DemoMeetings.Scheduled(clock.GetUtcNow()), 0);
        foreach (var (index, command) in DemoMeetings.Prepared.Index())
            await SendFor(command, index + 1);
        return position;

        async Task SendFor(MeetingCommand command, int index)
        {
            var id = new CommandId($"demo-{meeting}-{index}");
            position = Recorded(id, await door.Execute(chair, meeting, id, command, cancel));
        }
    }

    Task<long> LeagueSeed.ISender.Send<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, string id, TCommand command, CancellationToken cancel) => Send(to, id, command, cancel);

    private async Task<long> Send<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, string id, TCommand command, CancellationToken cancel)
        where TCommand : class, ICommand =>
        Recorded(new(id), await door.Execute(Demo, to, new CommandId(id), command, cancel));

    /// <summary>Sends them with a bound on how many are under way; the last position that they reached.</summary>
    private static async Task<long> AllOf(IEnumerable<Func<CancellationToken, Task<long>>> commands, CancellationToken cancel)
    {
        ConcurrentBag<long> positions = [];
        await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (send, stop) => positions.Add(await send(stop)));
        return positions.Max();
    }

    /// <summary>Waits until the lists show this position and the rules have followed it.</summary>
    private async Task CaughtUp(long position, CancellationToken cancel)
    {
        FeedReached reached;
        do
        {
            reached = await feed.WaitFor(position).WaitAsync(cancel);
        }
        while (reached.Indexes < position || reached.Policies < position);
    }

    private static long Recorded(CommandId id, Outcome outcome) => outcome switch
    {
        Outcome.Recorded recorded => recorded.Position,
        Outcome.Refused refused => throw new StartRefusedException(
            $"The demonstration could not be filled: {id} was refused ({refused.Refusal.Sentence}) Start with another database, or set Demo:Enabled=false."),
        _ => throw new StartRefusedException($"The demonstration could not be filled: nobody knows what became of {id}. Start again; the fill goes on where it stopped."),
    };
}

/// <summary>The demonstration's part of the host.</summary>
public static class DemonstrationHosting
{
    /// <summary>Fills the hub before it answers, where settings ask for a demonstration (Demo:Enabled; by default exactly when no connection string is set). After AddCluster.</summary>
    public static void AddDemonstration(this IHostApplicationBuilder builder)
    {
        if (Demonstration.Asked(builder.Configuration))
            builder.Services.AddHostedService<DemoFill>();
    }
}
