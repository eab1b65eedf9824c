using ChatOperator.Agents;
using ChatOperator.Agents.Turns;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Traces;

/// <summary>What a story consists of, before it is told.</summary>
/// <param name="Turns">The agent's, oldest first.</param>
internal sealed record Story(
    Guid Correlation, Receipt? Receipt, IReadOnlyList<ReceiptItem> Items, IReadOnlyList<long> Messages, IReadOnlyList<AgentTurn> Turns);

/// <summary>
/// Finds the story that any of its ids belongs to, each by a key. What a contact wrote, the turns that thought about it and what they said
/// are one story, whichever of them is asked for.
/// </summary>
internal static class FindStory
{
    /// <summary>By the id of a receipt, of a turn, or of what we said ourselves.</summary>
    public static async Task<Story?> FindByCorrelationAsync(this AppDb db, Guid correlation, CancellationToken cancel)
    {
        if (await AiLog.FindAsync(db, correlation, cancel) is { } turn) return await OfTurnAsync(db, turn, cancel);
        var receipt = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == correlation, cancel);
        // Asked for in the words of the index, which leaves out what contacts said: that is found by its receipt.
        var said = await db.Messages.AsNoTracking().Where(m => m.CorrelationId == correlation && m.Author != MessageAuthor.Contact)
            .OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(cancel);
        if (receipt is null && said.Count == 0) return null;
        var items = receipt is null ? [] : Receipts.ItemsOf(receipt);
        return new Story(correlation, receipt, items, [.. said.Union(items.Select(i => i.Message).OfType<long>()).Order()], []);
    }

    /// <summary>By a message's id: its own story, without its receipt's other messages.</summary>
    public static async Task<Story?> FindByMessageAsync(this AppDb db, long id, CancellationToken cancel)
    {
        var found = await db.Messages.AsNoTracking().Where(m => m.Id == id).Select(m => new { m.CorrelationId, m.ConversationId, m.Author }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        if (found.Author == MessageAuthor.Agent && await AiLog.FindAsync(db, found.CorrelationId, cancel) is { } turn) return await OfTurnAsync(db, turn, cancel);
        var whole = await db.FindByCorrelationAsync(found.CorrelationId, cancel);
        var turns = found.Author == MessageAuthor.Contact ? await db.TurnsAnsweringAsync(found.ConversationId, id, cancel) : [];
        long[] messages = [id, .. turns.Select(t => t.MessageId).OfType<long>()];
        return new Story(found.CorrelationId, whole?.Receipt, [.. whole?.Items.Where(i => i.Message == id) ?? []], messages, turns);
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

    /// <summary>What it answered, with the receipt that brought it, the turn, and what it said.</summary>
    private static async Task<Story> OfTurnAsync(AppDb db, AgentTurn turn, CancellationToken cancel)
    {
        var asked = await db.Messages.AsNoTracking().Where(m => m.Id == turn.UpToId).Select(m => (Guid?)m.CorrelationId).SingleOrDefaultAsync(cancel);
        var receipt = asked is null ? null : await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == asked, cancel);
        var items = receipt is null ? [] : Receipts.ItemsOf(receipt).Where(i => i.Message == turn.UpToId).ToArray();
        long[] messages = turn.MessageId is { } said ? [turn.UpToId, said] : [turn.UpToId];
        return new Story(turn.Id, receipt, items, messages, [turn]);
    }

    private static Task<List<Guid>> ChannelAccountIdsAsync(this AppDb db, CancellationToken cancel) =>
        db.Set<ChannelAccounts.ChannelAccount>().AsNoTracking().Select(a => a.Id).ToListAsync(cancel);
}
