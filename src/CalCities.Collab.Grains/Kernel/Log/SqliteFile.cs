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
        Take(file, FileShare.ReadWrite).Dispose();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, OwnerOnly);
        using var connection = Open(file, "pragma journal_mode = wal;");
    }

    /// <summary>Opens the file itself, made for its owner alone (as is its folder) if it isn't there.</summary>
    public static FileStream Take(string file, FileShare share)
    {
        MakeFolder(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }

    private static void MakeFolder(string folder)
    {
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
