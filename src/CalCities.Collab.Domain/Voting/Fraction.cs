using System.Globalization;

namespace CalCities.Collab.Voting;

/// <summary>An exact share: no rounding, no floating point.</summary>
[GenerateSerializer, Immutable, Alias("voting.fraction")]
public sealed record Fraction(int Numerator, int Denominator)
{
    public static Fraction Half { get; } = new(1, 2);
    public static Fraction TwoThirds { get; } = new(2, 3);
    public static Fraction All { get; } = new(1, 1);

    /// <summary>More than nothing, at most all.</summary>
    public bool IsShare => Numerator > 0 && Denominator >= Numerator;

    /// <summary>In words where there are any: "two thirds", "7/12".</summary>
    public string Words => (Numerator / Divisor, Denominator / Divisor) switch
    {
        (1, 1) => "all",
        (1, 2) => "half",
        (1, 3) => "a third",
        (2, 3) => "two thirds",
        (1, 4) => "a quarter",
        (3, 4) => "three quarters",
        (3, 5) => "three fifths",
        (4, 5) => "four fifths",
        _ => ToString(),
    };

    /// <summary>The least whole number that reaches this share of a whole, or exceeds it.</summary>
    public int LeastOf(int whole, bool exceed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        var product = (long)Numerator * whole;
        return exceed
            ? (int)(product / Denominator) + 1
            : (int)((product + Denominator - 1) / Denominator);
    }

    private int Divisor => Math.Max(1, (int)System.Numerics.BigInteger.GreatestCommonDivisor(Numerator, Denominator));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
