using System.Text.RegularExpressions;

namespace CalCities.Collab.Threads;

/// <summary>A post's id within its thread, made on the page where it is written: 1 to 40 letters, digits and hyphens. It stands in permalinks.</summary>
[GenerateSerializer, Immutable, Alias("threads.post-id")]
public readonly partial record struct PostId(string Value)
{
    /// <summary>False for what no page of ours would make; such an id could not stand in an address.</summary>
    public bool IsAcceptable => Value is not null && Pattern().IsMatch(Value);

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
