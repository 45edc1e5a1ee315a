using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace CalCities.Collab.SignIn;

/// <summary>Who a page belongs to: whoever opened it, until their session or standing ends; then nobody, and the page shows that.</summary>
internal sealed class CircuitSignIn : ServerAuthenticationStateProvider, IDisposable
{
    private readonly Presence presence;
    private IDisposable? watched;

    public CircuitSignIn(Presence presence)
    {
        this.presence = presence;
        AuthenticationStateChanged += Changed;
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= Changed;
        watched?.Dispose();
    }

    private void Changed(Task<AuthenticationState> state) => _ = Watch(state);

    private async Task Watch(Task<AuthenticationState> state)
    {
        watched?.Dispose();
        if ((await state).User is { Identity.IsAuthenticated: true } user)
            watched = presence.Watch(user.Caller(), End);
    }

    private void End() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
}
