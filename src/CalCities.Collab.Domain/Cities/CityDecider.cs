using System.Collections.Immutable;
using System.Diagnostics;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>A city, as deciding needs it.</summary>
[GenerateSerializer, Alias("cities.state")]
public abstract record City
{
    private City() { }

    [GenerateSerializer, Immutable, Alias("cities.state.unregistered")]
    public sealed record Unregistered : City;

    /// <summary>Since is the day on which membership last began or ended; null when it never did.</summary>
    [GenerateSerializer, Immutable, Alias("cities.state.registered")]
    public sealed record Registered(CityId Id, CityFact Known, DateOnly? Since, Delegation? Delegation) : City;
}

/// <summary>Who speaks for a city in the General Assembly, and when its council said so.</summary>
[GenerateSerializer, Immutable, Alias("cities.delegation")]
public sealed record Delegation(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly CouncilActedOn)
{
    public ImmutableArray<MemberId> All => [Delegate, .. Alternates];
}

/// <summary>The rules of a city: registered once, a member for dated times, with a council of a size, and a delegation by its council's action.</summary>
public sealed class CityDecider : IDecider<City, CityCommand, CityEvent>
{
    /// <summary>"Rancho Santa Margarita" is 22 characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Two alternates (DOMAIN §3).</summary>
    public const int MaxAlternates = 2;

    public const int MinSize = 3;

    /// <summary>Los Angeles, the largest council, has 15 seats.</summary>
    public const int MaxSize = 30;

    /// <summary>A large city's commissions.</summary>
    public const int MaxBodies = 50;

    public static City Initial => new City.Unregistered();
    public static int FoldVersion => 1;

    public static Decision<CityEvent> Decide(City state, CityCommand command, Circumstances given) =>
        (state, command) switch
        {
            (_, not CityCommand.Designate) when CityRights.Keep.Against(Relations.Of(given.Actor)) is { } refusal => refusal,
            (City.Registered s, CityCommand.Designate) when CityRights.Designate.Against(To(given.Actor, s.Id)) is { } refusal => refusal,

            (City.Unregistered, CityCommand.Register c) => IsName(c.Name) && IsName(c.County) ? new CityEvent.Registered(c.Name, c.County, c.Division) : CityRefusals.BadName,
            (_, CityCommand.Register) => CityRefusals.AlreadyRegistered,
            (City.Unregistered, _) => CityRefusals.NotRegistered,

            (City.Registered s, CityCommand.Rename c) =>
                !IsName(c.Name) ? CityRefusals.BadName : s.Known.Name == c.Name ? Decision<CityEvent>.Accept() : new CityEvent.Renamed(c.Name),
            (City.Registered s, CityCommand.Move c) => s.Known.Division == c.Division ? Decision<CityEvent>.Accept() : new CityEvent.Moved(c.Division),
            (City.Registered s, CityCommand.Admit c) => s.Known.IsMember ? Decision<CityEvent>.Accept() : c.From < s.Since ? CityRefusals.BadDate : new CityEvent.Admitted(c.From),
            (City.Registered s, CityCommand.Withdraw c) => !s.Known.IsMember ? Decision<CityEvent>.Accept() : c.From < s.Since ? CityRefusals.BadDate : new CityEvent.Withdrawn(c.From),
            (City.Registered s, CityCommand.SizeBody c) => SizeBody(s, c),
            (City.Registered s, CityCommand.Designate c) => Designate(s, c, given),

            _ => throw new UnreachableException($"No rule for {command.GetType().Name} in {state.GetType().Name}."),
        };

    public static City Fold(City state, Recorded<CityEvent> recorded) =>
        (state, recorded.Event) switch
        {
            (City.Unregistered, CityEvent.Registered e) => new City.Registered(new CityId(recorded.Stream.Key),
                new CityFact(e.Name, e.Division, false, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal)), null, null),
            (City.Registered s, CityEvent.Renamed e) => s with { Known = s.Known with { Name = e.Name } },
            (City.Registered s, CityEvent.Moved e) => s with { Known = s.Known with { Division = e.Division } },
            (City.Registered s, CityEvent.Admitted e) => s with { Known = s.Known with { IsMember = true }, Since = e.From },
            (City.Registered s, CityEvent.Withdrawn e) => s with { Known = s.Known with { IsMember = false }, Since = e.From },
            (City.Registered s, CityEvent.BodySized e) => s with { Known = s.Known with { Bodies = s.Known.Bodies.SetItem(e.Body, e.Size) } },
            (City.Registered s, CityEvent.Designated e) => s with { Delegation = new Delegation(e.Delegate, e.Alternates, e.CouncilActedOn) },
            _ => throw new UnreachableException($"{recorded.Event.GetType().Name} can't follow {state.GetType().Name}."),
        };

    public static Fact? Tell(City state) => state is City.Registered s ? s.Known : null;

    private static ActorKinds To(Actor actor, CityId city) => actor is Actor.Person person ? person.Standing.To(city) : Relations.Of(actor);

    private static bool IsName(string? name) => name is { Length: > 0 and <= MaxNameLength } && !name.Any(char.IsControl);

    private static Decision<CityEvent> SizeBody(City.Registered s, CityCommand.SizeBody c) =>
        c.Size is < MinSize or > MaxSize || !new LocalBody(s.Id, c.Body).IsAcceptable ? CityRefusals.BadSize
        : s.Known.Bodies.TryGetValue(c.Body, out var size) && size == c.Size ? Decision<CityEvent>.Accept()
        : s.Known.Bodies.Count >= MaxBodies && !s.Known.Bodies.ContainsKey(c.Body) ? CityRefusals.TooManyBodies
        : new CityEvent.BodySized(c.Body, c.Size);

    private static Decision<CityEvent> Designate(City.Registered s, CityCommand.Designate c, Circumstances given)
    {
        ImmutableArray<MemberId> alternates = c.Alternates.IsDefault ? [] : c.Alternates;
        return !s.Known.IsMember ? CityRefusals.NotAMember
            : alternates.Length > MaxAlternates || c.All.Distinct().Count() != c.All.Length ? CityRefusals.TooManyAlternates
            : c.All.Any(member => given.Fact<MemberFact>(member.Stream)?.Standing.Home != s.Id) ? CityRefusals.NotOfTheCity
            : c.CouncilActedOn > DateOnly.FromDateTime(given.Time.UtcDateTime) ? CityRefusals.CouncilActsFirst
            : s.Delegation is { } now && now.Delegate == c.Delegate && now.Alternates.SequenceEqual(alternates) && now.CouncilActedOn == c.CouncilActedOn ? Decision<CityEvent>.Accept()
            : new CityEvent.Designated(c.Delegate, alternates, c.CouncilActedOn, [.. (s.Delegation?.All ?? []).Except(c.All)]);
    }
}
