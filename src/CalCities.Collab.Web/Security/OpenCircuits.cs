using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CalCities.Collab.Security;

/// <summary>How many circuits each member has open on this host.</summary>
internal sealed class OpenCircuits
{
    /// <summary>An official with every bill of an agenda in a tab of its own stays below; a script that opens circuits does not.</summary>
    public const int MaxPerMember = 60;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>Counts one more; false, and nothing counted, when the member has as many as allowed.</summary>
    public bool TryOpen(string member)
    {
        if (open.AddOrUpdate(member, 1, (_, count) => count + 1) <= MaxPerMember)
            return true;
        Close(member);
        return false;
    }

    /// <summary>Counts one less; a member without circuits is forgotten.</summary>
    public void Close(string member)
    {
        var left = open.AddOrUpdate(member, 0, (_, count) => count - 1);
        if (left <= 0)
            open.TryRemove(KeyValuePair.Create(member, left));
    }

    public int Of(string member) => open.GetValueOrDefault(member);

    public bool IsEmpty => open.IsEmpty;
}

/// <summary>Refuses a member's circuit beyond the cap: the page says that it has stopped and to close other tabs.</summary>
internal sealed class CircuitCap(OpenCircuits open, AuthenticationStateProvider signedIn) : CircuitHandler
{
    private string? counted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var member = (await signedIn.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        if (!open.TryOpen(member))
            throw new InvalidOperationException($"Member '{member}' has {OpenCircuits.MaxPerMember} circuits open.");
        counted = member;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref counted, null) is { } member)
            open.Close(member);
        return Task.CompletedTask;
    }
}
