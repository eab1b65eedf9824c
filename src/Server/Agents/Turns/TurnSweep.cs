using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// Forgets what is older than its tenant keeps traces, in small transactions: turns, and what networks answered to our sends word by word.
/// </summary>
internal sealed class TurnSweep(Databases databases, TimeProvider time, ILogger<TurnSweep> log)
    : Sweep(TimeSpan.FromHours(1), time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int Batch = 500;

    /// <summary>How far answers were forgotten: attempts' ids sort by time, and none need be looked at twice.</summary>
    private readonly Dictionary<Guid, Guid> _answersUpTo = [];

    /// <summary>Everything that is old enough now, of all tenants.</summary>
    public async Task SweepAsync(CancellationToken cancel = default)
    {
        await using var look = databases.ForSystem();
        foreach (var tenant in await look.Tenants.Select(t => new { t.Id, t.TraceDays }).ToListAsync(cancel))
        {
            var before = Time.Now().AddDays(-tenant.TraceDays);
            while (await ForgetAsync(tenant.Id, before, cancel) == Batch) await Task.Delay(Pause, Time, cancel);
            while (await ForgetAnswersAsync(tenant.Id, before, cancel) == Batch) await Task.Delay(Pause, Time, cancel);
        }
    }

    private async Task<int> ForgetAsync(Guid tenant, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var old = await db.AgentTurns.Where(t => t.TenantId == tenant && t.StartedAt < before && t.Outcome != TurnOutcome.Running)
            .OrderBy(t => t.StartedAt).Select(t => t.Id).Take(Batch).ToListAsync(cancel);
        if (old.Count == 0) return 0;
        return await db.WriteAsync(() => db.AgentTurns.Where(t => t.TenantId == tenant && old.Contains(t.Id)).ExecuteDeleteAsync(cancel), cancel);
    }

    protected override Task RoundAsync(CancellationToken cancel) => SweepAsync(cancel);

    private async Task<int> ForgetAnswersAsync(Guid tenant, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var from = _answersUpTo.GetValueOrDefault(tenant);
        var next = await db.DeliveryAttempts.Where(a => a.TenantId == tenant && a.Id.CompareTo(from) > 0).OrderBy(a => a.Id).Take(Batch)
            .Select(a => new { a.Id, a.StartedAt, HasRaw = a.Raw != null }).ToListAsync(cancel);
        var old = next.TakeWhile(a => a.StartedAt < before).ToList();
        if (old.Count == 0) return 0;
        var spoken = old.Where(a => a.HasRaw).Select(a => a.Id).ToList();
        if (spoken.Count > 0)
            await db.WriteAsync(
                () => db.DeliveryAttempts.Where(a => a.TenantId == tenant && spoken.Contains(a.Id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Raw, (string?)null), cancel),
                cancel);
        _answersUpTo[tenant] = old[^1].Id;
        return old.Count;
    }
}
