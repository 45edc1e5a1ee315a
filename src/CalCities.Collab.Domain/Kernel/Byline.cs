using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>The office, city, seat in the group at hand and duty in which a person acted then: who becomes mayor later has not written as one.</summary>
[GenerateSerializer, Immutable, Alias("threads.byline")]
public sealed record Byline(string Office, string? City, Role? Role, Duty Duty)
{
    /// <summary>What the person was called then; null where only the office was known, and left away in the log.</summary>
    [Id(4), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    public static Byline Of(Standing standing, GroupId group) => new(standing.Office, standing.City, standing.RoleIn(group), standing.Duty) { Name = standing.Name };

    /// <summary>"Mayor, Davis", as <see cref="Standing.DisplayName"/>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string DisplayName => string.Join(", ", new[] { Name, Office, City }.OfType<string>());
}
