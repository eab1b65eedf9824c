using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>The conversation that an event is about, when it is about no message.</summary>
internal static class Places
{
    /// <summary>Null, and the item is concluded, when the person never wrote, or their chat goes on in another conversation of the network.</summary>
    public static async Task<Guid?> FindAsync(SingleEvent single, Person with, AppDb db)
    {
        var (tenant, account) = (single.Account.TenantId, single.Account.Id);
        var keys = with.Identities.Select(i => Text.Clean(i.Key)).ToList();
        var address = Text.Clean(with.Address);
        var found = await (
            from identity in db.ContactIdentities
            where identity.TenantId == tenant && keys.Contains(identity.Key)
            join conversation in db.Conversations on new { identity.TenantId, identity.ContactId } equals new { conversation.TenantId, conversation.ContactId }
            where conversation.AccountId == account && conversation.Address == address
            select (Guid?)conversation.Id).FirstOrDefaultAsync();
        if (found is null) single.Item.Conclude(Verdict.Unsupported, "conversation_unknown");
        (single.ConversationId, single.Item.ConversationId) = (found, found);
        return found;
    }

    /// <summary>The same, locked until the batch is committed.</summary>
    public static async Task<Conversation?> LockAsync(SingleEvent single, Person with, AppDb db)
    {
        if (await FindAsync(single, with, db) is not { } id) return null;
        var tenant = single.Account.TenantId;
        var rows = db is PostgresDb
            ? db.Conversations.FromSql($"SELECT * FROM conversation WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE")
            : db.Conversations.Where(c => c.TenantId == tenant && c.Id == id);
        return (await rows.ToListAsync()).Single();
    }
}
