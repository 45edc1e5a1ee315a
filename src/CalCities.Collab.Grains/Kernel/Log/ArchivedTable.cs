using System.Collections.Immutable;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// A table as an archive holds it, in the same form from either database: PostgreSQL's text format of COPY, a line a row.
/// Rows is the condition that they meet, InState says that SQLite keeps the table in its state file.
/// </summary>
internal sealed record ArchivedTable(string Name, ImmutableArray<string> Columns, ImmutableArray<string> Blobs, string Order, string Rows = "true", bool InState = false)
{
    /// <summary>
    /// All that can't be made again. Left out are the indexes and their checkpoints (the hub rebuilds them from the log), the head (the
    /// last event's position), the hosts of a cluster, and what the migrations write. A policy's checkpoint stays: it must neither run
    /// again over what is done nor skip what isn't.
    /// </summary>
    public static ImmutableArray<ArchivedTable> All { get; } =
    [
        Events,
        new("texts", ["hash", "body"], ["body"], "hash"),
        new("audit", ["id", "at", "actor", "action", "detail"], [], "id"),
        new("checkpoints", ["name", "version", "position"], [], "name", Rows: "name like 'policy:%'"),
        new("refused_policy_commands", ["command", "policy", "stream", "code", "sentence", "at"], [], "command"),
        new("data_protection_keys", ["name", "xml"], [], "name"),
        new("grain_states", ["hash", "n0", "n1", "type_hash", "type", "extension", "service", "payload", "version"], ["payload"], "hash, type_hash, n0, n1", InState: true),
        new("accounts", ["id", "email", "normalized_email", "concurrency_stamp", "invited", "signed_in"], [], "id", InState: true),
        new("account_logins", ["login_provider", "provider_key", "provider_display_name", "user_id"], [], "login_provider, provider_key", InState: true),
        new("account_passkeys", ["credential_id", "user_id", "data"], ["credential_id"], "credential_id", InState: true),
        new("outbox", ["id", "member", "kind", "recipient", "subject", "body", "made", "until", "due", "tries", "sent", "why"], [], "id", InState: true),
    ];

    public static ArchivedTable Events => new(
        "events", ["position", "stream", "version", "kind", "body", "command", "part", "fingerprint", "actor", "time"], ["fingerprint"], "position");

    /// <summary>Its name in the archive.</summary>
    public string Part => $"{Name}.tsv";

    public string ColumnList => string.Join(", ", Columns);

    public string Select => $"select {ColumnList} from {Name} where {Rows} order by {Order}";
}
