using System.Collections.Immutable;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;

namespace CalCities.Collab.Kernel;

/// <summary>What a command would say something in, between meetings: the group whose rule holds there, and the subject (a bill's id, or a thread's where there is no bill) that makes all threads on it one conversation.</summary>
[GenerateSerializer, Immutable, Alias("kernel.talk")]
public sealed record Talk(GroupId Group, string Subject);

/// <summary>
/// The members of the actor's own council (or commission) who take part in the conversation at hand: what answers one of them directly is held, or
/// (Warns) held until the actor has taken note. Told to a decider by the door; absent where nobody is to be looked out for.
/// </summary>
[GenerateSerializer, Immutable, Alias("kernel.fellows")]
public sealed record Fellows(ImmutableArray<MemberId> Members, bool Warns) : Fact;
