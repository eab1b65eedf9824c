using System.Diagnostics;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>
/// Removes receipts whose time is over, each tenant by its own settings: in small transactions with a longer pause after each, and none
/// while webhooks wait, so that the intake never waits for more than one of them. Counters stay.
/// </summary>
internal sealed class ReceiptSweep(Databases databases, TimeProvider time, ILogger<ReceiptSweep> log)
    : Sweep(TimeSpan.FromHours(1), time, log)
{
    /// <summary>Days that what belongs to no tenant is kept; somebody may still connect its account.</summary>
    public const int PlatformDays = 30;

    private const int Batch = 500;

    /// <summary>How long webhooks that keep waiting put one transaction off: receipts must not come in faster than they go for hours.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Everything that is old enough now, of all tenants.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        var kept = await db.Tenants.Select(t => new { t.Id, t.ReceiptDays, t.TroubledReceiptDays }).ToListAsync(cancel);
        var removed = await SweepAsync(Tenant.Platform, PlatformDays, PlatformDays, cancel);
        foreach (var tenant in kept) removed += await SweepAsync(tenant.Id, tenant.ReceiptDays, tenant.TroubledReceiptDays, cancel);
        return removed;
    }

    private async Task<int> SweepAsync(Guid tenant, int days, int troubledDays, CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        var (before, beforeTroubled) = (now.AddDays(-days), now.AddDays(-troubledDays));
        var end = ReceiptIds.First((before > beforeTroubled ? before : beforeTroubled).AddMinutes(2));
        var (from, removed) = (Guid.Empty, 0);
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            await using var db = databases.ForSystem();
            var after = from;
            var found = db.Receipts.Where(r => r.TenantId == tenant && r.Id.CompareTo(after) > 0);
            var last = await found.Where(r => r.Id.CompareTo(end) < 0).OrderBy(r => r.Id).Take(Batch).Select(r => r.Id).ToListAsync(cancel);
            if (last.Count == 0) return removed;
            var to = from = last[^1];
            var old = found.Where(r => r.Id.CompareTo(to) <= 0
                && r.ReceivedAt < (r.Verdict == Verdict.Applied || r.Verdict == Verdict.Duplicate ? before : beforeTroubled));
            if (await old.AnyAsync(cancel)) removed += await db.WriteAsync(() => old.ExecuteDeleteAsync(cancel), cancel);
            // By the real clock: it follows the disk, not the business.
            await Task.Delay(2 * Stopwatch.GetElapsedTime(started), TimeProvider.System, cancel);
            await databases.LetWebhooksPassAsync(LongestWait, cancel);
        }
    }

    protected override Task RoundAsync(CancellationToken cancel) => SweepAsync(cancel);
}
