using System.Diagnostics;

namespace CalCities.Collab.Threads;

/// <summary>A stance in words, with its sign where positions have one.</summary>
internal static class StanceWords
{
    public static string Of(Stance stance) => stance switch
    {
        Stance.None => "No stance",
        Stance.For => "▲ For",
        Stance.Against => "▼ Against",
        Stance.IfAmended => "◆ If amended",
        Stance.Question => "? Question",
        _ => throw new UnreachableException($"No words for {stance}."),
    };

    /// <summary>The chip's class in hub.css.</summary>
    public static string Chip(Stance stance) => stance switch
    {
        Stance.For => "chip s",
        Stance.Against => "chip o",
        Stance.IfAmended => "chip a",
        _ => "chip",
    };
}
