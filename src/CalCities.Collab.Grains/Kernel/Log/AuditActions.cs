namespace CalCities.Collab.Kernel.Log;

/// <summary>Actions in the audit that pages look for.</summary>
public static class AuditActions
{
    /// <summary>A backup was written whole.</summary>
    public const string BackedUp = "backup";

    /// <summary>An extract of the Legislature was brought in.</summary>
    public const string Imported = "import";

    /// <summary>Someone signed in asked for what they have no right to.</summary>
    public const string Denied = "denied";

    /// <summary>Someone downloaded a record.</summary>
    public const string Exported = "record-exported";

    /// <summary>Someone made a token for a program.</summary>
    public const string TokenMade = "token-made";

    /// <summary>Someone ended a token.</summary>
    public const string TokenEnded = "token-ended";
}
