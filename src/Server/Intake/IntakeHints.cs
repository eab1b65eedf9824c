using ChatOperator.Db;

namespace ChatOperator.Intake;

/// <summary>
/// After a commit: tells Live which tenants have changes, and lanes which sends were settled. Both are hints; polls and sweeps find what
/// a lost one would have told.
/// </summary>
internal sealed class IntakeHints(Databases databases)
{
    /// <summary>Raised with each conversation whose lane has something to do.</summary>
    public event Action<Guid, Guid>? LaneDue;

    public void After(Batch batch)
    {
        var tenants = new HashSet<Guid>();
        foreach (var arrival in batch.Arrivals)
            foreach (var item in arrival.Items)
                if (item is { Account: { } account, Verdict: Verdict.Applied }) tenants.Add(account.TenantId);
        databases.Announce(tenants);
        foreach (var report in batch.Reports)
            if (report is { Advances: true, Delivery: { } delivery }) LaneDue?.Invoke(report.Account.TenantId, delivery.ConversationId);
    }
}
