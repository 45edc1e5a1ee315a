namespace CalCities.Collab.Kernel.Log;

/// <summary>Held as long as a process uses a SQLite database: a second one would give the same streams to two hosts that know nothing of each other.</summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="HubDatabaseException">Another process has the database.</exception>
    public SqliteLock(string file)
    {
        SqliteFile.MakeFolder(file);
        try
        {
            held = new FileStream($"{file}-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new HubDatabaseException($"Another program has the database {file} open: stop it first, or give this one another database with ConnectionStrings:Hub.", taken);
        }
    }

    public void Dispose() => held.Dispose();
}
