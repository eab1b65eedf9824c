using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Db;

/// <summary>What the nodes of an installation do one at a time, each under a number of its own in PostgreSQL.</summary>
internal enum AdvisoryLock
{
    Schema = 7234001,
    Bootstrap = 7234002,
    PruneChanges = 7234003,
    Epoch = 7234004,
    Membership = 7234005,
}

internal static class AdvisoryLocks
{
    /// <summary>Waits for the other nodes, until the end of the current transaction. On SQLite there is only one node.</summary>
    public static Task OneNodeAtATimeAsync(this AppDb db, AdvisoryLock what, CancellationToken cancel) =>
        db is PostgresDb ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(int)what})", cancel) : Task.CompletedTask;
}
