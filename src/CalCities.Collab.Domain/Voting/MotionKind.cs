namespace CalCities.Collab.Voting;

/// <summary>What can be moved.</summary>
[GenerateSerializer, Alias("voting.motion-kind")]
public enum MotionKind
{
    Main = 0,
    Amend = 1,
    Substitute = 2,
    Adjourn = 3,
    Recess = 4,
    FixTimeToAdjourn = 5,
    Table = 6,
    LimitDebate = 7,
    CallTheQuestion = 8,
    ObjectToConsideration = 9,
    CloseNominations = 10,
    SuspendRules = 11,
    Reconsider = 12,
    /// <summary>Yes reverses the chair's ruling.</summary>
    Appeal = 13,
    /// <summary>The finding that an item not on the posted agenda must be acted on now (Gov. Code 54954.2(b)(2)).</summary>
    OffAgenda = 14,
    /// <summary>The finding that there is an emergency (Gov. Code 54954.2(b)(1)).</summary>
    Emergency = 15,
}

/// <summary>When a motion is in order.</summary>
[GenerateSerializer, Alias("voting.when")]
public enum MotionTime
{
    /// <summary>An item is open, and no motion is on the floor.</summary>
    NothingPending = 0,
    /// <summary>A basic motion is on the floor: it changes what is to be decided.</summary>
    OnAMotion = 1,
    /// <summary>Something is being debated: it ends or shortens that.</summary>
    InDebate = 2,
    ItemOpen = 3,
    /// <summary>An item is open, and neither moved nor debated.</summary>
    BeforeDebate = 4,
    AnyTime = 5,
    NominationsOpen = 6,
    /// <summary>A motion was decided in this meeting, and none is on the floor.</summary>
    AfterADecision = 7,
    /// <summary>The chair has just ruled.</summary>
    AfterARuling = 8,
    /// <summary>The open item isn't on the posted agenda, and no finding was made.</summary>
    OffTheAgenda = 9,
}

/// <summary>Who may make a motion, of those who may make motions at all.</summary>
[GenerateSerializer, Alias("voting.mover")]
public enum MayMove
{
    AnyMember = 0,
    /// <summary>Who voted on the side that won.</summary>
    PrevailingSide = 1,
    /// <summary>Who did not vote on the side that lost: an abstainer may too.</summary>
    NotTheLosingSide = 2,
}
