using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Cities;

/// <summary>Everything that can be asked of a city's record.</summary>
[GenerateSerializer, Alias("cities.command")]
public abstract record CityCommand : ICommand
{
    private CityCommand() { }

    /// <summary>Takes a city into the hub, with its council's size; a member since nobody here knows when, or none.</summary>
    [GenerateSerializer, Immutable, Alias("cities.register")]
    public sealed record Register(string Name, string County, GroupId Division, int Council, bool IsMember) : CityCommand;

    [GenerateSerializer, Immutable, Alias("cities.admit")]
    public sealed record Admit(DateOnly On) : CityCommand;

    [GenerateSerializer, Immutable, Alias("cities.depart")]
    public sealed record Depart(DateOnly On) : CityCommand;

    [GenerateSerializer, Immutable, Alias("cities.rename")]
    public sealed record Rename(string Name) : CityCommand;

    [GenerateSerializer, Immutable, Alias("cities.move")]
    public sealed record Move(GroupId Division) : CityCommand, ICommand
    {
        ImmutableArray<StreamId> ICommand.Needs => [Division.Stream];
    }

    /// <summary>Says how many seats the council ("council") or a commission has, vacant ones too.</summary>
    [GenerateSerializer, Immutable, Alias("cities.size-body")]
    public sealed record SizeBody(string Body, int Seats) : CityCommand;

    /// <summary>Names who votes for the city in the General Assembly, and who may in their place, as its council has decided on a day; takes the place of what was named before.</summary>
    [GenerateSerializer, Immutable, Alias("cities.designate")]
    public sealed record Designate(MemberId Delegate, ImmutableArray<MemberId> Alternates, DateOnly DecidedOn) : CityCommand, ICommand
    {
        ImmutableArray<StreamId> ICommand.Needs => [Delegate.Stream, .. Alternates.IsDefault ? [] : Alternates.Select(alternate => alternate.Stream)];
    }
}
