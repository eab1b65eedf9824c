using ChatOperator.Db;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>
/// After a commit: tells Live which tenants have changes, and lanes which sends were settled. Both are hints; polls and sweeps find what
/// a lost one would have told.
/// </summary>
internal sealed class IntakeHints(Databases databases, Outgoing outgoing)
{
    public void After(Batch batch)
    {
        var tenants = new HashSet<Guid>();
        foreach (var arrival in batch.Arrivals)
            foreach (var item in arrival.Items)
                if (item is { Account: { } account, Verdict: Verdict.Applied }) tenants.Add(account.TenantId);
        databases.Announce(tenants);
        foreach (var report in batch.Reports)
            if (report is { Settles: true, Delivery: { } delivery }) outgoing.Wake(report.Account.TenantId, delivery.ConversationId, report.Account.Id);
    }
}
