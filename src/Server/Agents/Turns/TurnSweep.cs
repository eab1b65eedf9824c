using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>Forgets turns that are older than their tenant keeps traces, in small transactions.</summary>
internal sealed class TurnSweep(Databases databases, TimeProvider time, ILogger<TurnSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private const int Batch = 500;

    /// <summary>Everything that is old enough now, of all tenants.</summary>
    public async Task SweepAsync(CancellationToken cancel = default)
    {
        await using var look = databases.ForSystem();
        foreach (var tenant in await look.Tenants.Select(t => new { t.Id, t.TraceDays }).ToListAsync(cancel))
            while (await ForgetAsync(tenant.Id, time.Now().AddDays(-tenant.TraceDays), cancel) == Batch) await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Whatever fails here is tried again in an hour.
            try { await SweepAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning(e, "Old turns could not be deleted."); }
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
}
