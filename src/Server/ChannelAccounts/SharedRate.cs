using System.Collections.Concurrent;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.ChannelAccounts;

/// <summary>
/// Learns that people also use an account by the network's own app (coexistence), where the network then takes fewer sends per second. A rate
/// that was set or that the network raised stays.
/// </summary>
internal sealed class SharedRate(Databases databases, AccountDirectory accounts, ILogger<SharedRate> log)
{
    private readonly ConcurrentDictionary<Guid, bool> _learned = [];

    /// <summary>A person answered from the app. Returns before anything is done; the next such message tells it again.</summary>
    public void Hear(ConnectedAccount account)
    {
        if (account.Row.RatePerSecond is not null || account.Channel.Info.Capabilities.SharedRate is not { } rate) return;
        if (!_learned.TryAdd(account.Id, true)) return;
        _ = Task.Run(async () =>
        {
            try { await LearnAsync(account, rate); }
            catch (Exception trouble) // The next message from the app tells it again.
            {
                log.LogWarning(trouble, "The rate of account {Account}, which is shared with an app, could not be set.", account.Id);
                _learned.TryRemove(account.Id, out _);
            }
        });
    }

    private async Task LearnAsync(ConnectedAccount account, int rate)
    {
        await using var db = databases.For(account.TenantId);
        await db.WriteAsync(async () =>
        {
            if (await db.ChannelAccounts.SingleOrDefaultAsync(a => a.Id == account.Id) is not { RatePerSecond: null } row) return;
            (row.RatePerSecond, row.UpdatedAt) = (rate, databases.Time.Now());
            db.Record(account.TenantId, ChangeKind.ChannelAccount, account.Id.ToString());
        });
        accounts.Invalidate();
    }
}
