namespace CalCities.Collab.Kernel.Log;

/// <summary>Held as long as a process uses a SQLite database: a second one would give the same streams to two hosts that know nothing of each other.</summary>
internal sealed class SqliteLock : IDisposable
{
    /// <summary>What each system says when someone else holds the file (EWOULDBLOCK, ERROR_SHARING_VIOLATION).</summary>
    private const int LinuxTaken = 11, MacTaken = 35, WindowsTaken = unchecked((int)0x80070020);

    private readonly FileStream held;

    /// <exception cref="HubDatabaseException">Another process has the database, or its folder can't be written to.</exception>
    public SqliteLock(string file)
    {
        try
        {
            held = SqliteFile.Take($"{file}-lock", FileShare.None);
        }
        catch (IOException taken) when (taken.HResult is LinuxTaken or MacTaken or WindowsTaken)
        {
            throw new HubDatabaseException($"Another program has the database {file} open: stop it first, or give this one another database with ConnectionStrings:Hub.", taken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HubDatabaseException($"The database {file} can't be opened: {failure.Message}", failure);
        }
    }

    public void Dispose() => held.Dispose();
}
