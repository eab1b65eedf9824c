using ChatOperator.Changes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>The network says something about the account: a new rate is taken over, the rest is shown with the account.</summary>
internal static class AccountChanges
{
    private const string Blocked = "policy_blocked";

    public static async Task ApplyAsync(SingleEvent single, AccountChanged changed, AppDb db)
    {
        var (tenant, id) = (single.Account.TenantId, single.Account.Id);
        var account = await db.ChannelAccounts.SingleOrDefaultAsync(a => a.TenantId == tenant && a.Id == id);
        if (account is null)
        {
            single.Item.Conclude(Verdict.Unsupported, "account_unknown");
            return;
        }
        if (changed.AccountRate is { } rate) account.RatePerSecond = rate;
        // An account that people switched off, or that is paused for another reason, is not the network's to wake.
        if (changed.MaySend == false && account.State == AccountState.Connected) (account.State, account.StateReason) = (AccountState.Paused, Blocked);
        if (changed.MaySend == true && account is { State: AccountState.Paused, StateReason: Blocked })
            (account.State, account.StateReason) = (AccountState.Connected, null);
        if (changed is not { AccountRate: null, MaySend: null }) account.UpdatedAt = db.Databases.Time.Now();
        db.Record(tenant, ChangeKind.ChannelAccount, id.ToString());
        single.Item.Conclude(Verdict.Applied, changed.Kind);
    }
}
