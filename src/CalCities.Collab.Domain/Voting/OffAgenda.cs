namespace CalCities.Collab.Voting;

/// <summary>What the law asks before an item that isn't on the posted agenda is acted on (Gov. Code 54954.2(b)(2)).</summary>
public static class OffAgenda
{
    public static Threshold TwoThirdsOfPresent { get; } = new(VoteBase.Present, Fraction.TwoThirds, Exceed: false, Abstentions.Ignored);
    public static Threshold AllPresent { get; } = new(VoteBase.Present, Fraction.All, Exceed: false, Abstentions.Ignored);

    /// <summary>Two thirds of those present; all of them, where fewer than two thirds of the members are present.</summary>
    public static Threshold Threshold(int present, int membership) =>
        present < Fraction.TwoThirds.LeastOf(membership, exceed: false) ? AllPresent : TwoThirdsOfPresent;
}
