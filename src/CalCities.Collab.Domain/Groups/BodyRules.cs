using CalCities.Collab.Voting;

namespace CalCities.Collab.Groups;

/// <summary>Who may see how an open roll call stands.</summary>
[GenerateSerializer, Alias("groups.tally-policy")]
public enum TallyPolicy
{
    Live = 0,
    /// <summary>Whoever has voted.</summary>
    AfterOwnVote = 1,
    /// <summary>Nobody before it is closed.</summary>
    AfterClose = 2,
}

/// <summary>
/// How a body meets and votes, as data (DOMAIN §3). Main: what a main motion needs; other motions need what the rules of order say. ChairBreaksTies: the one who
/// presides votes only then. RemoteMakesRollCall: with a remote member present every action is a roll call (Gov. Code 54953(b)). ObjectionSeconds: how long
/// unanimous consent waits. Notice hours are counted back from the start.
/// </summary>
[GenerateSerializer, Immutable, Alias("groups.body-rules")]
public sealed record BodyRules(
    RulesOfOrder Order, QuorumRule Quorum, Threshold Main, TieRule Tie, bool NotVotingIsPresent, bool UnreachableIsPresent, bool ChairBreaksTies,
    bool RemoteMakesRollCall, int ObjectionSeconds, TallyPolicy Tally, int NoticeHours, int SpecialNoticeHours)
{
    public const int MaxObjectionSeconds = 600;
    public const int MaxNoticeHours = 24 * 60;

    /// <summary>The league's own rules: Rosenberg's, a majority of the seats present, more Yes than No, notice as the Brown Act has it.</summary>
    public static BodyRules OfTheLeague { get; } = new(
        RulesOfOrder.Rosenberg, QuorumRule.MajorityOfSeats, Threshold.Majority, TieRule.Fails, NotVotingIsPresent: true, UnreachableIsPresent: false, ChairBreaksTies: false,
        RemoteMakesRollCall: true, ObjectionSeconds: 5, TallyPolicy.Live, NoticeHours: 72, SpecialNoticeHours: 24);

    /// <summary>False for what nobody could meet by.</summary>
    public bool IsAcceptable =>
        Quorum is { Share: { Denominator: > 0, Numerator: >= 0 } } && (Quorum.Of == QuorumOf.Number ? Quorum.Share.Denominator == 1 : Quorum.Share.IsShare && !(Quorum.Exceed && Quorum.Share == Fraction.All))
        && Main is { IsReachable: true }
        && ObjectionSeconds is >= 0 and <= MaxObjectionSeconds && NoticeHours is >= 0 and <= MaxNoticeHours && SpecialNoticeHours is >= 0 and <= MaxNoticeHours
        && Enum.IsDefined(Order) && Enum.IsDefined(Tie) && Enum.IsDefined(Tally) && Enum.IsDefined(Quorum.Of) && Enum.IsDefined(Main.Base) && Enum.IsDefined(Main.Abstentions);
}
