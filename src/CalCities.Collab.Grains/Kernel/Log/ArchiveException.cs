namespace CalCities.Collab.Kernel.Log;

/// <summary>An archive can't be written or isn't taken; the message is one plain sentence for whoever asked.</summary>
public sealed class ArchiveException : Exception
{
    public ArchiveException() { }
    public ArchiveException(string message) : base(message) { }
    public ArchiveException(string message, Exception innerException) : base(message, innerException) { }
}
