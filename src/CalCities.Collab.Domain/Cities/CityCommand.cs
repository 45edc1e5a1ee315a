using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>Everything that can be asked of a city.</summary>
[GenerateSerializer, Alias("cities.command")]
public abstract record CityCommand : ICommand
{
    private CityCommand() { }

    ImmutableArray<StreamId> ICommand.Needs => this switch
    {
        Designate c => [.. c.All.Select(member => member.Stream).Where(stream => StreamId.TryParse(stream.ToString(), out _)).Distinct().Take(CityDecider.MaxAlternates + 1)],
        _ => [],
    };

    [GenerateSerializer, Immutable, Alias("cities.register")]
    public sealed record Register(string Name, string County, GroupId Division) : CityCommand;

    [GenerateSerializer, Immutable, Alias("cities.rename")]
    public sealed record Rename(string Name) : CityCommand;

    /// <summary>Moves it to another regional division.</summary>
    [GenerateSerializer, Immutable, Alias("cities.move")]
    public sealed record Move(GroupId Division) : CityCommand;

    /// <summary>It is a member of the league from this day on.</summary>
    [GenerateSerializer, Immutable, Alias("cities.admit")]
    public sealed record Admit(DateOnly From) : CityCommand;

    /// <summary>It is a member no longer from this day on.</summary>
    [GenerateSerializer, Immutable, Alias("cities.withdraw")]
    public sealed record Withdraw(DateOnly From) : CityCommand;

    /// <summary>Its council ("council") or a commission has so many seats.</summary>
    [GenerateSerializer, Immutable, Alias("cities.size-body")]
    public sealed record SizeBody(string Body, int Size) : CityCommand;

    /// <summary>Its voting delegate and alternates in the General Assembly, by action of its council on a day (bylaws; DOMAIN §3).</summary>
    [GenerateSerializer, Immutable, Alias("cities.designate")]
    public sealed record Designate(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly CouncilActedOn) : CityCommand
    {
        internal ImmutableArray<MemberId> All => [Delegate, .. Alternates.IsDefault ? [] : Alternates];
    }
}
