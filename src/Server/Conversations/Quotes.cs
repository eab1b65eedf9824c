using System.Runtime.CompilerServices;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Finds what messages quote: networks name it by their own message id.</summary>
internal static class Quotes
{
    private const int PreviewLength = 200;

    /// <summary>The quoted messages of one page, by the network's id. Those that never reached us are missing.</summary>
    /// <remarks>
    /// The table of network ids belongs to the outbox, which builds upon this slice and so cannot be named here; it is read by its key.
    /// </remarks>
    public static async Task<IReadOnlyDictionary<string, QuotedView>> QuotedAsync(
        this AppDb db, Conversation conversation, List<Message> page, CancellationToken cancel)
    {
        var ids = page.Select(m => m.ReplyTo).OfType<string>().Distinct().ToArray();
        if (ids.Length == 0) return new Dictionary<string, QuotedView>();
        var (tenant, account) = (Key(db, conversation.TenantId), Key(db, conversation.AccountId));
        var places = string.Join(", ", ids.Select((_, i) => $"{{{i + 2}}}"));
        var sql = "SELECT id, message_id FROM external_id WHERE tenant_id = {0} AND account_id = {1} AND message_id IS NOT NULL AND id IN ("
            + places + ")";
        var known = await db.Database.SqlQuery<NetworkId>(FormattableStringFactory.Create(sql, [tenant, account, .. ids])).ToListAsync(cancel);
        var messageIds = known.ConvertAll(k => k.MessageId);
        var messages = await db.Messages.AsNoTracking().Where(m => messageIds.Contains(m.Id) && m.ConversationId == conversation.Id)
            .Select(m => new { m.Id, m.Author, m.Text }).ToDictionaryAsync(m => m.Id, cancel);
        return known.Where(k => messages.ContainsKey(k.MessageId)).ToDictionary(
            k => k.Id, k => new QuotedView(
                k.MessageId, messages[k.MessageId].Author == MessageAuthor.Contact ? "user" : "agent", Cut(messages[k.MessageId].Text)));
    }

    private static object Key(AppDb db, Guid id) => db is SqliteDb ? Sqlite.Blob(id) : id;

    private static string Cut(string text) => text.Length <= PreviewLength ? text : text[..PreviewLength];

    private sealed record NetworkId(string Id, long MessageId);
}
