using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// Changes of a message that exists already. One that is not here yet, because its change overtook it, gets them when it comes: they wait under
/// the network's id of it, in the row that whoever stores the message writes too.
/// </summary>
internal static class Targets
{
    /// <summary>So many changes wait for one message; a network that says more of what never comes is not believed.</summary>
    private const int MostWaiting = 50;

    /// <summary>The message as it is now; null when it was not changed.</summary>
    public static async Task<Message?> ApplyAsync(SingleEvent single, string target, TargetChange change, AppDb db)
    {
        var message = await FindAsync(single, target, db);
        if (message is null)
        {
            if (await WaitAsync(single, target, change, db))
            {
                single.Item.Conclude(Verdict.Applied, "parked");
                return null;
            }
            // Either it was stored at this very moment, or too much waits for it.
            message = await FindAsync(single, target, db);
        }
        if (message is null)
        {
            single.Item.Conclude(Verdict.Unsupported, "target_unknown");
            return null;
        }
        (single.Item.MessageId, single.Item.ConversationId) = (message.Id, message.ConversationId);
        if (!await change.ApplyAsync(message, db))
        {
            single.Item.Conclude(Verdict.Duplicate);
            return null;
        }
        Record(message, db);
        single.Item.Conclude(Verdict.Applied);
        return message;
    }

    /// <summary>Applies what has waited for a message, in the transaction that stored it or in a later one.</summary>
    /// <param name="waited">As it is stored.</param>
    /// <returns>The message as it is now.</returns>
    public static async Task<Message?> ApplyWaitingAsync(Guid tenant, long number, string waited, AppDb db)
    {
        if (await LockAsync(tenant, number, db) is not { } message) return null;
        foreach (var change in TargetChange.Read(waited)) await change.ApplyAsync(message, db);
        Record(message, db);
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

    /// <summary>The message's extra facts, to be changed and written back.</summary>
    public static JsonObject Extra(Message message) => message.Extra is { } json ? JsonNode.Parse(json)!.AsObject() : [];

    private static async Task<Message?> FindAsync(SingleEvent single, string id, AppDb db)
    {
        var (tenant, account) = (single.Account.TenantId, single.Account.Id);
        var number = await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && e.Id == id).Select(e => e.MessageId).SingleOrDefaultAsync();
        return number is { } known ? await LockAsync(tenant, known, db) : null;
    }

    /// <summary>What is read here is written back changed: nobody else may do the same at the same time.</summary>
    private static async Task<Message?> LockAsync(Guid tenant, long number, AppDb db)
    {
        var rows = db is PostgresDb
            ? db.Messages.FromSql($"SELECT * FROM message WHERE tenant_id = {tenant} AND id = {number} FOR UPDATE")
            : db.Messages.Where(m => m.TenantId == tenant && m.Id == number);
        return (await rows.ToListAsync()).SingleOrDefault();
    }

    /// <summary>False when the message is known by now.</summary>
    private static async Task<bool> WaitAsync(SingleEvent single, string id, TargetChange change, AppDb db)
    {
        var (tenant, account, json, at) = (single.Account.TenantId, single.Account.Id, change.Write(), single.Arrival.At);
        FormattableString wait;
        if (db is PostgresDb)
            wait = $"""
                INSERT INTO external_id AS e (tenant_id, account_id, id, pending_rank, pending_changes, at) VALUES ({tenant}, {account}, {id}, 0, {json}::jsonb, {at})
                ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET pending_changes = coalesce(e.pending_changes, '[]') || excluded.pending_changes
                WHERE e.message_id IS NULL AND jsonb_array_length(coalesce(e.pending_changes, '[]')) < {MostWaiting}
                """;
        else
            wait = $"""
                INSERT INTO external_id AS e (tenant_id, account_id, id, pending_rank, pending_changes, at)
                VALUES ({Db.Sqlite.Blob(tenant)}, {Db.Sqlite.Blob(account)}, {id}, 0, {json}, {at.ToUnixTimeMilliseconds()})
                ON CONFLICT (tenant_id, account_id, id) DO UPDATE
                SET pending_changes = json_insert(coalesce(e.pending_changes, '[]'), '$[#]', json_extract(excluded.pending_changes, '$[0]'))
                WHERE e.message_id IS NULL AND json_array_length(coalesce(e.pending_changes, '[]')) < {MostWaiting}
                """;
        return await db.Database.ExecuteSqlAsync(wait) > 0;
    }

    private static void Record(Message message, AppDb db) =>
        db.Record(message.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), message.ConversationId);
}
