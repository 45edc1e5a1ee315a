using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>A city's record, as deciding needs it.</summary>
[GenerateSerializer, Alias("cities.state")]
public abstract record City
{
    private City() { }

    [GenerateSerializer, Immutable, Alias("cities.state.unknown")]
    public sealed record Unknown : City;

    /// <summary>Since is the day of the last change of membership, where it is known; Delegation is the voting delegate and then the alternates.</summary>
    [GenerateSerializer, Immutable, Alias("cities.state.registered")]
    public sealed record Registered(
        CityId Id, string Name, GroupId Division, bool IsMember, DateOnly? Since, ImmutableSortedDictionary<string, int> Bodies, ImmutableArray<MemberId> Delegation) : City;
}

/// <summary>The rules of a city's record: registered once, a member by turns, its bodies sized, its delegates named by council action.</summary>
public sealed class CityDecider : IDecider<City, CityCommand, CityEvent>
{
    public const int MaxNameLength = 80;

    /// <summary>California's councils have five seats and more; a commission may have three (Gov. Code 36501 and charters).</summary>
    public const int MinSeats = 3;

    /// <summary>Los Angeles' council, the largest, has 15; a commission may be larger.</summary>
    public const int MaxSeats = 30;

    /// <summary>A council and its commissions: a large city has some forty.</summary>
    public const int MaxBodies = 60;

    public const int MaxAlternates = 2;

    public static City Initial => new City.Unknown();
    public static int FoldVersion => 1;

    public static Decision<CityEvent> Decide(City state, CityCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, _) when CityRights.Against(given.Actor, (state as City.Registered)?.Id, command) is { } refusal => refusal,

            (City.Unknown, CityCommand.Register c) => Register(c),
            (_, CityCommand.Register) => CityRefusals.AlreadyRegistered,
            (City.Unknown, _) => CityRefusals.NotRegistered,

            (City.Registered { IsMember: true }, CityCommand.Admit) or (City.Registered { IsMember: false }, CityCommand.Depart) => Decision<CityEvent>.Accept(),
            (City.Registered city, CityCommand.Admit c) => c.On < city.Since ? CityRefusals.NotInOrder : new CityEvent.Admitted(c.On),
            (City.Registered city, CityCommand.Depart c) => c.On < city.Since ? CityRefusals.NotInOrder : new CityEvent.Departed(c.On),

            (_, CityCommand.Rename { Name.Length: 0 or > MaxNameLength }) => CityRefusals.NameMissing,
            (City.Registered city, CityCommand.Rename c) => string.Equals(c.Name, city.Name, StringComparison.Ordinal) ? Decision<CityEvent>.Accept() : new CityEvent.Renamed(c.Name),

            (City.Registered city, CityCommand.Move c) when c.Division == city.Division => Decision<CityEvent>.Accept(),
            (_, CityCommand.Move c) => given.Fact<GroupFact>(c.Division.Stream) is { Kind: GroupKind.Division } ? new CityEvent.Moved(c.Division) : CityRefusals.NoSuchDivision,

            (_, CityCommand.SizeBody c) when !IsBody(c.Body, c.Seats) => CityRefusals.BadSize,
            (City.Registered city, CityCommand.SizeBody c) when city.Bodies.TryGetValue(c.Body, out var seats) && seats == c.Seats => Decision<CityEvent>.Accept(),
            (City.Registered { Bodies.Count: >= MaxBodies } city, CityCommand.SizeBody c) when !city.Bodies.ContainsKey(c.Body) => CityRefusals.TooManyBodies,
            (_, CityCommand.SizeBody c) => new CityEvent.BodySized(c.Body, c.Seats),

            (City.Registered city, CityCommand.Designate c) => Designate(city, c, given),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static City Fold(City state, Recorded<CityEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (City.Unknown, CityEvent.Registered e) => new City.Registered(
                new(recorded.Stream.Key), e.Name, e.Division, false, null, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), []),
            (City.Registered city, CityEvent.Admitted e) => city with { IsMember = true, Since = e.On },
            (City.Registered city, CityEvent.Departed e) => city with { IsMember = false, Since = e.On },
            (City.Registered city, CityEvent.Renamed e) => city with { Name = e.Name },
            (City.Registered city, CityEvent.Moved e) => city with { Division = e.Division },
            (City.Registered city, CityEvent.BodySized e) => city with { Bodies = city.Bodies.SetItem(e.Body, e.Seats) },
            (City.Registered city, CityEvent.Designated e) => city with { Delegation = [e.Delegate, .. e.Alternates] },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(City state) =>
        state is City.Registered city ? new CityFact(city.Name, city.Bodies) { Division = city.Division, IsMember = city.IsMember } : null;

    private static Decision<CityEvent> Register(CityCommand.Register c)
    {
        if (c.Name.Length is 0 or > MaxNameLength || c.County.Length is 0 or > MaxNameLength)
            return CityRefusals.NameMissing;
        if (!IsBody(LocalBody.Council, c.Council))
            return CityRefusals.BadSize;
        ImmutableArray<CityEvent> registered = [new CityEvent.Registered(c.Name, c.County, c.Division), new CityEvent.BodySized(LocalBody.Council, c.Council)];
        return Decision<CityEvent>.Accept(c.IsMember ? registered.Add(new CityEvent.Admitted(null)) : registered);
    }

    private static Decision<CityEvent> Designate(City.Registered city, CityCommand.Designate c, Circumstances given)
    {
        ImmutableArray<MemberId> named = [c.Delegate, .. c.Alternates.IsDefault ? [] : c.Alternates];
        return !city.IsMember ? CityRefusals.NotAMember
            : named.Length > 1 + MaxAlternates ? CityRefusals.TooManyAlternates
            : named.Distinct().Count() != named.Length ? CityRefusals.NamedTwice
            : c.DecidedOn > DateOnly.FromDateTime(given.Time.UtcDateTime) ? CityRefusals.DateToCome
            : !named.All(member => given.Fact<MemberFact>(member.Stream)?.Standing.City is { } home && CityId.OfName(home) == city.Id) ? CityRefusals.NotOfThisCity
            : new CityEvent.Designated(c.Delegate, [.. named.Skip(1)], c.DecidedOn, [.. city.Delegation.Except(named)]);
    }

    private static bool IsBody(string name, int seats) =>
        seats is >= MinSeats and <= MaxSeats && name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
