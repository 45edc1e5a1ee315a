using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Groups;

/// <summary>Founds the league's bodies and registers its cities in a new hub, by the commands that staff use; each one's id derives from names, so it can be sent again.</summary>
internal static class LeagueSeed
{
    /// <summary>The day of the list: since when a city is a member isn't known here, only that it was one then.</summary>
    private static readonly DateOnly AsOf = new(2026, 1, 1);

    private static readonly GroupId Rural = new("rural-city-information-exchange");

    /// <summary>Sends one command, given its stream and its id's own part, and answers where the log stands.</summary>
    public interface ISender
    {
        Task<long> Send<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, string id, TCommand command, CancellationToken cancel) where TCommand : class, ICommand;
    }

    /// <summary>Every group with its allotments and powers, and every city with its council; independent of each other.</summary>
    public static IEnumerable<Func<CancellationToken, Task<long>>> Acts(ISender door) =>
        League.Groups.Select(group => Found(door, group)).Concat(CityList.All.Select(city => Register(door, city)));

    private static Func<CancellationToken, Task<long>> Found(ISender door, LeagueGroup group) => async cancel =>
    {
        var position = await door.Send(group.Group, $"found-{group.Group}", new GroupCommand.Found(group.Name, group.Kind, group.Scope), cancel);
        if (group.Group == Rural)
            position = await door.Send(group.Group, $"empower-{group.Group}", new GroupCommand.Empower(GroupPower.Shares), cancel);
        // Sent together, appended together.
        var allotted = await Task.WhenAll(League.Allotments.Where(seats => seats.Group == group.Group)
            .Select(seats => door.Send(group.Group, $"allot-{group.Group}-{seats.By}", new GroupCommand.Allot(seats.By, seats.Seats), cancel)));
        return allotted.Append(position).Max();
    };

    private static Func<CancellationToken, Task<long>> Register(ISender door, ListedCity city) => async cancel =>
    {
        await door.Send(city.City, $"register-{city.City}", new CityCommand.Register(city.Name, city.County, city.Division), cancel);
        var position = await door.Send(city.City, $"council-{city.City}", new CityCommand.SizeBody(LocalBody.Council, city.Council), cancel);
        return city.IsMember ? await door.Send(city.City, $"admit-{city.City}", new CityCommand.Admit(AsOf), cancel) : position;
    };
}

/// <summary>Founds the league in a hub that real people use, when whoever keeps it presses the button; pressed again it adds nothing.</summary>
internal sealed class LeagueFounding(IDoor door) : LeagueSeed.ISender
{
    private const int AtOnce = 64;

    private static readonly Actor.Program League = new("league");

    public Task Run(CancellationToken cancel) =>
        Parallel.ForEachAsync(LeagueSeed.Acts(this), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (act, stop) => await act(stop));

    /// <summary>What is refused is there already, in another form that staff have given it: it stays.</summary>
    public async Task<long> Send<TCommand, TEvent>(IAggregateId<TCommand, TEvent> to, string id, TCommand command, CancellationToken cancel) where TCommand : class, ICommand =>
        await door.Execute(League, to, new(id), command, cancel) is Outcome.Recorded recorded ? recorded.Position : 0;
}
