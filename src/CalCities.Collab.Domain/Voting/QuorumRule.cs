namespace CalCities.Collab.Voting;

/// <summary>What a quorum is a share of.</summary>
[GenerateSerializer, Alias("voting.quorum-of")]
public enum QuorumOf
{
    Seats = 0,
    FilledSeats = 1,
    /// <summary>Of nothing: the rule names a number.</summary>
    Number = 2,
}

/// <summary>How many must be present for business.</summary>
[GenerateSerializer, Immutable, Alias("voting.quorum-rule")]
public sealed record QuorumRule(Fraction Share, bool Exceed, QuorumOf Of)
{
    /// <summary>More than half of the seats: what holds where a body has no rule of its own.</summary>
    public static QuorumRule MajorityOfSeats { get; } = new(Fraction.Half, Exceed: true, QuorumOf.Seats);
    public static QuorumRule MajorityOfFilledSeats { get; } = new(Fraction.Half, Exceed: true, QuorumOf.FilledSeats);

    /// <summary>For motions that fewer may adopt, such as to adjourn.</summary>
    public static QuorumRule NotAsked { get; } = Fixed(0);

    public static QuorumRule Fixed(int number) => new(new Fraction(number, 1), Exceed: false, QuorumOf.Number);

    public int Needed(int seats, int filled) => Share.LeastOf(
        Of switch
        {
            QuorumOf.Seats => seats,
            QuorumOf.FilledSeats => filled,
            QuorumOf.Number => 1,
            _ => throw new System.Diagnostics.UnreachableException($"A quorum of {Of}."),
        },
        Exceed);

    /// <summary>To follow the word "Quorum:".</summary>
    public string Words => (Of, Share.Words) switch
    {
        (QuorumOf.Number, _) => Share.Numerator == 0 ? "not asked" : $"{Share.Numerator} members",
        (var of, var share) => $"{(Exceed ? "more than" : "at least")} {share} of the {(of == QuorumOf.Seats ? "seats" : "filled seats")}",
    };
}
