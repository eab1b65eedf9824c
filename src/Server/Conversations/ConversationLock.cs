using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Taking a conversation's row for oneself until the transaction ends. First in the lock order: then messages, deliveries, counters.</summary>
internal static class ConversationLock
{
    /// <summary>
    /// The conversation, tracked, as it is now that nobody else can change it; null when the tenant has no such conversation.
    /// Only inside <see cref="Writing.WriteAsync{T}"/>: on SQLite the write gate is the lock, on PostgreSQL the row's own.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transaction is open, so nothing would be locked.</exception>
    public static async Task<Conversation?> LockConversationAsync(this AppDb db, Guid tenant, Guid id, CancellationToken cancel = default)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A conversation is locked inside WriteAsync.");
        if (db.Locked.Contains(id)) return await db.Conversations.FindAsync([tenant, id], cancel);
        // A tracked row wins over the one just read, so what was loaded before the lock has to be read again.
        var known = db.ChangeTracker.Entries<Conversation>().FirstOrDefault(e => e.Entity.TenantId == tenant && e.Entity.Id == id);
        var rows = db is PostgresDb
            ? db.Conversations.FromSql($"SELECT * FROM conversation WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE")
            : db.Conversations.Where(c => c.TenantId == tenant && c.Id == id);
        var conversation = (await rows.ToListAsync(cancel)).SingleOrDefault();
        if (conversation is not null && known is { State: EntityState.Unchanged }) await known.ReloadAsync(cancel);
        if (conversation is not null) db.Locked.Add(id);
        return conversation;
    }

    /// <summary>
    /// Locks several at once, in the order of their ids as everywhere, for a transaction that begins with it. Afterwards
    /// <see cref="LockConversationAsync"/> gives each without asking again.
    /// </summary>
    public static async Task LockConversationsAsync(this AppDb db, Guid tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancel = default)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Conversations are locked inside WriteAsync.");
        var wanted = ids.ToArray();
        var rows = db is PostgresDb
            ? db.Conversations.FromSql($"SELECT * FROM conversation WHERE tenant_id = {tenant} AND id = ANY ({wanted}) ORDER BY id FOR UPDATE")
            : db.Conversations.Where(c => c.TenantId == tenant && wanted.Contains(c.Id));
        foreach (var conversation in await rows.ToListAsync(cancel)) db.Locked.Add(conversation.Id);
    }
}
