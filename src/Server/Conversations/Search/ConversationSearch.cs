using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Search;

/// <summary>Finds conversations by a contact's name or number and by what was said.</summary>
internal sealed class ConversationSearch(Databases databases)
{
    private const int MaxWords = 16;

    /// <summary>Candidates, in no order; the newest thousand at most. Nothing when the query has no words.</summary>
    public async Task<List<Guid>> FindAsync(Guid tenant, string query, CancellationToken cancel)
    {
        var mark = SearchWords.OfTenant(tenant);
        var words = SearchWords.Of(query).Take(MaxWords).ToList();
        if (words.Count == 0) return [];
        await using var system = databases.ForSystem();
        string[] contact = SearchWords.AsNumber(query) is { } number ? [mark, number] : [mark, .. words];
        var found = await SearchTables.ConversationsAsync(system, tenant, contact, cancel);
        var messages = await SearchTables.MessagesAsync(system, tenant, [mark, .. words], cancel);
        if (messages.Count == 0) return found;
        // The tenant's own door: whatever an index says, nobody finds another tenant's messages.
        await using var db = databases.For(tenant);
        var said = await db.Messages.Where(m => messages.Contains(m.Id)).Select(m => m.ConversationId).Distinct().ToListAsync(cancel);
        return [.. said.Union(found)];
    }
}
