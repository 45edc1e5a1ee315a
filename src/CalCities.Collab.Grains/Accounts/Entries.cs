using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Meetings;

namespace CalCities.Collab.Accounts;

/// <summary>A link or code that was issued; CodeHash is null where there is none (any more).</summary>
[GenerateSerializer, Immutable, Alias("accounts.entry")]
internal sealed record Entry(EntryKind Kind, string By, string SecretHash, string? CodeHash, string Salt, DateTimeOffset Made, DateTimeOffset Ends, DateTimeOffset? Used, int WrongTries)
{
    [Id(10)]
    public MeetingId? Meeting { get; init; }
}

/// <summary>All that was issued to a member lately, the newest last: how it is used up, by the clock alone.</summary>
[GenerateSerializer, Immutable, Alias("accounts.entries")]
internal sealed record Entries(ImmutableList<Entry> Issued)
{
    /// <summary>Mails to one account in an hour, whoever asks for them; nobody needs more, and a mailbox isn't flooded.</summary>
    public const int MailsAnHour = 12;

    /// <summary>Wrong codes until all open ones end; a code is one of 25,600,000,000.</summary>
    public const int MaxWrongTries = 5;

    /// <summary>An hour's mails, invitations sent again and a clerk's codes; the oldest goes.</summary>
    public const int MaxKept = 30;

    public const int CodeLength = 8;

    /// <summary>Letters that look like no other letter or digit and make no words.</summary>
    private const string CodeLetters = "BCDFGHJKLMNPQRSTVWXZ";

    /// <summary>A code is short, so its hash is slow: some 20 ms.</summary>
    private const int CodeRounds = 100_000;

    public Entries() : this([]) { }

    /// <summary>How long each kind lets in.</summary>
    public static TimeSpan Lasts(EntryKind kind) => kind switch
    {
        EntryKind.Mail => TimeSpan.FromMinutes(30),
        EntryKind.Invitation => TimeSpan.FromDays(14),
        _ => TimeSpan.FromMinutes(10),
    };

    /// <summary>With one more; null when an hour's mails have gone out. A new clerk's code ends the one before.</summary>
    public (Entries After, IssuedEntry Issued)? Issue(EntryKind kind, string by, DateTimeOffset now, MeetingId? meeting = null)
    {
        if (kind != EntryKind.ClerkCode && Issued.Count(entry => entry.Kind != EntryKind.ClerkCode && now - entry.Made < TimeSpan.FromHours(1)) >= MailsAnHour)
            return null;
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
        var code = RandomNumberGenerator.GetString(CodeLetters, CodeLength);
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        // An invitation's link lasts long, so it has no code that could be guessed meanwhile; a handed code has no link.
        var entry = new Entry(kind, by, kind == EntryKind.ClerkCode ? "" : SecretHash(secret), kind == EntryKind.Invitation ? null : CodeHash(code, salt), salt, now, now + Lasts(kind), null, 0) { Meeting = meeting };
        var kept = kind == EntryKind.ClerkCode ? Issued.RemoveAll(other => other.Kind == EntryKind.ClerkCode) : Issued;
        kept = kept.Count >= MaxKept ? kept.RemoveRange(0, kept.Count - MaxKept + 1) : kept;
        return (new Entries(kept.Add(entry)), new IssuedEntry(secret, code, entry.Ends));
    }

    public EntryAnswer Look(string secret, DateTimeOffset now) => Find(secret) is { } entry ? Answer(entry, StateOf(entry, now)) : EntryAnswer.Unknown;

    public (Entries After, EntryAnswer Answer) Use(string secret, DateTimeOffset now) =>
        Find(secret) is not { } entry ? (this, EntryAnswer.Unknown)
        : StateOf(entry, now) is EntryState.Good ? (new Entries(Issued.Replace(entry, entry with { Used = now, CodeHash = null })), Answer(entry, EntryState.Good))
        : (this, Answer(entry, StateOf(entry, now)));

    /// <summary>One hash is made whether or not there is a code, so that the time it takes tells nothing.</summary>
    public (Entries After, EntryAnswer Answer) UseCode(string typed, DateTimeOffset now)
    {
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var open = Issued.FindAll(entry => entry.CodeHash is not null && StateOf(entry, now) is EntryState.Good);
        Entry? found = null;
        if (code.Length != CodeLength || open.Count == 0)
            CodeHash(new string('B', CodeLength), "");
        else
            found = open.Find(entry => Same(entry.CodeHash!, CodeHash(code, entry.Salt)));
        if (found is not null)
            return (new Entries(Issued.Replace(found, found with { Used = now, CodeHash = null })), Answer(found, EntryState.Good));
        var after = Issued;
        foreach (var entry in open)
            after = after.Replace(entry, entry with { WrongTries = entry.WrongTries + 1, CodeHash = entry.WrongTries + 1 >= MaxWrongTries ? null : entry.CodeHash });
        return (new Entries(after), EntryAnswer.Unknown);
    }

    private Entry? Find(string secret) => SecretHash(secret) is var hash ? Issued.Find(entry => Same(entry.SecretHash, hash)) : null;

    private static EntryState StateOf(Entry entry, DateTimeOffset now) =>
        entry.Used is not null ? EntryState.Used : now >= entry.Ends ? EntryState.Expired : EntryState.Good;

    private static EntryAnswer Answer(Entry entry, EntryState state) => new(state, entry.Kind, entry.By) { Meeting = entry.Meeting };

    private static string SecretHash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string CodeHash(string code, string salt) =>
        Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(code, Encoding.UTF8.GetBytes(salt), CodeRounds, HashAlgorithmName.SHA256, 32));

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
