using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>
/// One bill as one extract of the Legislature shows it. What is null the extract doesn't tell (a table is absent, a row has none);
/// it says nothing about what is known. AsOf is the bill's last change in Sacramento's wall time, as the extract has it.
/// </summary>
[GenerateSerializer, Immutable, Alias("bills.observation")]
public sealed record BillObservation(
    BillNumber Number,
    DateTime AsOf,
    string? Subject,
    BillPlace Place,
    ImmutableArray<BillAuthor>? Authors,
    ImmutableArray<BillVersion>? Versions,
    ImmutableArray<BillAction>? History,
    ImmutableArray<RollCall>? RollCalls,
    ImmutableArray<Committee>? Committees)
{
    /// <summary>Longest history seen in a session is some 60 actions; ten times that is damage, not news.</summary>
    public const int MaxActions = 1_000;

    /// <summary>Both houses together have 120 members, and committees may join them.</summary>
    public const int MaxAuthors = 300;

    /// <summary>Versions count down from 99.</summary>
    public const int MaxVersions = 100;

    /// <summary>A budget bill sees some 40.</summary>
    public const int MaxRollCalls = 300;

    /// <summary>A house has 80 members at most.</summary>
    public const int MaxVotes = 120;

    /// <summary>More than any bill has: damage, not news.</summary>
    public bool IsTooMuch =>
        History is { Length: > MaxActions } || Versions is { Length: > MaxVersions } || Authors is { Length: > MaxAuthors }
        || RollCalls is { Length: > MaxRollCalls } || RollCalls?.Any(rollCall => rollCall.Votes is { Length: > MaxVotes }) == true;

    /// <summary>
    /// 64 hexadecimal digits that are equal exactly when two observations tell the same: blanks run together, page numbers that the
    /// Legislature adds to actions later and the moment of its last change don't count.
    /// </summary>
    public string Fingerprint()
    {
        var normal = this with
        {
            AsOf = default,
            History = History?.Select(action => action with { Text = action.Comparable() }).ToImmutableArray(),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(normal, Kinds.Json)));
    }
}

/// <summary>
/// Where a bill is: house ("Assembly", "Senate", "Governor", "Secretary of State"), the kind of place in it ("Committee", "Floor", "Desk", "Rules", "E&amp;E"),
/// the committee's code or the floor's file, the official status, the state of its latest print, its chapter once it has one,
/// and the first day on which a committee may hear it. Old sessions leave house and status blank.
/// </summary>
[GenerateSerializer, Immutable, Alias("bills.place")]
public sealed record BillPlace(
    string? House, string? Secondary, string? Location, string? Status, string Print, Chapter? Chapter, DateOnly? MayBeHeardFrom);

/// <summary>A bill's place in the statutes ("Chapter 623, Statutes of 2025"); a resolution's chapters are counted apart.</summary>
[GenerateSerializer, Immutable, Alias("bills.chapter")]
public sealed record Chapter(int Year, string Number, bool OfResolutions, int Session)
{
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(OfResolutions ? "Resolution chapter" : "Chapter")} {Number}, Statutes of {Year}{(Session == 0 ? "" : $", extraordinary session {Session}")}");
}

/// <summary>What an author is to a bill (BILL_VERSION_AUTHORS, contribution).</summary>
[GenerateSerializer, Alias("bills.authorship")]
public enum Authorship
{
    Author = 0,
    PrincipalCoauthor = 1,
    Coauthor = 2,
}

/// <summary>An author by the name the Legislature uses in the house; district and party where the extract tells them (never for a committee).</summary>
[GenerateSerializer, Immutable, Alias("bills.author")]
public sealed record BillAuthor(string Name, string House, Authorship As, bool IsPrimary, int? District, string? Party);

/// <summary>A print of the bill. Order counts down from 99, the first print, so the lowest is the latest; the flags are null where not told.</summary>
[GenerateSerializer, Immutable, Alias("bills.version")]
public sealed record BillVersion(
    string Id, int Order, DateOnly Date, string? Action, string? Subject, string? VoteRequired,
    bool? Appropriation, bool? Fiscal, bool? LocalProgram, bool? Urgency, bool? TaxLevy);

/// <summary>An entry of the bill's history; sequence is shared by actions taken together, and house, secondary, location and status say where it left the bill.</summary>
[GenerateSerializer, Immutable, Alias("bills.action")]
public sealed partial record BillAction(
    DateOnly Date, int? Sequence, string Text, string? Code, string? House, string? Secondary, string? Location, string? Status)
{
    /// <summary>The text as it is compared: blanks run together, and without the Journal's page, which the Legislature adds later.</summary>
    public string Comparable() => Blanks().Replace(Page().Replace(Text, ""), " ").Trim();

    /// <summary>Runs of blanks are an artefact of the Legislature's forms ("Com. on  PUB. S.").</summary>
    public static string Collapse(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s*\(Page [0-9]+\.?\)|\s+Page [0-9]+\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}

/// <summary>How a legislator voted; the Legislature counts absent and abstaining alike.</summary>
[GenerateSerializer, Alias("bills.ballot")]
public enum Ballot
{
    Aye = 0,
    No = 1,
    NotVoting = 2,
}

/// <summary>A legislator's vote in a roll call.</summary>
[GenerateSerializer, Immutable, Alias("bills.vote")]
public sealed record RollCallVote(string Name, Ballot Ballot);

/// <summary>
/// A roll call, known by location (a committee's code, "AFLOOR", "SFLOOR"), day, sequence and motion id. The tallies are the official ones;
/// the names may count differently by one or two (LEGINFO §1.2). Motion, file and votes are null where not told.
/// </summary>
[GenerateSerializer, Immutable, Alias("bills.roll-call")]
public sealed record RollCall(
    string Location, DateOnly Date, int Sequence, long MotionId, string? Motion, string? File,
    int Ayes, int Noes, int NotVoting, bool? Passed, ImmutableArray<RollCallVote>? Votes)
{
    public bool IsSameAs(RollCall other) =>
        (Location, Date, Sequence, MotionId) == (other.Location, other.Date, other.Sequence, other.MotionId);
}

/// <summary>The name behind a code that this bill's places use: "CX10" is the Assembly's "Housing and Community Development".</summary>
[GenerateSerializer, Immutable, Alias("bills.committee")]
public sealed record Committee(string Code, string House, string Name);
