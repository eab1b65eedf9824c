using System.Globalization;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>Taking back what the agent has said but not sent, when a human takes the conversation.</summary>
internal static class AgentWithdrawal
{
    /// <summary>
    /// Withdraws every queued part of the agent's in a conversation that this transaction has locked. What is being sent at this moment stays:
    /// see <see cref="AgentSendInFlightAsync"/>.
    /// </summary>
    public static async Task WithdrawAgentAsync(this AppDb db, Conversation locked, CancellationToken cancel = default)
    {
        var messages = await db.Deliveries
            .Where(d => d.TenantId == locked.TenantId && d.ConversationId == locked.Id && d.Status == MessageStatus.Queued && d.ByAgent)
            .Select(d => d.MessageId).Distinct().OrderBy(id => id).ToListAsync(cancel);
        foreach (var id in messages)
        {
            var message = await db.Messages.SingleAsync(m => m.TenantId == locked.TenantId && m.Id == id, cancel);
            var parts = await db.Deliveries.Where(d => d.TenantId == locked.TenantId && d.MessageId == id).ToListAsync(cancel);
            foreach (var part in parts.Where(p => p.Status == MessageStatus.Queued)) (part.Status, part.NotBefore) = (MessageStatus.Withdrawn, null);
            // Parts that left before keep telling how far the message came.
            var left = parts.Where(p => p.Status is not (MessageStatus.Withdrawn or MessageStatus.Cancelled)).ToList();
            message.NotBefore = null;
            if (left.Count == 0) message.Status = MessageStatus.Withdrawn;
            else if (left.TrueForAll(p => p.Status != MessageStatus.Failed)) message.Status = left.MinBy(p => p.Status.Rank())!.Status;
            db.Record(locked.TenantId, ChangeKind.Message, id.ToString(CultureInfo.InvariantCulture), locked.Id);
        }
    }

    /// <summary>Until when a part of the agent's may still be on its way to the network; null: none is.</summary>
    public static async Task<DateTimeOffset?> AgentSendInFlightAsync(this AppDb db, Guid conversation, DateTimeOffset now, CancellationToken cancel) =>
        await db.Deliveries.AsNoTracking()
            .Where(d => d.ConversationId == conversation && d.Status == MessageStatus.Sending && d.ByAgent)
            .Join(db.DeliveryAttempts, d => d.AttemptId, a => a.Id, (d, a) => a)
            .Where(a => a.EndedAt == null && a.SendDeadline > now).MaxAsync(a => (DateTimeOffset?)a.SendDeadline, cancel);
}
