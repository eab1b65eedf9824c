using ChatOperator.Agents;
using ChatOperator.Attachments;
using ChatOperator.Conversations;
using ChatOperator.Conversations.Search;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Removal;

/// <summary>So much of an account's data as one short transaction may remove. Locks as everybody does: the conversation, then what is in it.</summary>
internal sealed class RemovalPage(AppDb db, Guid tenant, Guid account)
{
    private const int Most = 200;

    /// <summary>Files whose rows are gone: to be removed after the commit, so that a crash leaves bytes but never a row without them.</summary>
    public List<Guid> Files { get; } = [];

    /// <returns>Whether anything was left to remove.</returns>
    public async Task<bool> RemoveAsync(CancellationToken cancel)
    {
        var chat = await db.Conversations.Where(c => c.TenantId == tenant && c.AccountId == account).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(cancel);
        if (chat is { } id) await FromConversationAsync(id, cancel);
        return chat is not null || await LeftOversAsync(cancel);
    }

    private async Task FromConversationAsync(Guid id, CancellationToken cancel)
    {
        if (await db.LockConversationAsync(tenant, id, cancel) is not { } chat) return;
        var page = await db.Messages.Where(m => m.TenantId == tenant && m.ConversationId == id).OrderBy(m => m.At).ThenBy(m => m.Id).Take(Most)
            .Select(m => new { m.Id, m.ExternalId }).ToListAsync(cancel);
        if (page.Count == 0 && !await RestAsync(id, cancel))
        {
            await SearchTables.RemoveAsync(db, tenant, id, cancel);
            db.Conversations.Remove(chat);
            db.RecordConversation(chat);
            return;
        }
        var messages = page.ConvertAll(m => m.Id).ToArray();
        var known = page.Select(m => m.ExternalId).OfType<string>().ToList();
        await db.DeliveryAttempts.Where(a => a.TenantId == tenant && messages.Contains(a.MessageId)).ExecuteDeleteAsync(cancel);
        await db.Deliveries.Where(d => d.TenantId == tenant && messages.Contains(d.MessageId)).ExecuteDeleteAsync(cancel);
        await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && known.Contains(e.Id)).ExecuteDeleteAsync(cancel);
        await RemoveFilesAsync(db.Attachments.Where(a => a.TenantId == tenant && a.MessageId != null && messages.Contains(a.MessageId.Value)), cancel);
        await SearchTables.RemoveAsync(db, tenant, messages, cancel);
        await db.Messages.Where(m => m.TenantId == tenant && messages.Contains(m.Id)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>What else belongs to a conversation. Whether there was so much of it that another page is needed.</summary>
    private async Task<bool> RestAsync(Guid id, CancellationToken cancel)
    {
        await db.HeldEchoes.Where(h => h.TenantId == tenant && h.AccountId == account && h.ConversationId == id).ExecuteDeleteAsync(cancel);
        await db.Drafts.Where(d => d.TenantId == tenant && d.ConversationId == id).ExecuteDeleteAsync(cancel);
        await RemoveFilesAsync(db.Attachments.Where(a => a.TenantId == tenant && a.ConversationId == id), cancel);
        var events = await db.OverrideEvents.Where(e => e.TenantId == tenant && e.ConversationId == id).Select(e => e.Id).Take(Most).ToListAsync(cancel);
        await db.OverrideEvents.Where(e => e.TenantId == tenant && e.ConversationId == id && events.Contains(e.Id)).ExecuteDeleteAsync(cancel);
        var turns = await db.AgentTurns.Where(t => t.TenantId == tenant && t.ConversationId == id).Select(t => t.Id).Take(Most).ToListAsync(cancel);
        await db.AgentTurns.Where(t => t.TenantId == tenant && turns.Contains(t.Id)).ExecuteDeleteAsync(cancel);
        return events.Count == Most || turns.Count == Most;
    }

    /// <summary>Of the account itself, once its conversations are gone.</summary>
    private async Task<bool> LeftOversAsync(CancellationToken cancel)
    {
        var ids = await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account).Select(e => e.Id).Take(Most).ToListAsync(cancel);
        await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && ids.Contains(e.Id)).ExecuteDeleteAsync(cancel);
        await db.AgentVersions.Where(v => v.TenantId == tenant && v.AccountId == account).ExecuteDeleteAsync(cancel);
        return ids.Count == Most;
    }

    private async Task RemoveFilesAsync(IQueryable<Attachment> files, CancellationToken cancel)
    {
        var ids = await files.Select(a => a.Id).ToListAsync(cancel);
        if (ids.Count == 0) return;
        await db.NetworkUploads.Where(u => u.TenantId == tenant && ids.Contains(u.AttachmentId)).ExecuteDeleteAsync(cancel);
        await db.Attachments.Where(a => a.TenantId == tenant && ids.Contains(a.Id)).ExecuteDeleteAsync(cancel);
        Files.AddRange(ids);
    }
}
