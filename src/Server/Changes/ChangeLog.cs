using System.Globalization;
using System.Security.Cryptography;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Changes;

/// <summary>
/// Reads the change log in commit order. On PostgreSQL an entry is shown only when its transaction is older than every running one,
/// so nothing can ever appear before a place already read; SQLite has one writer, whose numbers commit in order.
/// </summary>
internal sealed class ChangeLog(Databases databases)
{
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
        if (db is PostgresDb) return new ChangeCursor(Epoch, await OldestRunningAsync(db, cancel), 0);
        var last = await db.Database.SqlQuery<long>($"SELECT next - 1 AS \"Value\" FROM number WHERE name = {Numbers.Change}").ToListAsync(cancel);
        return new ChangeCursor(Epoch, 0, last.Single());
    }

    /// <summary>Whether entries after this place are all still there: false for another epoch, a pruned range, or a place not reached yet.</summary>
    public async Task<bool> HoldsAsync(AppDb db, Guid tenant, ChangeCursor after, CancellationToken cancel = default)
    {
        if (after.Epoch != Epoch) return false;
        var head = await HeadAsync(db, cancel);
        if (head.IsBefore(after.Xid, after.Seq)) return false;
        var pruned = await db.ChangesPruned.AsNoTracking().SingleOrDefaultAsync(p => p.TenantId == tenant, cancel);
        return pruned is null || !after.IsBefore(pruned.Xid, pruned.Seq);
    }

    /// <summary>The next entries of a tenant after a place of this epoch, in commit order.</summary>
    /// <param name="conversation">Only messages of this conversation; null: everything.</param>
    public async Task<List<Change>> ReadAsync(
        AppDb db, Guid tenant, ChangeCursor after, int limit, Guid? conversation = null, CancellationToken cancel = default)
    {
        if (after.Epoch != Epoch) throw new ArgumentException("A place in another log.", nameof(after));
        var xid = after.Xid.ToString(CultureInfo.InvariantCulture);
        var changes = db is PostgresDb
            ? db.Changes.FromSql(
                $"""
                SELECT * FROM change WHERE tenant_id = {tenant} AND (xid, seq) > (CAST({xid} AS xid8), {after.Seq})
                AND xid < pg_snapshot_xmin(pg_current_snapshot())
                """)
            : db.Changes.Where(c => c.TenantId == tenant && c.Xid == 0 && c.Seq > after.Seq);
        if (conversation is not null) changes = changes.Where(c => c.ConversationId == conversation && c.Kind == ChangeKind.Message);
        return await changes.AsNoTracking().OrderBy(c => c.Xid).ThenBy(c => c.Seq).Take(limit).ToListAsync(cancel);
    }

    /// <summary>
    /// Whether entries of a tenant lie after a place up to which all was read that may be shown: an older transaction still runs, of any
    /// database of that server, and nobody will tell when it ends.
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

    private static async Task<ulong> OldestRunningAsync(AppDb db, CancellationToken cancel)
    {
        var xid = await db.Database.SqlQuery<string>($"SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS \"Value\"").ToListAsync(cancel);
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
