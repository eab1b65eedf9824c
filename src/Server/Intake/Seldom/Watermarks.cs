using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>Some networks report by time, or by the last message: everything sent to a person until then was delivered, or read.</summary>
internal static class Watermarks
{
    public static async Task ApplyAsync(SeldomEvent seldom, DeliveryReported reported, AppDb db)
    {
        var (tenant, status) = (seldom.Account.TenantId, MessageStatusRank.Of(reported.Status));
        if (await UntilAsync(seldom, reported, db) is not ({ } conversation, { } until)) return;
        var messages = await db.Messages
            .Where(m => m.TenantId == tenant && m.ConversationId == conversation && m.At <= until
                && (m.Status == MessageStatus.Sent || (m.Status == MessageStatus.Delivered && status != MessageStatus.Delivered)))
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

    /// <summary>Which conversation is spoken of, and until when; nothing, and the item concluded, when we do not know it.</summary>
    private static async Task<(Guid? Conversation, DateTimeOffset? Until)> UntilAsync(SeldomEvent seldom, DeliveryReported reported, AppDb db)
    {
        var (tenant, account) = (seldom.Account.TenantId, seldom.Account.Id);
        var until = reported.UpTo;
        if (reported.AndEarlier)
        {
            if (await LastAsync(seldom, reported, db) is { } known) return known;
            // It overtook the answer to its send: whoever read that message had the chat open, with all that came before.
            until = reported.At ?? seldom.Arrival.At;
        }
        var conversation = await db.Conversations
            .Where(c => c.TenantId == tenant && c.AccountId == account && c.Address == reported.Address && c.ChannelSource != Conversation.CommonestSource)
            .Select(c => (Guid?)c.Id).FirstOrDefaultAsync();
        if (conversation is null) seldom.Item.Conclude(Verdict.Unsupported, "conversation_unknown");
        return (conversation, until);
    }

    /// <summary>The conversation and the time of the message that is reported by its id; null: not known, or not yet.</summary>
    private static async Task<(Guid? Conversation, DateTimeOffset? Until)?> LastAsync(SeldomEvent seldom, DeliveryReported reported, AppDb db)
    {
        var (tenant, account, id) = (seldom.Account.TenantId, seldom.Account.Id, Text.Clean(reported.ExternalId));
        var last = await (
            from e in db.ExternalIds
            join m in db.Messages on new { e.TenantId, Id = e.MessageId } equals new { m.TenantId, Id = (long?)m.Id }
            where e.TenantId == tenant && e.AccountId == account && e.Id == id
            select new { m.ConversationId, m.At }).FirstOrDefaultAsync();
        return last is null ? null : (last.ConversationId, last.At);
    }
}
