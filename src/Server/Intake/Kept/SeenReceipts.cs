using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>The receipts that a caller may see: the tenant's own, and for a platform administrator also what belongs to no tenant.</summary>
internal sealed class SeenReceipts(CurrentCaller caller, AppDb own, Databases databases) : IAsyncDisposable
{
    private readonly AppDb? _platform = caller.IsPlatformAdministrator ? databases.For(Tenant.Platform) : null;

    /// <summary>A door for each owner, the caller's tenant first.</summary>
    public IEnumerable<AppDb> Doors => _platform is null ? [own] : [own, _platform];

    /// <summary>Newest first, as if all stood in one list.</summary>
    public async Task<List<ReceiptRow>> ListAsync(ReceiptQuery query, CancellationToken cancel)
    {
        var found = new List<ReceiptRow>();
        foreach (var db in Doors) found.AddRange(await db.ReadReceiptsAsync(query, cancel));
        return [.. found.OrderByDescending(r => r.Id).Take(query.Limit ?? ReceiptList.DefaultLimit)];
    }

    /// <summary>Does something with one receipt, through the door that shows it.</summary>
    public async Task<T> WithinAsync<T>(Guid id, Func<AppDb, Task<T>> work, CancellationToken cancel)
    {
        foreach (var db in Doors)
            if (await db.Receipts.AnyAsync(r => r.Id == id, cancel)) return await work(db);
        throw Problem.NotFound();
    }

    /// <summary>The books of a day, today's when none is named; of all owners together.</summary>
    public async Task<DayBooks> ReconcileAsync(DateOnly? day, CancellationToken cancel)
    {
        var kept = await own.Tenants.Where(t => t.Id == caller.Tenant).Select(t => Math.Min(t.ReceiptDays, t.TroubledReceiptDays)).SingleAsync(cancel);
        List<(AppDb, Guid)> owners = [(own, caller.Tenant)];
        if (_platform is not null) owners.Add((_platform, Tenant.Platform));
        return await Reconciliation.OfAsync(
            owners, day ?? ReceiptEndpoints.Today(databases.Time), _platform is null ? kept : Math.Min(kept, ReceiptSweep.PlatformDays), cancel);
    }

    public ValueTask DisposeAsync() => _platform?.DisposeAsync() ?? ValueTask.CompletedTask;
}
