using System.Collections.Immutable;

namespace CalCities.Collab.Voting;

[GenerateSerializer, Alias("voting.session")]
public enum FloorPhase
{
    NotCalled = 0,
    InSession = 1,
    InRecess = 2,
    Adjourned = 3,
}

[GenerateSerializer, Alias("voting.item-kind")]
public enum ItemKind
{
    Informational = 0,
    Action = 1,
    Consent = 2,
    PublicComment = 3,
}

[GenerateSerializer, Alias("voting.vote-on")]
public enum VoteMethod
{
    RollCall = 0,
    HandCount = 1,
    /// <summary>The chair asks whether anyone objects.</summary>
    UnanimousConsent = 2,
}

/// <summary>The item before the body. Posted: on the agenda in time. Found: the body found that it must act all the same. Debated: someone spoke on it.</summary>
[GenerateSerializer, Immutable, Alias("voting.floor-item")]
public sealed record FloorItem(ItemKind Kind, bool Posted, bool Found, bool Debated, bool CommentHeard);

/// <summary>A motion that is made and not decided. TakenUp: it was seconded, needs no second, or the chair goes on without one.</summary>
[GenerateSerializer, Immutable, Alias("voting.pending-motion")]
public sealed record PendingMotion(MotionKind Kind, bool TakenUp, bool Debated, bool DebateClosed)
{
    /// <summary>A motion of substance: those that are three at most. The others (to adjourn, an appeal) pass over them and go.</summary>
    public bool IsOfSubstance => Kind is MotionKind.Main or MotionKind.Amend or MotionKind.Substitute;
}

/// <summary>
/// What lawful moves depend on. Motions: the last made is last, and is taken first. Ruled: the chair has just ruled, and nobody has done other business
/// since. Decided: a motion of substance was decided in this meeting. BeforeVote: the floor as it was when the last vote was put, until other business
/// begins. RollCallOnly: by the body's rule, someone being remote. RuledInOrder: moves that the chair's ruling lets pass against the rules of order.
/// </summary>
[GenerateSerializer, Immutable, Alias("voting.floor")]
public sealed record Floor(
    FloorPhase Session, bool Quorum, FloorItem? Item, ImmutableArray<PendingMotion> Motions, VoteMethod? Vote,
    bool PointOfOrder, bool Ruled, bool Decided, Floor? BeforeVote, bool Nominations, bool RulesSuspended, bool RollCallOnly, ImmutableArray<Move> RuledInOrder)
{
    /// <summary>Before the call to order.</summary>
    public static Floor Before { get; } = new(FloorPhase.NotCalled, Quorum: false, null, [], null, false, false, false, null, false, false, false, []);

    /// <summary>The motion that is taken next.</summary>
    public PendingMotion? Top => Motions is [.., var top] ? top : null;
}

/// <summary>How someone voted on what was decided last.</summary>
[GenerateSerializer, Alias("voting.side")]
public enum VotedSide
{
    DidNotVote = 0,
    Prevailing = 1,
    Losing = 2,
}

/// <summary>Who would move. Votes: is present and has a vote here. Made: made the motion that is taken next.</summary>
[GenerateSerializer, Immutable, Alias("voting.mover-of")]
public sealed record Mover(bool Chairs, bool Votes, bool Recused, bool Made, VotedSide LastVote);

[GenerateSerializer, Alias("voting.act")]
public enum Act
{
    /// <summary>Make the motion that the move names.</summary>
    Motion = 0,
    CallToOrder = 1,
    CallItem = 2,
    FinishItem = 3,
    Second = 4,
    GoOnWithoutSecond = 5,
    DeclareNoSecond = 6,
    Withdraw = 7,
    OfferFriendlyAmendment = 8,
    OpenRollCall = 9,
    OpenHandCount = 10,
    AskConsent = 11,
    ObjectToConsent = 12,
    Vote = 13,
    CloseVote = 14,
    VoidVote = 15,
    RaisePointOfOrder = 16,
    RuleOnPoint = 17,
    /// <summary>Call the absent, or wait for them.</summary>
    ObtainQuorum = 18,
    Recess = 19,
    Resume = 20,
    Adjourn = 21,
}

/// <summary>Something that can be done on the floor; Motion names which, where the act is to make one.</summary>
[GenerateSerializer, Immutable, Alias("voting.move")]
public sealed record Move(Act Act, MotionKind? Motion)
{
    public static ImmutableArray<Move> All { get; } =
        [.. Enum.GetValues<Act>().Where(act => act is not Act.Motion).Select(Of), .. Enum.GetValues<MotionKind>().Select(Make)];

    public static Move Of(Act act) => new(act, null);

    public static Move Make(MotionKind kind) => new(Act.Motion, kind);
}
