using ChatOperator.Changes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>The network says something about the account: a new rate is taken over, the rest is shown with the account.</summary>
internal static class AccountChanges
{
    public static async Task ApplyAsync(SeldomEvent seldom, AccountChanged changed, AppDb db)
    {
        var (tenant, id) = (seldom.Account.TenantId, seldom.Account.Id);
        var account = await db.ChannelAccounts.SingleOrDefaultAsync(a => a.TenantId == tenant && a.Id == id);
        if (account is null)
        {
            seldom.Item.Conclude(Verdict.Unsupported, "account_unknown");
            return;
        }
        if (changed.AccountRate is { } rate)
        {
            account.RatePerSecond = rate;
            account.UpdatedAt = db.Databases.Time.Now();
        }
        db.Record(tenant, ChangeKind.ChannelAccount, id.ToString());
        seldom.Item.Conclude(Verdict.Applied, changed.Kind);
    }
}
