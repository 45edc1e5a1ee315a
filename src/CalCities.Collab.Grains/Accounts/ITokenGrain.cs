using System.Collections.Immutable;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Accounts;

/// <summary>A member's tokens, by which their programs come in. The key is the member's id. Only a token's hash is kept; what is ended is stored before the answer.</summary>
[Alias("accounts.ITokenGrain")]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Makes a token that holds until an instant, or says why not. Its secret is in this answer and nowhere else.</summary>
    [Alias("Make")]
    Task<MadeToken> Make(string name, bool mayWrite, DateTimeOffset ends);

    /// <summary>The tokens that hold, newest first.</summary>
    [Alias("Tokens")]
    Task<ImmutableArray<Token>> Tokens();

    /// <summary>Ends a token by its id; nothing if it has ended already.</summary>
    [Alias("End")]
    Task End(string id);

    /// <summary>The pass of the token that has this id and secret; null when none holds. Notes that it was used, to the hour.</summary>
    [Alias("Admit")]
    Task<string?> Admit(string id, string secret);

    /// <summary>One a program and machine; whoever needs more has forgotten some.</summary>
    public const int MaxTokens = 20;

    /// <summary>What one tells one's own tokens apart by.</summary>
    public const int MaxNameLength = 60;

    /// <summary>A year, and the day on which one notices.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);
}

/// <summary>A program's token, without what opens anything: its name, whether it may write, and when it was made, ends and was last used (to the hour; null: never).</summary>
[GenerateSerializer, Immutable, Alias("accounts.token")]
public sealed record Token(string Id, string Name, bool MayWrite, DateTimeOffset Made, DateTimeOffset Ends, DateTimeOffset? Used);

/// <summary>A token just made, as its owner gives it to the program; or what stands against it.</summary>
[GenerateSerializer, Immutable, Alias("accounts.made-token")]
public sealed record MadeToken(string? Secret, Refusal? Refusal);

/// <summary>What can stand against a token.</summary>
public static class TokenRefusals
{
    public static readonly Refusal NoName = new("NoName", $"Name the token after the program that uses it, in 1 to {ITokenGrain.MaxNameLength} characters.");
    public static readonly Refusal BadEnd = new("BadEnd", "Choose an end date after today and within a year.");
    public static readonly Refusal TooMany = new("TooMany", $"You have {ITokenGrain.MaxTokens} tokens, as many as one person may have. End one that is no longer used.");
}

/// <summary>A token as programs hold it, "cct.member.id.secret": it names the grain that keeps it, so that no table is needed to find it.</summary>
public readonly record struct TokenText(string Member, string Id, string Secret)
{
    private const string Prefix = "cct.";

    /// <summary>A member's id, a token's id and a secret are far below it.</summary>
    private const int MaxLength = 300;

    /// <summary>Reads a token; false for what can be none. A member's id may hold dots, the rest none.</summary>
    public static bool TryParse(string? text, out TokenText token)
    {
        token = default;
        if (text is not { Length: <= MaxLength } || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var secret = text.LastIndexOf('.');
        var id = secret < 1 ? -1 : text.LastIndexOf('.', secret - 1);
        if (id < Prefix.Length)
            return false;
        token = new(text[Prefix.Length..id], text[(id + 1)..secret], text[(secret + 1)..]);
        return token.Secret.Length > 0 && token.Id.Length > 0 && StreamId.TryParse($"member/{token.Member}", out _);
    }

    public override string ToString() => $"{Prefix}{Member}.{Id}.{Secret}";
}
