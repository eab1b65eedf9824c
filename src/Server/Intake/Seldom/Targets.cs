using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>The message an event speaks of.</summary>
internal static class Targets
{
    /// <summary>The message of that network id on the event's account; null, and the item concluded, when we do not have it.</summary>
    public static async Task<Message?> FindAsync(SeldomEvent seldom, string externalId, AppDb db)
    {
        var (tenant, account, id) = (seldom.Account.TenantId, seldom.Account.Id, Text.Clean(externalId));
        var number = await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && e.Id == id).Select(e => e.MessageId).SingleOrDefaultAsync();
        var message = number is null ? null : await db.Messages.SingleOrDefaultAsync(m => m.TenantId == tenant && m.Id == number);
        if (message is null) seldom.Item.Conclude(Verdict.Unsupported, "target_unknown");
        return message;
    }

    /// <summary>Changes what a message says, in the chat list too when it is the last one there.</summary>
    public static async Task SayAsync(Message message, string words, AppDb db)
    {
        var shown = ConversationUpdate.Preview(message.Text);
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.TenantId == message.TenantId && c.Id == message.ConversationId);
        if (conversation is not null && conversation.LastMessageAt == message.At && conversation.LastMessage == shown)
            conversation.LastMessage = ConversationUpdate.Preview(words);
        message.Text = words;
    }

    /// <summary>Concludes an item that changed a message, and tells the change log.</summary>
    public static void Changed(SeldomEvent seldom, Message message, AppDb db)
    {
        db.Record(message.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), message.ConversationId);
        (seldom.Item.MessageId, seldom.Item.ConversationId) = (message.Id, message.ConversationId);
        seldom.Item.Conclude(Verdict.Applied);
    }

    /// <summary>The message's extra facts, to be changed and written back.</summary>
    public static JsonObject Extra(Message message) => message.Extra is { } json ? JsonNode.Parse(json)!.AsObject() : [];
}
