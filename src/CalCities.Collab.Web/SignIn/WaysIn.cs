using CalCities.Collab.Accounts;
using CalCities.Collab.Kernel.Log;
using Microsoft.AspNetCore.Mvc;

namespace CalCities.Collab.SignIn;

/// <summary>Signing in by a mail's link, by a code, by a passkey, and by an invitation: each form of the sign-in pages.</summary>
internal static class WaysIn
{
    public static void MapWaysIn(this WebApplication app)
    {
        app.MapPost("/signin/mail", (HttpContext http, SignInLimits limits, LinkRequests links, [FromForm] string? email, [FromForm] string? returnUrl) =>
        {
            if (EmailAddress.Read(email) is not { } address)
                return Back(SignInRefusals.NoAddress, returnUrl);
            if (!limits.TryTake(address, http.Connection.RemoteIpAddress))
                return Back(SignInRefusals.TooMany, returnUrl);
            links.Ask(address, PasskeysHosting.Origin(http.Request), SignInEndpoints.Local(returnUrl));
            return Results.LocalRedirect("/signin/sent");
        });

        app.MapPost("/signin/code", async (HttpContext http, SignInLimits limits, IAccountBook book, IGrainFactory grains, IAudit audit, Entrance entrance, TimeProvider clock,
            [FromForm] string? email, [FromForm] string? code, [FromForm] string? returnUrl) =>
        {
            if (EmailAddress.Read(email) is not { } address)
                return Back(SignInRefusals.NoAddress, returnUrl, "/signin/code");
            if (!limits.TryTake(address, http.Connection.RemoteIpAddress))
            {
                await audit.Note("", "sign-in refused", $"too many codes for {LinkRequests.Masked(address)}");
                return Back(SignInRefusals.TooMany, returnUrl, "/signin/code");
            }

            var known = (await book.MembersOf([address])).TryGetValue(address, out var member);
            var answer = await grains.GetGrain<IEntryGrain>((known ? member : EntryToken.Nobody(address)).Value).UseCode(code is { Length: <= 40 } ? code : "");
            if (answer.State is not EntryState.Good)
            {
                await audit.Note(known ? member.Value : "", "sign-in refused", known ? "wrong code" : $"code for {LinkRequests.Masked(address)}, who has no account");
                return Back(SignInRefusals.WrongCode, returnUrl, "/signin/code");
            }

            var byClerk = answer.Kind is EntryKind.ClerkCode;
            return await entrance.Admit(http, member, byClerk ? "code from the clerk" : "code from a mail", byClerk && answer.Meeting is null ? clock.GetUtcNow() + Entrance.ClerkCodeLasts : null, answer.Meeting)
                ? Results.LocalRedirect(SignInEndpoints.Local(returnUrl)) : Back(SignInRefusals.NoStanding, returnUrl);
        });

        app.MapPost("/signin/link", async (HttpContext http, SignInLimits limits, IGrainFactory grains, Entrance entrance, [FromForm] string? token, [FromForm] string? returnUrl) =>
            await UseLink(http, limits, grains, entrance, token, "link") is { } refusal ? Back(refusal, returnUrl) : Results.LocalRedirect(SignInEndpoints.Local(returnUrl)));

        app.MapPost("/invitation", async (HttpContext http, SignInLimits limits, IGrainFactory grains, Entrance entrance, [FromForm] string? token) =>
            await UseLink(http, limits, grains, entrance, token, "invitation") is { } refusal ? Back(refusal, null) : Results.LocalRedirect("/me?done=welcome"));

        app.MapPost("/signin/passkey/options", async (HttpContext http, SignInLimits limits, Passkeys passkeys, [FromForm] string? returnUrl) =>
            limits.TryTake(http.Connection.RemoteIpAddress)
                ? Results.Text(await passkeys.AskToSignIn(http), "application/json")
                : Results.Text(SignInRefusals.TooMany.Sentence, statusCode: StatusCodes.Status429TooManyRequests));

        app.MapPost("/signin/passkey", async (HttpContext http, SignInLimits limits, Passkeys passkeys, IAudit audit, Entrance entrance,
            [FromForm] string? challenge, [FromForm] string? credential, [FromForm] string? returnUrl) =>
        {
            if (!limits.TryTake(http.Connection.RemoteIpAddress))
                return Back(SignInRefusals.TooMany, returnUrl);
            if (await passkeys.SignIn(http, challenge, credential) is not { } member)
            {
                await audit.Note("", "sign-in refused", "a passkey that isn't known, or its answer was wrong or late");
                return Back(SignInRefusals.PasskeyFailed, returnUrl);
            }

            return await entrance.Admit(http, member, "passkey") ? Results.LocalRedirect(SignInEndpoints.Local(returnUrl)) : Back(SignInRefusals.NoStanding, returnUrl);
        });
    }

    /// <summary>What stands against a link that is no good (any more), with what works next.</summary>
    public static Kernel.Refusal? Against(EntryAnswer answer) => (answer.State, answer.Kind) switch
    {
        (EntryState.Good, _) => null,
        (EntryState.Used, EntryKind.Invitation) => SignInRefusals.InvitationUsed,
        (EntryState.Used, _) => SignInRefusals.LinkUsed,
        (EntryState.Expired, EntryKind.Invitation) => SignInRefusals.InvitationExpired,
        (EntryState.Expired, _) => SignInRefusals.LinkExpired,
        _ => SignInRefusals.LinkUnknown,
    };

    private static async Task<Kernel.Refusal?> UseLink(HttpContext http, SignInLimits limits, IGrainFactory grains, Entrance entrance, string? token, string by)
    {
        if (!EntryToken.TryRead(token, out var member, out var secret))
            return SignInRefusals.LinkUnknown;
        if (!limits.TryTake(member.Value, http.Connection.RemoteIpAddress))
            return SignInRefusals.TooMany;
        return Against(await grains.GetGrain<IEntryGrain>(member.Value).Use(secret)) ?? (await entrance.Admit(http, member, by) ? null : SignInRefusals.NoStanding);
    }

    private static IResult Back(Kernel.Refusal refusal, string? returnUrl, string page = "/signin") =>
        Results.LocalRedirect($"{page}?problem={refusal.Code}{(SignInEndpoints.Local(returnUrl) is not "/" and var local ? $"&returnUrl={Uri.EscapeDataString(local)}" : "")}");
}
