using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>
/// Removes receipts whose time is over, each tenant by its own settings: in small transactions with a pause after each, so that the
/// intake never waits for more than one of them. Counters stay.
/// </summary>
internal sealed class ReceiptSweep(Databases databases, TimeProvider time, ILogger<ReceiptSweep> log)
    : Sweep(TimeSpan.FromHours(1), time, log)
{
    /// <summary>Days that what belongs to no tenant is kept; somebody may still connect its account.</summary>
    public const int PlatformDays = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int Batch = 200;

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
            await using var db = databases.ForSystem();
            var oldest = await db.Receipts.Where(r => r.TenantId == tenant && r.Id.CompareTo(from) > 0 && r.Id.CompareTo(end) < 0)
                .OrderBy(r => r.Id).Take(Batch).Select(r => new { r.Id, r.ReceivedAt, r.Verdict }).ToListAsync(cancel);
            if (oldest.Count == 0) return removed;
            from = oldest[^1].Id;
            var old = oldest.Where(r => r.ReceivedAt < (r.Verdict is Verdict.Applied or Verdict.Duplicate ? before : beforeTroubled)).Select(r => r.Id).ToList();
            if (old.Count > 0)
                removed += await db.WriteAsync(() => db.Receipts.Where(r => r.TenantId == tenant && old.Contains(r.Id)).ExecuteDeleteAsync(cancel), cancel);
            await Task.Delay(Pause, Time, cancel);
        }
    }

    protected override Task RoundAsync(CancellationToken cancel) => SweepAsync(cancel);
}
