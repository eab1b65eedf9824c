using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>Forgets turns that are older than their tenant keeps traces, in small transactions.</summary>
internal sealed class TurnSweep(Databases databases, TimeProvider time, ILogger<TurnSweep> log)
    : Sweep(TimeSpan.FromHours(1), time, log)
{
    private const int Batch = 500;

    /// <summary>Everything that is old enough now, of all tenants.</summary>
    public async Task SweepAsync(CancellationToken cancel = default)
    {
        await using var look = databases.ForSystem();
        foreach (var tenant in await look.Tenants.Select(t => new { t.Id, t.TraceDays }).ToListAsync(cancel))
            while (await ForgetAsync(tenant.Id, Time.Now().AddDays(-tenant.TraceDays), cancel) == Batch) await Task.Delay(TimeSpan.FromMilliseconds(20), Time, cancel);
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
}
