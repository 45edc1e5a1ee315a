using System.Data.Common;

namespace CalCities.Collab.Kernel.Log;

/// <summary>
/// The database beside the log itself: indexes, checkpoints, audit. On SQLite every write goes through the log's one writer;
/// SQL here is what both dialects understand (on conflict, returning), with Dapper.
/// </summary>
internal interface IHubDatabase
{
    /// <summary>Runs statements in one transaction; nothing of it stays when it throws.</summary>
    Task Write(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancel = default);

    /// <summary>Reads on a connection of its own; sees what is committed.</summary>
    Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken cancel = default);

    /// <summary>True on PostgreSQL: full-text search and row locks are spelt differently.</summary>
    bool IsPostgres { get; }
}
