using System.Collections.Immutable;
using CalCities.Collab.Cities;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Conversations;

/// <summary>Who may do what with a council's part in a conversation.</summary>
public sealed class ConversationRights : IRights
{
    public static readonly Right Count = new("any", ActorKinds.Rule, ConversationRefusals.OnlyTheDoor, "conversations.enter", "conversations.stay", "conversations.leave");

    /// <summary>Of a council of which they are a member.</summary>
    public static readonly Right TakeNote = new("a warning to oneself", ActorKinds.Oneself, ConversationRefusals.NothingToNote, "conversations.take-note");

    public static readonly Right See = new("one's own city's", ActorKinds.CityClerk | ActorKinds.ApiToken, ConversationRefusals.NotTheirClerk, "see conversation");

    public static ImmutableArray<Right> Rows { get; } = [Count, TakeNote, See];

    public static bool MaySee(Standing standing, CityId city) => See.Allows(standing.To(city));
}
