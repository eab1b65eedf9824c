using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Up to where an operator has read.</summary>
/// <param name="UpTo">A message id.</param>
public sealed record ReadMark(long UpTo);

/// <summary>What is left to read.</summary>
public sealed record ReadState(int UnreadCount);

/// <summary>Marking a chat as read.</summary>
internal static class MarkRead
{
    /// <summary>Marks what arrived up to a message as read, then lets the network know.</summary>
    /// <exception cref="Problem">400: no message id. 404: no such conversation.</exception>
    public static async Task<ReadState> AsReadAsync(AppDb db, Guid id, long upTo, ContactSigns signs, CancellationToken cancel)
    {
        if (upTo < 1) throw Problem.Invalid("up_to must be a message id.");
        var tenant = db.Tenant!.Value;
        var (conversation, news) = await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(tenant, id, cancel) ?? throw Problem.NotFound();
                return (locked, await db.ReadUpToAsync(locked, upTo, cancel));
            },
            cancel);
        if (news) await signs.OfferReadAsync(db, conversation, cancel);
        return new ReadState(conversation.UnreadCount);
    }

    /// <summary>
    /// On a locked conversation: what is unread is what the contact wrote after <paramref name="upTo"/>; reading never goes back.
    /// True when something became read.
    /// </summary>
    public static async Task<bool> ReadUpToAsync(this AppDb db, Conversation locked, long upTo, CancellationToken cancel = default)
    {
        var mark = Math.Min(upTo, locked.LastMessageId);
        if (mark <= locked.ReadUpTo) return false;
        var unread = mark >= locked.LastInboundId
            ? 0
            : await db.Messages.CountAsync(
                m => m.TenantId == locked.TenantId && m.ConversationId == locked.Id && m.Id > mark && m.Author == MessageAuthor.Contact, cancel);
        var news = unread != locked.UnreadCount;
        (locked.ReadUpTo, locked.UnreadCount) = (mark, unread);
        if (news) db.Record(locked.TenantId, ChangeKind.Conversation, locked.Id.ToString(), locked.Id);
        return news;
    }
}
