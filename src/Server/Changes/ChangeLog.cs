using System.Globalization;
using System.Security.Cryptography;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Changes;

/// <summary>
/// Reads the change log in commit order. On PostgreSQL an entry is settled only when its transaction is older than every one that runs in
/// this database, so nothing can ever appear before a place already read; SQLite has one writer, whose numbers commit in order.
/// </summary>
internal sealed class ChangeLog(Databases databases)
{
    /// <summary>
    /// The oldest transaction that this snapshot sees running in this database, else the first that has not begun. The numbers are the whole
    /// server's: what is known to run in another of its databases writes nothing here, and may run for hours.
    /// </summary>
    /// <remarks>
    /// In the statement that reads, so that both see one snapshot. Whose a transaction is, is told by the lock that it holds on its own
    /// number; without one (it is just beginning, is prepared, or ended after the snapshot) it counts as ours. Our own transaction is in no
    /// list of its snapshot.
    /// </remarks>
    private const string Horizon =
        """
        (SELECT LEAST(
          (SELECT min(running) FROM pg_snapshot_xip(pg_current_snapshot()) AS running WHERE NOT EXISTS (
            SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted AND transactionid = running::xid
            AND datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))),
          pg_current_xact_id_if_assigned(), pg_snapshot_xmax(pg_current_snapshot())))
        """;

    private const string Unsettled = "SELECT * FROM change WHERE tenant_id = {0} AND (xid, seq) > (CAST({1} AS xid8), {2})";

    // The second half is worked out only when an entry lies behind a running transaction, which is rare.
    private const string Settled = Unsettled + " AND (xid < pg_snapshot_xmin(pg_current_snapshot()) OR xid < " + Horizon + ")";

    private string? _epoch;

    /// <summary>Known since the start.</summary>
    public string Epoch => _epoch ?? throw new InvalidOperationException("The change log is prepared at start.");

    /// <summary>
    /// Names the log at the first start. Names it anew when PostgreSQL's transactions are younger than entries of the log: the database
    /// was restored into another server, whose numbers cursors of old clients do not fit.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        var now = databases.Time.Now();
        _epoch = await db.WriteAsync(
            async () =>
            {
                // Nodes that start together name it one after the other.
                await db.OneNodeAtATimeAsync(AdvisoryLock.Epoch, cancel);
                var epoch = await db.ChangeEpochs.SingleOrDefaultAsync(cancel);
                if (epoch is null) db.Add(epoch = new ChangeEpoch { Id = 1, Name = NewName(), Since = now });
                else if (db is PostgresDb && await IsRestoredAsync(db, cancel)) (epoch.Name, epoch.Since) = (NewName(), now);
                return epoch.Name;
            },
            cancel);
    }

    /// <summary>Now: what is committed before this call returns lies at or before it. A snapshot reads its cursor first.</summary>
    public async Task<ChangeCursor> HeadAsync(AppDb db, CancellationToken cancel = default)
    {
        if (db is PostgresDb) return new ChangeCursor(Epoch, await XidAsync(db, $"SELECT {Horizon}::text AS \"Value\"", cancel), 0);
        var last = await db.Database.SqlQuery<long>($"SELECT next - 1 AS \"Value\" FROM number WHERE name = {Numbers.Change}").ToListAsync(cancel);
        return new ChangeCursor(Epoch, 0, last.Single());
    }

    /// <summary>Whether entries after this place are all still there: false for another epoch, a pruned range, or a place not reached yet.</summary>
    public async Task<bool> HoldsAsync(AppDb db, Guid tenant, ChangeCursor after, CancellationToken cancel = default)
    {
        if (after.Epoch != Epoch) return false;
        // Not the head: what is settled once stays so, but a look may take a transaction of elsewhere for ours.
        var last = db is PostgresDb
            ? new ChangeCursor(Epoch, await XidAsync(db, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS \"Value\"", cancel), 0) : await HeadAsync(db, cancel);
        if (last.IsBefore(after.Xid, after.Seq)) return false;
        var pruned = await db.ChangesPruned.AsNoTracking().SingleOrDefaultAsync(p => p.TenantId == tenant, cancel);
        return pruned is null || !after.IsBefore(pruned.Xid, pruned.Seq);
    }

    /// <summary>The next settled entries of a tenant after a place of this epoch, in commit order.</summary>
    /// <param name="conversation">Only messages of this conversation; null: everything.</param>
    public Task<List<Change>> ReadAsync(
        AppDb db, Guid tenant, ChangeCursor after, int limit, Guid? conversation = null, CancellationToken cancel = default) =>
        ReadAsync(db, tenant, after, Settled, limit, conversation, cancel);

    /// <summary>
    /// The same, with what is committed but not settled at the end: others may yet appear before it, so the place to go on from is
    /// <see cref="HeadAsync"/>, asked first, or before it.
    /// </summary>
    public Task<List<Change>> ReadUnsettledAsync(
        AppDb db, Guid tenant, ChangeCursor after, int limit, Guid conversation, CancellationToken cancel) =>
        ReadAsync(db, tenant, after, Unsettled, limit, conversation, cancel);

    /// <summary>
    /// Whether entries of a tenant lie after a place up to which all was read that may be shown: an older transaction of this
    /// database still runs, and nobody will tell when it ends.
    /// </summary>
    public static async Task<bool> HoldsBackAsync(AppDb db, Guid tenant, ChangeCursor after, CancellationToken cancel = default)
    {
        if (db is not PostgresDb) return false;
        var xid = after.Xid.ToString(CultureInfo.InvariantCulture);
        var held = await db.Database.SqlQuery<bool>(
            $"""
            SELECT EXISTS (SELECT FROM change WHERE tenant_id = {tenant} AND (xid, seq) > (CAST({xid} AS xid8), {after.Seq})) AS "Value"
            """).ToListAsync(cancel);
        return held.Single();
    }

    /// <summary>The place of an entry.</summary>
    public ChangeCursor At(Change change) => new(Epoch, change.Xid, change.Seq);

    private static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    private async Task<List<Change>> ReadAsync(
        AppDb db, Guid tenant, ChangeCursor after, string which, int limit, Guid? conversation, CancellationToken cancel)
    {
        if (after.Epoch != Epoch) throw new ArgumentException("A place in another log.", nameof(after));
        var xid = after.Xid.ToString(CultureInfo.InvariantCulture);
        var changes = db is PostgresDb
            ? db.Changes.FromSqlRaw(which, tenant, xid, after.Seq)
            : db.Changes.Where(c => c.TenantId == tenant && c.Xid == 0 && c.Seq > after.Seq);
        if (conversation is not null) changes = changes.Where(c => c.ConversationId == conversation && c.Kind == ChangeKind.Message);
        return await changes.AsNoTracking().OrderBy(c => c.Xid).ThenBy(c => c.Seq).Take(limit).ToListAsync(cancel);
    }

    private static async Task<ulong> XidAsync(AppDb db, string query, CancellationToken cancel)
    {
        var xid = await db.Database.SqlQueryRaw<string>(query).ToListAsync(cancel);
        return ulong.Parse(xid.Single(), CultureInfo.InvariantCulture);
    }

    private static async Task<bool> IsRestoredAsync(AppDb db, CancellationToken cancel)
    {
        var younger = await db.Database.SqlQuery<bool>(
            $"""
            SELECT EXISTS (
              SELECT FROM tenant, LATERAL (SELECT xid FROM change WHERE tenant_id = tenant.id ORDER BY xid DESC LIMIT 1) newest
              WHERE newest.xid >= pg_snapshot_xmax(pg_current_snapshot())) AS "Value"
            """).ToListAsync(cancel);
        return younger.Single();
    }
}
