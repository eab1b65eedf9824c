using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using static SQLitePCL.raw;

namespace ChatOperator.Db;

/// <summary>What it means when the database refuses a statement.</summary>
internal enum StoreFailure
{
    /// <summary>Nothing to do with the database, or a mistake of ours.</summary>
    None,

    /// <summary>It cannot be reached, has no connection or room left, or gave up on a lock: the same may work in a moment.</summary>
    Outage,

    /// <summary>It cannot hold a value that it was given.</summary>
    BadValue,
}

/// <summary>Tells an outage from a mistake, however deep the model has wrapped what the database said.</summary>
internal static class StoreFailures
{
    /// <summary>
    /// Classes of SQLSTATE that are not the statement's fault: connection, resources, intervention and system errors, rolled back
    /// transactions. Besides them a lock that was not got, and a server that only reads, which is one that is being replaced.
    /// </summary>
    private static readonly string[] Outages = ["08", "40", "53", "57", "58", "XX"];

    private static readonly HashSet<int> SqliteOutages =
        [SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN];

    public static StoreFailure Of(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException said: return Of(said.SqlState);
                case SqliteException said: return SqliteOutages.Contains(said.SqliteErrorCode) ? StoreFailure.Outage : StoreFailure.None;
                // What the driver says by itself: no connection, none free in the pool, no answer in time.
                case DbException or TimeoutException: return StoreFailure.Outage;
            }
        }
        return StoreFailure.None;
    }

    private static StoreFailure Of(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) ? StoreFailure.BadValue
        : Array.Exists(Outages, c => state.StartsWith(c, StringComparison.Ordinal)) || state is "55P03" or "25006" ? StoreFailure.Outage
        : StoreFailure.None;
}
