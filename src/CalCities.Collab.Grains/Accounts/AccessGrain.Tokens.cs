using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Accounts;

/// <summary>The tokens of a member's programs.</summary>
internal sealed partial class AccessGrain : ITokenGrain
{
    /// <summary>Begins a token's pass; a session's never has a colon.</summary>
    private const string TokenPass = "token:";

    /// <summary>So many random bytes can't be guessed, so a plain hash keeps them.</summary>
    private const int SecretBytes = 32;

    public async Task<MadeToken> Make(string name, bool mayWrite, DateTimeOffset ends)
    {
        var now = clock.GetUtcNow();
        var held = tokens.State.All.RemoveAll(token => token.Token.Ends <= now);
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > ITokenGrain.MaxNameLength)
            return new(null, TokenRefusals.NoName);
        if (ends <= now || ends - now > ITokenGrain.LongestLife)
            return new(null, TokenRefusals.BadEnd);
        if (held.Count >= ITokenGrain.MaxTokens)
            return new(null, TokenRefusals.TooMany);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var token = new Token(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), name.Trim(), mayWrite, now, ends, null);
        await Keep(held.Insert(0, new KeptToken(token, [.. HashOf(secret)])));
        return new(new TokenText(this.GetPrimaryKeyString(), token.Id, secret).ToString(), null);
    }

    public Task<ImmutableArray<Token>> Tokens() =>
        Task.FromResult(tokens.State.All.Select(kept => kept.Token).Where(token => token.Ends > clock.GetUtcNow()).ToImmutableArray());

    Task ITokenGrain.End(string id) => FindToken(id) is { } kept ? Keep(tokens.State.All.Remove(kept)) : Task.CompletedTask;

    public async Task<string?> Admit(string id, string secret)
    {
        // The same work for an unknown id: how long it takes tells nobody which tokens there are.
        var kept = FindToken(id);
        if (!CryptographicOperations.FixedTimeEquals(HashOf(secret), kept is null ? new byte[SHA256.HashSizeInBytes] : kept.Hash.AsSpan()) || kept is null)
            return null;
        var now = clock.GetUtcNow();
        if (kept.Token.Ends <= now)
            return null;
        if (kept.Token.Used is not { } used || now - used >= NotedEvery)
            await Keep(tokens.State.All.Replace(kept, kept with { Token = kept.Token with { Used = now } }));
        return $"{TokenPass}{id}";
    }

    /// <summary>What a token's pass is good for now; null for a pass that is no token's.</summary>
    private PassState? StateOfToken(string pass) =>
        !pass.StartsWith(TokenPass, StringComparison.Ordinal) ? null
        : FindToken(pass[TokenPass.Length..]) is not { Token: var token } || token.Ends <= clock.GetUtcNow() ? PassState.Ended
        : token.MayWrite ? PassState.WriteToken : PassState.ReadToken;

    private KeptToken? FindToken(string id) => tokens.State.All.Find(kept => string.Equals(kept.Token.Id, id, StringComparison.Ordinal));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Task Keep(ImmutableList<KeptToken> all)
    {
        tokens.State = new AccessTokens(all);
        return Write(tokens.WriteStateAsync);
    }
}

/// <summary>Tokens, newest first.</summary>
[GenerateSerializer, Immutable, Alias("accounts.access-tokens")]
internal sealed record AccessTokens(ImmutableList<KeptToken> All)
{
    public AccessTokens() : this([]) { }
}

/// <summary>A token and its secret's SHA-256.</summary>
[GenerateSerializer, Immutable, Alias("accounts.kept-token")]
internal sealed record KeptToken(Token Token, ImmutableArray<byte> Hash);
