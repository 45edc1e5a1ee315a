namespace CalCities.Collab.Voting;

/// <summary>Whom a share is a share of.</summary>
[GenerateSerializer, Alias("voting.base")]
public enum VoteBase
{
    /// <summary>Yes and No votes.</summary>
    Cast = 0,
    /// <summary>Members present for the item; the recused are not.</summary>
    Present = 1,
    /// <summary>All members, whether they came or not; a vacant seat is no member (RONR 12th ed., 44:9).</summary>
    Membership = 2,
    /// <summary>All seats, the vacant ones too: the total membership of Gov. Code 36936.</summary>
    Seats = 3,
}

/// <summary>What an abstention does.</summary>
[GenerateSerializer, Alias("voting.abstentions")]
public enum Abstentions
{
    /// <summary>It is no vote. A member who is present or on the roll is still one of those, where the share is of those.</summary>
    Ignored = 0,
    /// <summary>It is counted among the votes cast, and is not a Yes.</summary>
    AsNo = 1,
    /// <summary>It is counted as a Yes, where a local rule says so.</summary>
    AsYes = 2,
    /// <summary>One of them is a Yes where exactly one Yes is missing: Dry Creek Valley Assn. v. Board of Supervisors (1977) 67 Cal.App.3d 839, only where a local rule says so.</summary>
    ConcurIfOneShort = 3,
}

/// <summary>What a motion needs: a share of a base, to be reached or exceeded.</summary>
[GenerateSerializer, Immutable, Alias("voting.threshold")]
public sealed record Threshold(VoteBase Base, Fraction Share, bool Exceed, Abstentions Abstentions)
{
    public static Threshold Majority { get; } = new(VoteBase.Cast, Fraction.Half, Exceed: true, Abstentions.Ignored);
    public static Threshold TwoThirds { get; } = new(VoteBase.Cast, Fraction.TwoThirds, Exceed: false, Abstentions.Ignored);

    /// <summary>A share that somebody could give: more than all is none.</summary>
    public bool IsReachable => Share.IsShare && !(Exceed && Share.Numerator == Share.Denominator);

    /// <summary>How many Yes a base of this size needs: never fewer than one, for nothing is adopted by nobody.</summary>
    public int Needed(int whole) => Math.Max(1, Share.LeastOf(whole, Exceed));

    /// <summary>What is needed, to follow the word "Needed:".</summary>
    public string Words => (this with { Abstentions = Abstentions.Ignored } == Majority ? "more Yes than No of the votes cast" : $"{ShareWords} of {BaseWords}")
                           + Abstentions switch
                           {
                               Abstentions.Ignored => "",
                               Abstentions.AsNo => ", an abstention counted as a No",
                               Abstentions.AsYes => ", an abstention counted as a Yes",
                               Abstentions.ConcurIfOneShort => ", an abstention counted as a Yes if just one Yes is missing",
                               _ => throw new System.Diagnostics.UnreachableException($"No words for {Abstentions}."),
                           };

    private string ShareWords => (Share.Words, Exceed) switch
    {
        ("all", _) => "all",
        (var words, true) => $"more than {words}",
        (var words, false) => $"at least {words}",
    };

    private string BaseWords => Base switch
    {
        VoteBase.Cast => "the votes cast",
        VoteBase.Present => "the members present",
        VoteBase.Membership => "all members, present or not",
        VoteBase.Seats => "all seats, the vacant ones too",
        _ => throw new System.Diagnostics.UnreachableException($"No words for {Base}."),
    };
}
