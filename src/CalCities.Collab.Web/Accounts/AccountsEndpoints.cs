using CalCities.Collab.Kernel;
using CalCities.Collab.Kernel.Log;
using CalCities.Collab.Members;
using CalCities.Collab.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace CalCities.Collab.Accounts;

/// <summary>The forms of the account pages: one's own, those of who runs accounts, and the first admin's.</summary>
public static class AccountsEndpoints
{
    /// <summary>Accounts of one's own, beside the demonstration's personas. Needs AddCluster and AddSignIn.</summary>
    public static void AddAccountPages(this WebApplicationBuilder builder)
    {
        builder.AddAccounts();
        builder.AddPasskeys();
        builder.AddSignOn();
        builder.Services.AddSingleton<SignInLimits>();
        builder.Services.AddSingleton<Invitations>();
        builder.Services.AddSingleton<LinkRequests>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LinkRequests>());
        builder.Services.AddHostedService<FirstAdmin>();
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapWaysIn();
        app.MapSignOn();
        MapMe(app);
        MapAdmin(app);

        app.MapPost("/first", async (HttpContext http, IGrainFactory grains, AccountDirectory accounts, Invitations invitations, Entrance entrance,
            [FromForm] string? secret, [FromForm] string? email, [FromForm] string? name, [FromForm] string? office) =>
        {
            var first = grains.GetGrain<IFirstAdminGrain>(IFirstAdminGrain.Key);
            var back = $"/first/{Uri.EscapeDataString(secret ?? "")}";
            if (EmailAddress.Read(email) is not { } address)
                return Results.LocalRedirect($"{back}?problem={AccountRefusals.NoAddress.Code}");
            if (await accounts.HasAdmin() || !await first.Take(secret ?? ""))
                return Results.LocalRedirect(back);
            var (member, refusal) = await invitations.Join(new Actor.Program("first-admin"), address, Given(name), (office ?? "").Trim(), null, Duty.Admin);
            if (refusal is null && await entrance.Admit(http, member, "first start"))
                return Results.LocalRedirect("/me?done=welcome");
            await first.GiveBack();
            return Results.LocalRedirect($"{back}?problem={(refusal?.Code is "OfficeMissing" ? AccountRefusals.NoOffice : refusal ?? AccountRefusals.NotDone).Code}");
        });
    }

    private static void MapMe(WebApplication app)
    {
        app.MapPost("/me/passkeys/options", async (HttpContext http, Passkeys passkeys, [FromForm] string? name) =>
            Results.Text(await passkeys.AskToAdd(http, http.User.Caller().Member, http.User.Identity!.Name ?? ""), "application/json"));

        app.MapPost("/me/passkeys", async (HttpContext http, Passkeys passkeys, IAudit audit, [FromForm] string? challenge, [FromForm] string? credential, [FromForm] string? name) =>
        {
            var member = http.User.Caller().Member;
            if (!await passkeys.Add(http, member, challenge, credential, name ?? ""))
                return Results.LocalRedirect($"/me?problem={SignInRefusals.PasskeyNotKept.Code}");
            await audit.Note(member.Value, "passkey added", Device.Of(http.Request));
            return Results.LocalRedirect("/me?done=passkey-added");
        });

        app.MapPost("/me/passkeys/remove", async (HttpContext http, Passkeys passkeys, IAudit audit, [FromForm] string? id) =>
        {
            var member = http.User.Caller().Member;
            if (await passkeys.Remove(member, id))
                await audit.Note(member.Value, "passkey removed", "");
            return Results.LocalRedirect("/me?done=passkey-removed");
        });

        app.MapPost("/me/sessions/end", async (HttpContext http, IGrainFactory grains, IAudit audit, [FromForm] string? session) =>
        {
            var caller = http.User.Caller();
            var access = grains.GetGrain<IAccessGrain>(caller.Member.Value);
            if ((await access.Sessions()).FirstOrDefault(one => one.Handle == session) is { } found)
            {
                await access.End(found.Pass);
                await audit.Note(caller.Member.Value, "session ended", found.Device);
            }

            return Results.LocalRedirect("/me?done=ended");
        });

        app.MapPost("/me/sessions/end-others", async (HttpContext http, IGrainFactory grains, IAudit audit, [FromForm] string? all) =>
        {
            var caller = http.User.Caller();
            await grains.GetGrain<IAccessGrain>(caller.Member.Value).EndOthers(caller.Pass);
            await audit.Note(caller.Member.Value, "session ended", "all others");
            return Results.LocalRedirect("/me?done=ended");
        });

        app.MapPost("/me/signout-everywhere", async (HttpContext http, IGrainFactory grains, IAudit audit, [FromForm] string? all) =>
        {
            var caller = http.User.Caller();
            await grains.GetGrain<IAccessGrain>(caller.Member.Value).EndOthers(null);
            await audit.Note(caller.Member.Value, "signed out", "everywhere");
            await http.SignOutAsync();
            return Results.LocalRedirect("/signin");
        });
    }

    /// <summary>Invitations that one press sends: a roster's several hundred within seconds; pressed again, the next.</summary>
    internal const int MaxInvitedAtOnce = 500;

    private static void MapAdmin(WebApplication app)
    {
        app.MapPost("/admin/accounts/invite", async (HttpContext http, IGrainFactory grains, Invitations invitations, IAudit audit,
            [FromForm] string? email, [FromForm] string? name, [FromForm] string? office, [FromForm] string? city, [FromForm] Duty? duty) =>
        {
            var by = http.User.Caller().Member;
            if (EmailAddress.Read(email) is not { } address)
                return Back(AccountRefusals.NoAddress);
            if (duty is Duty.Admin && await Presence.StandingOf(grains, by) is not { Duty: Duty.Admin })
                return Back(AccountRefusals.AdminsByAdmins);
            var (member, refusal) = await invitations.Join(new Actor.Program("invitation"), address, Given(name), (office ?? "").Trim(), Given(city), duty ?? Duty.None);
            if (refusal is null)
                await audit.Note(by.Value, "account made", member.Value);
            refusal ??= await invitations.Send(by, member, PasskeysHosting.Origin(http.Request));
            return refusal is null ? Done("invited", member.Value) : Back(refusal.Code is "OfficeMissing" ? AccountRefusals.NoOffice : refusal);
        });

        app.MapPost("/admin/accounts/again", async (HttpContext http, Invitations invitations, [FromForm] string? member) =>
            await invitations.Send(http.User.Caller().Member, new MemberId(member ?? ""), PasskeysHosting.Origin(http.Request)) is { } refusal ? Back(refusal) : Done("invited", member!));

        app.MapPost("/admin/accounts/invite-waiting", async (HttpContext http, IFormCollection _, Invitations invitations, AccountDirectory accounts, IGrainFactory grains) =>
        {
            foreach (var member in await accounts.NotInvited(MaxInvitedAtOnce))
            {
                // A suspended person waits: their turn comes when they are reinstated and invited again.
                if (await Presence.StandingOf(grains, member) is not null && await invitations.Send(http.User.Caller().Member, member, PasskeysHosting.Origin(http.Request)) is { } refusal)
                    return Back(refusal);
            }

            return Results.LocalRedirect("/admin/accounts#waiting");
        });

        app.MapPost("/admin/accounts/end-sessions", async (HttpContext http, IGrainFactory grains, IAudit audit, [FromForm] string? member) =>
        {
            if (!StreamId.TryParse(new MemberId(member ?? "").Stream.ToString(), out _))
                return Back(AccountRefusals.NobodyThere);
            await grains.GetGrain<IAccessGrain>(member!).EndOthers(null);
            await audit.Note(http.User.Caller().Member.Value, "session ended", $"all of {member}");
            return Done("ended", member!);
        });

        app.MapPost("/admin/accounts/suspend", async (HttpContext http, IDoor door, IGrainFactory grains, IAudit audit, [FromForm] string? member, [FromForm] string? reason) =>
        {
            var whom = new MemberId(member ?? "");
            if (!StreamId.TryParse(whom.Stream.ToString(), out _))
                return Back(AccountRefusals.NobodyThere);
            var outcome = await door.Execute(http.User.Caller(), whom, new CommandId(Guid.NewGuid().ToString("N")), new MemberCommand.Suspend((reason ?? "").Trim()));
            if (outcome is not Outcome.Recorded)
                return Back(outcome, member!);
            // Their standing is gone at once; their sessions go too, so that nothing comes back with it by itself.
            await grains.GetGrain<IAccessGrain>(whom.Value).EndOthers(null);
            await audit.Note(http.User.Caller().Member.Value, "suspended", whom.Value);
            return Done("suspended", member!);
        });

        app.MapPost("/admin/accounts/reinstate", async (HttpContext http, IDoor door, IAudit audit, [FromForm] string? member) =>
        {
            var whom = new MemberId(member ?? "");
            if (!StreamId.TryParse(whom.Stream.ToString(), out _))
                return Back(AccountRefusals.NobodyThere);
            var outcome = await door.Execute(http.User.Caller(), whom, new CommandId(Guid.NewGuid().ToString("N")), new MemberCommand.Reinstate());
            if (outcome is not Outcome.Recorded)
                return Back(outcome, member!);
            await audit.Note(http.User.Caller().Member.Value, "reinstated", whom.Value);
            return Done("reinstated", member!);
        });
    }

    private static string? Given(string? words) => words?.Trim() is { Length: > 0 } given ? given : null;

    /// <summary>What the door said: a slice's own refusal goes to the page by its code.</summary>
    private static IResult Back(Outcome outcome, string member) =>
        Results.LocalRedirect($"/admin/accounts?problem={(outcome is Outcome.Refused refused ? refused.Refusal.Code : AccountRefusals.NotDone.Code)}&member={Uri.EscapeDataString(member)}");

    private static IResult Back(Refusal refusal) => Results.LocalRedirect($"/admin/accounts?problem={refusal.Code}");

    private static IResult Done(string what, string member) => Results.LocalRedirect($"/admin/accounts?done={what}&member={Uri.EscapeDataString(member)}");
}
