using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>The messages of one chat: the newest, older ones by position, new ones by arrival, or whatever changed.</summary>
internal static class MessagePage
{
    private const int DefaultLimit = 50;

    /// <summary>Ascending by (time, id), and the cursor that <c>since</c> takes next.</summary>
    /// <param name="head">Read before the conversation: what committed in between is shown twice rather than never.</param>
    /// <exception cref="Problem">400: a place that is none, or two of them. 410: the cursor's changes are no longer kept.</exception>
    public static async Task<(List<Message> Messages, ChangeCursor Next)> ReadMessagesAsync(
        this AppDb db, Conversation conversation, MessageQuery query, ChangeCursor head, ChangeLog log, CancellationToken cancel)
    {
        var limit = ChatList.Limit(query.Limit, DefaultLimit);
        if ((query.After is null ? 0 : 1) + (query.Before is null ? 0 : 1) + (query.Since is null ? 0 : 1) > 1)
            throw Problem.Invalid("Only one of after, before and since can be given.");
        var all = db.Messages.AsNoTracking().Where(m => m.ConversationId == conversation.Id);
        if (query.Since is not null) return await ChangedAsync(db, all, conversation, query.Since, limit, head, log, cancel);
        var messages = query switch
        {
            { After: { } id } => await ArrivedAsync(all, conversation, id, limit, cancel),
            { Before: { } id } => await OlderAsync(all, id, limit, cancel),
            _ => await NewestAsync(all, limit, cancel),
        };
        return (InOrder(messages), head);
    }

    private static Task<List<Message>> NewestAsync(IQueryable<Message> all, int limit, CancellationToken cancel) =>
        all.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(limit).ToListAsync(cancel);

    private static async Task<List<Message>> OlderAsync(IQueryable<Message> all, long before, int limit, CancellationToken cancel)
    {
        var at = await all.Where(m => m.Id == before).Select(m => (DateTimeOffset?)m.At).SingleOrDefaultAsync(cancel)
            ?? throw Problem.Invalid("before is not a message of this chat.");
        return await NewestAsync(all.Where(m => m.At <= at && (m.At < at || m.Id < before)), limit, cancel);
    }

    /// <remarks>Ids of one chat commit in order, so what is above the highest id seen is all there is to see. A poll that finds nothing
    /// new, by far the most frequent, costs no look at the messages.</remarks>
    private static async Task<List<Message>> ArrivedAsync(
        IQueryable<Message> all, Conversation conversation, long after, int limit, CancellationToken cancel) =>
        after >= conversation.LastMessageId
            ? []
            : await all.Where(m => m.Id > after).OrderBy(m => m.Id).Take(limit).ToListAsync(cancel);

    private static async Task<(List<Message>, ChangeCursor)> ChangedAsync(
        AppDb db, IQueryable<Message> all, Conversation conversation, string since, int limit, ChangeCursor head, ChangeLog log,
        CancellationToken cancel)
    {
        if (!ChangeCursor.TryParse(since, out var after))
            throw Problem.Invalid("since is not a valid cursor.", "Pass the header X-Cursor of the answer before.");
        if (!await log.HoldsAsync(db, conversation.TenantId, after, cancel)) throw Expired();
        // Whoever asks after a message was answered sees it, whatever still runs beside it; what lies after the head is told once more.
        var changes = await log.ReadUnsettledAsync(db, conversation.TenantId, after, limit, conversation.Id, cancel);
        var ids = changes.Select(c => long.Parse(c.EntityId, System.Globalization.CultureInfo.InvariantCulture)).Distinct().ToList();
        var messages = ids.Count == 0 ? [] : await all.Where(m => ids.Contains(m.Id)).ToListAsync(cancel);
        return (InOrder(messages), changes.Count < limit || head.IsBefore(changes[^1].Xid, changes[^1].Seq) ? head : log.At(changes[^1]));
    }

    private static List<Message> InOrder(List<Message> messages) => [.. messages.OrderBy(m => m.At).ThenBy(m => m.Id)];

    private static Problem Expired() =>
        new(410, "cursor_expired", "The changes after this cursor are no longer kept.", "Read the newest page without since and go on from its X-Cursor.");
}
