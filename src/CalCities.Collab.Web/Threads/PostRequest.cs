namespace CalCities.Collab.Threads;

/// <summary>What a person asks for at a post.</summary>
public enum PostAct
{
    Reply = 0,
    Quote = 1,
    Agree = 2,
    Edit = 3,
    Withdraw = 4,
    Pin = 5,
    Hide = 6,
    Unhide = 7,
}

public sealed record PostRequest(PostAct Act, PostView Post);
