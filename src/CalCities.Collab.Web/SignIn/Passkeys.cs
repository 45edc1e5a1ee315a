using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CalCities.Collab.Accounts;
using CalCities.Collab.Members;
using Microsoft.AspNetCore.Identity;

namespace CalCities.Collab.SignIn;

/// <summary>Passkeys: what a device must answer is kept on the server and taken once, the answer is checked by ASP.NET Core Identity's own handler.</summary>
internal sealed class Passkeys(IPasskeyHandler<Account> handler, UserManager<Account> users, IGrainFactory grains)
{
    /// <summary>Phones, computers and keys of one person.</summary>
    public const int MaxPerMember = 20;

    public const int MaxNameLength = 60;

    /// <summary>A key's answer is some 2 KB.</summary>
    private const int MaxCredentialLength = 32 * 1024;

    /// <summary>What a device must answer to sign someone in, as the page's script takes it.</summary>
    public async Task<string> AskToSignIn(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return await Keep("", asked.AssertionState, asked.RequestOptionsJson);
    }

    /// <summary>Who has answered; null when the answer is wrong, late, given before, or of a passkey that isn't there (any more).</summary>
    public async Task<MemberId?> SignIn(HttpContext http, string? challenge, string? credential)
    {
        if (await Take(challenge, credential, "") is not { } state)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential!, AssertionState = state });
        if (!result.Succeeded || !result.Passkey.IsUserVerified)
            return null;
        // The key's counter, by which a copied key shows.
        return (await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded ? new MemberId(result.User.Id) : null;
    }

    /// <summary>What a device must answer to become a passkey of this member's.</summary>
    public async Task<string> AskToAdd(HttpContext http, MemberId member, string displayName)
    {
        var account = await users.FindByIdAsync(member.Value);
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = member.Value, Name = account?.Email ?? displayName, DisplayName = displayName }, http);
        return await Keep(member.Value, asked.AttestationState, asked.CreationOptionsJson);
    }

    /// <summary>Adds a passkey under a name; false when the answer is wrong, late or given before, or the member has as many as may be.</summary>
    public async Task<bool> Add(HttpContext http, MemberId member, string? challenge, string? credential, string name)
    {
        if (await Take(challenge, credential, member.Value) is not { } state)
            return false;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential!, AttestationState = state });
        if (!result.Succeeded || !result.Passkey.IsUserVerified || result.UserEntity.Id != member.Value)
            return false;
        var account = await users.FindByIdAsync(member.Value);
        // Who came in without an address of their own (a persona) has an account from now on.
        if (account is null && !(await users.CreateAsync(account = new Account { Id = member.Value })).Succeeded)
            return false;
        if ((await users.GetPasskeysAsync(account)).Count >= MaxPerMember)
            return false;
        result.Passkey.Name = name.Trim() is { Length: > 0 } given ? given.Length <= MaxNameLength ? given : given[..MaxNameLength] : Device.Of(http.Request);
        return (await users.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded;
    }

    public async Task<IReadOnlyList<UserPasskeyInfo>> Of(MemberId member) =>
        await users.FindByIdAsync(member.Value) is { } account ? [.. (await users.GetPasskeysAsync(account)).OrderBy(passkey => passkey.CreatedAt)] : [];

    /// <summary>Removes one of the member's own; false when it isn't theirs.</summary>
    public async Task<bool> Remove(MemberId member, string? id) =>
        Base64Url.IsValid(id) && await users.FindByIdAsync(member.Value) is { } account && await users.GetPasskeyAsync(account, Base64Url.DecodeFromChars(id)) is { } passkey
        && (await users.RemovePasskeyAsync(account, passkey.CredentialId)).Succeeded;

    private async Task<string> Keep(string member, string? state, string options)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await grains.GetGrain<IChallengeGrain>(id).Keep(member, state ?? "");
        return $$"""{"challenge":{{JsonSerializer.Serialize(id)}},"options":{{options}}}""";
    }

    private async Task<string?> Take(string? challenge, string? credential, string member) =>
        challenge is { Length: 32 } && challenge.All(char.IsAsciiHexDigitLower) && credential is { Length: > 0 and <= MaxCredentialLength }
            ? await grains.GetGrain<IChallengeGrain>(challenge).Take(member) : null;
}

internal static class PasskeysHosting
{
    /// <summary>Adds them; SignIn:Domain is the name that they are bound to (without it the name that the browser asked for, which is among AllowedHosts).</summary>
    public static void AddPasskeys(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = builder.Configuration["SignIn:Domain"] is { Length: > 0 } domain ? domain : null;
            passkeys.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            // The very origin that the page was asked for at, and no page within another's.
            passkeys.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && string.Equals(origin.Origin, Origin(origin.HttpContext.Request), StringComparison.OrdinalIgnoreCase));
        });
        builder.Services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        builder.Services.AddScoped<Passkeys>();
    }

    /// <summary>Where this request was sent to, as browsers spell it: "https://hub.example".</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
