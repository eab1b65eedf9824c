using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>Forgets idempotency keys that no client may rely on any more.</summary>
internal sealed class IdempotencySweep(Databases databases, TimeProvider time, ILogger<IdempotencySweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await ForgetAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task ForgetAsync(CancellationToken cancel)
    {
        try
        {
            var before = time.Now() - Idempotency.Kept;
            await using var db = databases.ForSystem();
            await db.WriteAsync(() => db.IdempotencyKeys.Where(k => k.At < before).ExecuteDeleteAsync(cancel), cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // The database is away: the next round forgets them.
        {
            log.LogWarning(failure, "Old idempotency keys could not be deleted.");
        }
    }
}
