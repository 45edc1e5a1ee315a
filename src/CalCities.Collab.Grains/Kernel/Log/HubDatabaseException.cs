namespace CalCities.Collab.Kernel.Log;

/// <summary>The hub can't use the database that it was given; the message is one plain sentence for whoever started it.</summary>
public sealed class HubDatabaseException : Exception
{
    public HubDatabaseException() { }
    public HubDatabaseException(string message) : base(message) { }
    public HubDatabaseException(string message, Exception innerException) : base(message, innerException) { }
}
