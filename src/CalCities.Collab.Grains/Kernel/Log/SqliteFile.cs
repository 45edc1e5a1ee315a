using Microsoft.Data.Sqlite;

namespace CalCities.Collab.Kernel.Log;

/// <summary>How the hub opens a SQLite file: readable by its owner alone, with a write-ahead log.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Longer than any of our own transactions; only a foreign program that locks the file can use it up.</summary>
    private const int BusySeconds = 10;

    public static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = BusySeconds }.ConnectionString;

    /// <summary>Makes the file and its folder if they aren't there (modes 0600 and 0700) and gives it a write-ahead log.</summary>
    public static void Prepare(string file)
    {
        MakeFolder(file);
        if (OperatingSystem.IsWindows())
            File.Open(file, FileMode.OpenOrCreate).Dispose();
        else
        {
            File.Open(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly }).Dispose();
            File.SetUnixFileMode(file, OwnerOnly);
        }

        using var connection = Open(file, "pragma journal_mode = wal;");
    }

    public static void MakeFolder(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>A connection of its own, with these pragmas.</summary>
    public static SqliteConnection Open(string file, string pragmas)
    {
        var connection = new SqliteConnection(ConnectionString(file));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
