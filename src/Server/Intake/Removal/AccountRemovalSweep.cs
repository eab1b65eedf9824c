using ChatOperator.Attachments.Store;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Removal;

/// <summary>
/// Removes the chats of accounts that were removed: a page at a time, each in a transaction of its own, and none while webhooks wait for
/// their commit. Contacts stay, with what they said they want, and receipts stay as long as receipts do.
/// </summary>
internal sealed class AccountRemovalSweep(
    Databases databases, IntakeQueue queue, MediaStore store, TimeProvider time, ILogger<AccountRemovalSweep> log)
    : Sweep(TimeSpan.FromSeconds(2), time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Other nodes may know the account for some seconds more, and what they took by then is stored a little later.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    protected override bool LooksAtOnce => true;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await using var look = databases.ForSystem();
        await EachAsync(await look.AccountRemovals.AsNoTracking().OrderBy(r => r.At).ToListAsync(cancel), removal => RemoveAsync(removal, cancel), cancel);
    }

    private async Task RemoveAsync(AccountRemoval removal, CancellationToken cancel)
    {
        while (await PageAsync(removal, cancel))
            do await Task.Delay(Pause, Time, cancel);
            while (queue.Count > 0);
        if (Time.Now() < removal.At + Grace) return;
        await using var db = databases.ForSystem();
        await db.WriteAsync(
            () => db.AccountRemovals.Where(r => r.TenantId == removal.TenantId && r.AccountId == removal.AccountId).ExecuteDeleteAsync(cancel), cancel);
    }

    /// <returns>Whether anything was left to remove.</returns>
    private async Task<bool> PageAsync(AccountRemoval removal, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var page = new RemovalPage(db, removal.TenantId, removal.AccountId);
        var removed = await db.WriteAsync(() => page.RemoveAsync(cancel), cancel);
        foreach (var file in page.Files) store.Remove(removal.TenantId, file);
        return removed;
    }
}
