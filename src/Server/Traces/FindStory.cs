using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Traces;

/// <summary>What a story consists of, before it is told.</summary>
internal sealed record Story(Guid Correlation, Receipt? Receipt, IReadOnlyList<ReceiptItem> Items, IReadOnlyList<long> Messages);

/// <summary>Finds the story that any of its ids belongs to, each by a key.</summary>
internal static class FindStory
{
    /// <summary>By the id of a receipt, or of what we said ourselves.</summary>
    public static async Task<Story?> FindByCorrelationAsync(this AppDb db, Guid correlation, CancellationToken cancel)
    {
        var receipt = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == correlation, cancel);
        // Asked for in the words of the index, which leaves out what contacts said: that is found by its receipt.
        var said = await db.Messages.AsNoTracking().Where(m => m.CorrelationId == correlation && m.Author != MessageAuthor.Contact)
            .OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(cancel);
        if (receipt is null && said.Count == 0) return null;
        var items = receipt is null ? [] : Receipts.ItemsOf(receipt);
        return new Story(correlation, receipt, items, [.. said.Union(items.Select(i => i.Message).OfType<long>()).Order()]);
    }

    /// <summary>By a message's id: its own story, without its receipt's other messages.</summary>
    public static async Task<Story?> FindByMessageAsync(this AppDb db, long id, CancellationToken cancel)
    {
        var correlation = await db.Messages.AsNoTracking().Where(m => m.Id == id).Select(m => (Guid?)m.CorrelationId).SingleOrDefaultAsync(cancel);
        if (correlation is not { } known) return null;
        var whole = await db.FindByCorrelationAsync(known, cancel);
        return new Story(known, whole?.Receipt, [.. whole?.Items.Where(i => i.Message == id) ?? []], [id]);
    }

    /// <summary>By a network's message id, on whichever of the tenant's accounts it is.</summary>
    public static async Task<Story?> FindByExternalIdAsync(this AppDb db, string externalId, CancellationToken cancel)
    {
        // The key begins with the account, of which a tenant has few.
        var accounts = await db.ChannelAccountIdsAsync(cancel);
        var message = await db.ExternalIds.AsNoTracking().Where(e => accounts.Contains(e.AccountId) && e.Id == externalId && e.MessageId != null)
            .Select(e => e.MessageId).FirstOrDefaultAsync(cancel);
        return message is { } id ? await db.FindByMessageAsync(id, cancel) : null;
    }

    private static Task<List<Guid>> ChannelAccountIdsAsync(this AppDb db, CancellationToken cancel) =>
        db.Set<ChannelAccounts.ChannelAccount>().AsNoTracking().Select(a => a.Id).ToListAsync(cancel);
}
