using ChatOperator.Agents.Turns;
using ChatOperator.Attachments.Inbound;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>
/// After a commit: tells Live which tenants have changes, lanes which sends were settled, agents what arrived, and that files are to be
/// fetched. All are hints; polls and sweeps find what a lost one would have told.
/// </summary>
internal sealed class IntakeHints(
    Databases databases, Outgoing outgoing, LateFailures failures, SharedRate rates, AgentWakes agents, HolderChanges holders, FetchQueue files)
{
    public void After(Batch batch)
    {
        var tenants = new HashSet<Guid>();
        foreach (var arrival in batch.Arrivals)
            foreach (var item in arrival.Items)
                if (item is { Account: { } account, Verdict: Verdict.Applied }) tenants.Add(account.TenantId);
        databases.Announce(tenants);
        foreach (var message in batch.Messages)
        {
            if (!message.IsNew) continue;
            if (message.Locks)
            {
                holders.Announce(message.Account.TenantId, message.Place.ConversationId);
                rates.Hear(message.Account);
            }
            else if (message.AgentDueAt is { } due) agents.Hear(message.Account.TenantId, message.Place.ConversationId, message.Id, due, message.AgentDueBy);
        }
        foreach (var single in batch.Singles)
            if (single is { NewHolder: true, ConversationId: { } changed }) holders.Report(single.Account.TenantId, changed);
        if (batch.NewFiles().Any()) files.Wake();
        foreach (var (tenant, conversation, account) in batch.Settled) outgoing.Wake(tenant, conversation, account);
        foreach (var report in batch.Reports)
            if (report is { AsksForMore: true, Advances: true, Delivery: { } failed })
                failures.Tell(report.Account, failed.ConversationId, report.Failure!);
        foreach (var report in batch.Reports)
            if (report is { Settles: true, Delivery: { } delivery }) outgoing.Wake(report.Account.TenantId, delivery.ConversationId, report.Account.Id);
    }
}
