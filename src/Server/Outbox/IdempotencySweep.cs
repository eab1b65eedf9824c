using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>Forgets idempotency keys that no client may rely on any more.</summary>
internal sealed class IdempotencySweep(Databases databases, TimeProvider time, ILogger<IdempotencySweep> log)
    : Sweep(TimeSpan.FromHours(1), time, log)
{
    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var before = Time.Now() - Idempotency.Kept;
        await using var db = databases.ForSystem();
        await db.WriteAsync(() => db.IdempotencyKeys.Where(k => k.At < before).ExecuteDeleteAsync(cancel), cancel);
    }
}
