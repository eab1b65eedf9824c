using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>Some networks report by time: everything sent to a person until then was delivered, or read.</summary>
internal static class Watermarks
{
    public static async Task ApplyAsync(SeldomEvent seldom, DeliveryReported reported, AppDb db)
    {
        var (tenant, account, status) = (seldom.Account.TenantId, seldom.Account.Id, MessageStatusRank.Of(reported.Status));
        var conversation = await db.Conversations
            .Where(c => c.TenantId == tenant && c.AccountId == account && c.Address == reported.Address).Select(c => (Guid?)c.Id).FirstOrDefaultAsync();
        if (conversation is null)
        {
            seldom.Item.Conclude(Verdict.Unsupported, "conversation_unknown");
            return;
        }
        var messages = await db.Messages
            .Where(m => m.TenantId == tenant && m.ConversationId == conversation && m.At <= reported.UpTo
                && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Delivered))
            .OrderBy(m => m.Id).ToListAsync();
        var ids = messages.Select(m => m.Id).ToList();
        var deliveries = await db.Deliveries.Where(d => d.TenantId == tenant && ids.Contains(d.MessageId)).OrderBy(d => d.Id).ToListAsync();
        foreach (var delivery in deliveries.Where(d => MessageStatusRank.Advances(d.Status, status))) delivery.Status = status;
        seldom.Item.Conclude(Verdict.Duplicate);
        foreach (var message in messages.Where(m => MessageStatusRank.Advances(m.Status, status)))
        {
            message.Status = status;
            Targets.Changed(seldom, message, db);
        }
    }
}
