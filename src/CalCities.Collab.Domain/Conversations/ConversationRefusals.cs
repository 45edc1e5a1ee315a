using CalCities.Collab.Kernel;

namespace CalCities.Collab.Conversations;

/// <summary>None says who else takes part, or where: a thread of another group stays its own.</summary>
public static class ConversationRefusals
{
    public static readonly Refusal MajorityOfCouncil = new("MajorityOfCouncil",
        "With you, a majority of your council or commission would take part in this conversation, which the open-meeting law (Gov. Code 54952.2) forbids outside a noticed meeting. "
        + "You may read on, speak and vote in your seat at a noticed meeting, or send your view to the league's staff or your city's clerk.");

    public static readonly Refusal MajorityWarning = new("MajorityWarning",
        "With you, a majority of your council or commission would take part in this conversation. The open-meeting law (Gov. Code 54952.2) forbids that outside a noticed meeting. "
        + "Ask your city attorney if you are unsure. You may read on, wait for a noticed meeting, or take note of this and go on.");

    public static readonly Refusal OnlyTheDoor = new("OnlyTheDoor", "The hub itself counts who takes part. Post in a thread to take part in its conversation.");

    public static readonly Refusal NothingToNote = new("NothingToNote", "There is no warning for you here. Send your text again.");

    public static readonly Refusal NotTheirClerk = new("NotTheirClerk", "The record of a city's officials is read by that city's clerk.");
}
