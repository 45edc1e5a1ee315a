namespace CalCities.Collab.SignIn;

/// <summary>What may be an e-mail address: only a mail that arrives proves that it is one.</summary>
internal static class EmailAddress
{
    /// <summary>RFC 5321, section 4.5.3.1.3.</summary>
    public const int MaxLength = 254;

    /// <summary>The address without room around it, or null.</summary>
    public static string? Read(string? typed)
    {
        var email = typed?.Trim() ?? "";
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == email.LastIndexOf('@') && email.Length <= MaxLength && email.IndexOf('.', at) > at + 1 && email[^1] != '.'
            && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\' or '[' or ']')
            ? email : null;
    }
}
