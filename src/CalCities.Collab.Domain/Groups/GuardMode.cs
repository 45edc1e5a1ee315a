namespace CalCities.Collab.Groups;

/// <summary>What a group's threads do before a majority of one council takes part in a conversation (Gov. Code 54952.2, serial meetings).</summary>
[GenerateSerializer, Alias("groups.guard-mode")]
public enum GuardMode
{
    /// <summary>Nothing lets the act happen that makes a majority.</summary>
    Hold = 0,
    /// <summary>The member is told and may go on.</summary>
    Warn = 1,
    Off = 2,
}
