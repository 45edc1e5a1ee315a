
namespace CalCities.Collab.Groups;

/// <summary>Who fills a seat: another group by its slug ("sacramento-valley"), whose presiding officer does it, or a list of the body itself ("president", "officers", "at-large", "ten-largest"), which the league's president fills.</summary>
[GenerateSerializer, Immutable, Alias("groups.appointer")]
public readonly record struct Appointer(string Value)
{
    public const int MaxLength = 60;

    /// <summary>The league's president appoints.</summary>
    public static readonly Appointer President = new("president");

    /// <summary>President, vice presidents and immediate past president.</summary>
    public static readonly Appointer Officers = new("officers");

    public static readonly Appointer AtLarge = new("at-large");

    /// <summary>The mayors of the ten largest cities, or whom they name.</summary>
    public static readonly Appointer TenLargest = new("ten-largest");

    /// <summary>The lists that are no group's.</summary>
    public bool IsList => this == President || this == Officers || this == AtLarge || this == TenLargest;

    /// <summary>The group whose presiding officer appoints.</summary>
    public GroupId Group => IsList ? new GroupId("board") : new GroupId(Value);

    public bool IsAcceptable => Value is { Length: > 0 and <= MaxLength } && StreamId.TryParse($"group/{Value}", out _);

    public override string ToString() => Value;
}
