using CalCities.Collab.Kernel;

namespace CalCities.Collab.Api;

/// <summary>Refusals of /hubs/live itself, before any slice is asked.</summary>
public static class HubRefusals
{
    public static readonly Refusal BadCommand = new("BadCommand",
        "The hub can't read this command. Check its kind, that its body has every field of that kind and no other, and that it is sent to the right topic.");
    public static readonly Refusal TooManyTopics = new("TooManyTopics",
        $"One connection follows {LiveHub.MaxTopics} topics at most. Stop following some, or open another connection.");
    public static readonly Refusal TooFast = new("TooFast",
        "This connection asks faster than the hub answers. Wait a little and go on.");
}
