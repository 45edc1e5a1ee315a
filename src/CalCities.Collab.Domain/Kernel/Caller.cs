using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>
/// Who asks the door: a member, by a pass that the server gave them (a session's or a token's id), which it checks at every command.
/// Only the program itself acts for a member without one.
/// </summary>
[GenerateSerializer, Immutable, Alias("kernel.caller")]
public readonly record struct Caller(MemberId Member, string? Pass)
{
    /// <summary>For the program's own code that plays a member (the demonstration's fill): nothing that a person sends comes this way.</summary>
    public static Caller InProcess(MemberId member) => new(member, null);
}

/// <summary>What a pass is good for now.</summary>
[GenerateSerializer, Alias("kernel.pass-state")]
public enum PassState
{
    /// <summary>Unknown, ended or expired.</summary>
    Ended = 0,
    /// <summary>A signed-in browser.</summary>
    Session = 1,
    /// <summary>A program's token that may read.</summary>
    ReadToken = 2,
    /// <summary>A program's token that may write too.</summary>
    WriteToken = 3,
}
