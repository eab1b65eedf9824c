using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
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
            .Where(d => d.TenantId == locked.TenantId && d.ConversationId == locked.Id && d.IsOpen && d.Status == MessageStatus.Queued && d.ByAgent)
            .Select(d => d.MessageId).Distinct().OrderBy(id => id).ToListAsync(cancel);
        foreach (var id in messages)
        {
            var message = await db.Messages.SingleAsync(m => m.TenantId == locked.TenantId && m.Id == id, cancel);
            var parts = await db.Deliveries.Where(d => d.TenantId == locked.TenantId && d.MessageId == id).ToListAsync(cancel);
            foreach (var part in parts.Where(p => p.Status == MessageStatus.Queued)) (part.Status, part.NotBefore) = (MessageStatus.Withdrawn, null);
            (message.NotBefore, message.Status) = (null, MessageStatusRank.OfParts(parts.Select(p => p.Status)));
            if (message.Status != MessageStatus.Withdrawn) message.Extra = WithUnsaid(message.Extra, Unsaid(message.Text, parts));
            db.Record(locked.TenantId, ChangeKind.Message, id.ToString(CultureInfo.InvariantCulture), locked.Id);
        }
    }

    /// <summary>The end of an agent's message that was taken back before it left; null when nothing of it was.</summary>
    public static async Task<string?> UnsaidAsync(this AppDb db, long message, string text, CancellationToken cancel) =>
        Unsaid(text, await db.Deliveries.AsNoTracking().Where(d => d.MessageId == message).ToListAsync(cancel));

    /// <summary>Until when a part of the agent's may still be on its way to the network; null: none is.</summary>
    public static async Task<DateTimeOffset?> AgentSendInFlightAsync(this AppDb db, Guid conversation, DateTimeOffset now, CancellationToken cancel) =>
        await db.Deliveries.AsNoTracking()
            .Where(d => d.ConversationId == conversation && d.IsOpen && d.Status == MessageStatus.Sending && d.ByAgent)
            .Join(db.DeliveryAttempts, d => d.AttemptId, a => a.Id, (d, a) => a)
            .Where(a => a.EndedAt == null && a.SendDeadline > now - Lane.ClockMargin).MaxAsync(a => (DateTimeOffset?)a.SendDeadline, cancel);

    /// <summary>A message is split at its own blanks: what follows the last part that left stands in it as it was written.</summary>
    private static string? Unsaid(string text, List<Delivery> parts)
    {
        var end = 0;
        foreach (var part in parts.OrderBy(p => p.Part))
        {
            var words = ContentJson.Read(part.Content).Text;
            var start = text.IndexOf(words, end, StringComparison.Ordinal);
            if (part.Status == MessageStatus.Withdrawn) return start < 0 ? words : text[start..];
            if (start >= 0) end = start + words.Length;
        }
        return null;
    }

    private static string? WithUnsaid(string? extra, string? unsaid)
    {
        if (unsaid is null) return extra;
        var json = extra is null ? [] : JsonNode.Parse(extra)!.AsObject();
        json["unsaid"] = unsaid;
        return json.ToJsonString();
    }
}
