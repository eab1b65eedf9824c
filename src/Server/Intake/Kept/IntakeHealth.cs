using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>How the intake is doing, for a header above the receipts.</summary>
/// <param name="Queue">Webhooks of all tenants waiting for their commit on this node.</param>
/// <param name="QueueLimit">From here on networks are told to come back.</param>
/// <param name="LastReceivedAt">The tenant's newest receipt; null: none yet.</param>
/// <param name="LagP50Ms">Median over the newest hundred, from the network's time to the arrival here; null: no network told a time.</param>
/// <param name="LagMaxMs">The longest of them.</param>
public sealed record IntakeHealth(int Queue, int QueueLimit, DateTimeOffset? LastReceivedAt, int? LagP50Ms, int? LagMaxMs)
{
    internal static async Task<IntakeHealth> ReadAsync(AppDb db, IntakeQueue queue, Settings settings, CancellationToken cancel)
    {
        var newest = await db.Receipts.OrderByDescending(r => r.Id).Take(100).Select(r => new { r.ReceivedAt, r.LagMs }).ToListAsync(cancel);
        var lags = newest.Select(r => r.LagMs).OfType<int>().Order().ToList();
        return new IntakeHealth(
            queue.Count, settings.Intake.QueueLimit, newest.Count > 0 ? newest[0].ReceivedAt : null,
            lags.Count > 0 ? lags[lags.Count / 2] : null, lags.Count > 0 ? lags[^1] : null);
    }
}
