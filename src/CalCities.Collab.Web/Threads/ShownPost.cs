using Microsoft.AspNetCore.Components;

namespace CalCities.Collab.Threads;

/// <summary>All that a row shows to one viewer: rows of equal ones look the same.</summary>
public sealed record ShownPost(
    PostView Post, SharedPost Shared, OpenedRow Opened, bool IsMine, bool Iagree, bool IsFirstUnread, bool MayWrite, bool MayChair, bool MayHide)
{
    /// <summary>What stands below the post while it is open there: its editor, the reason for hiding it, a refusal; null for most.</summary>
    public RenderFragment? Below { get; init; }
}

/// <summary>What a viewer has opened in a row; withdrawing is asked twice, and they are sure after the first time.</summary>
public readonly record struct OpenedRow(bool More, bool History, bool Everyone, bool Sure);
