using ChatOperator.Changes;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>The human who has a conversation.</summary>
/// <param name="Id">The operator; null for an API token or a human outside this product.</param>
/// <param name="Name">"" for a human outside this product.</param>
internal sealed record Holder(Guid? Id, string Name)
{
    /// <summary>A human outside this product, the agent, or the clock.</summary>
    public static readonly Holder Nobody = new(null, "");
}

/// <summary>
/// The human's word, as verbs of a locked conversation. Each change of holder moves the lock version, and nothing that the agent
/// enqueued under an older version leaves any more.
/// </summary>
internal static class HumanOverride
{
    extension(Conversation conversation)
    {
        public bool IsHeldBy(Holder holder) =>
            conversation.IsLocked && conversation.HeldById == holder.Id && conversation.HeldBy == holder.Name;

        /// <summary>Taken from the agent, but nobody in particular has it: a hand-off that waits, or a human outside this product.</summary>
        public bool IsHeldByNobody => conversation is { IsLocked: true, HeldById: null, HeldBy: null or "" };

        /// <summary>Gives the conversation to a human, whoever had it. False when that human had it already on the same terms.</summary>
        /// <param name="until">When it goes back to the agent by itself; null: when somebody gives it back.</param>
        public bool TakeOver(Holder holder, OverrideReason why, DateTimeOffset now, DateTimeOffset? until)
        {
            var same = conversation.IsHeldBy(holder);
            if (same && conversation.HeldUntil == until) return false;
            conversation.HeldUntil = until;
            if (same) return true;
            conversation.LockVersion++;
            conversation.AgentDueAt = null;
            (conversation.IsLocked, conversation.HeldById, conversation.HeldBy) = (true, holder.Id, holder.Name);
            (conversation.HeldWhy, conversation.HeldSince) = (why, now);
            return true;
        }

        /// <summary>
        /// A human outside this product spoke. The conversation is theirs, also when it only waited for somebody: what the agent said while handing
        /// it over does not leave after that. False when a human had it already. The same in SQL: <see cref="OpenToEcho"/>.
        /// </summary>
        public bool TakeByEcho(DateTimeOffset now)
        {
            if (conversation.IsLocked && (!conversation.IsHeldByNobody || conversation.HeldWhy == OverrideReason.Echo)) return false;
            conversation.LockVersion++;
            conversation.AgentDueAt = null;
            (conversation.IsLocked, conversation.HeldById, conversation.HeldBy) = (true, null, "");
            (conversation.HeldWhy, conversation.HeldSince, conversation.HeldUntil) = (OverrideReason.Echo, now, null);
            return true;
        }

        /// <summary>
        /// Gives a locked conversation back to the agent, which answers what comes next and not what was said before. False when nobody had it.
        /// </summary>
        public bool Release()
        {
            if (!conversation.IsLocked) return false;
            conversation.LockVersion++;
            (conversation.IsLocked, conversation.HeldById, conversation.HeldBy) = (false, null, null);
            (conversation.HeldWhy, conversation.HeldSince, conversation.HeldUntil) = (null, null, null);
            return true;
        }
    }

    /// <summary>SQL: whether a conversation's row is nobody's yet, so that a human's word from outside takes it.</summary>
    public const string OpenToEcho = "(NOT is_locked OR (held_by_id IS NULL AND coalesce(held_by, '') = '' AND held_why <> 'echo'))";

    /// <summary>
    /// Gives a locked conversation back to the agent, which looks at what the contact wrote last when nobody answered that. False when nobody
    /// had it.
    /// </summary>
    public static async Task<bool> ReleaseAsync(this AppDb db, Conversation conversation, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (!conversation.Release()) return false;
        if (await db.IsUnansweredAsync(conversation, cancel)) conversation.AgentDueAt = now;
        return true;
    }

    /// <summary>Whether nothing of ours followed what the contact wrote last; what was withdrawn, cancelled or failed is no answer.</summary>
    public static async Task<bool> IsUnansweredAsync(this AppDb db, Conversation conversation, CancellationToken cancel = default) =>
        conversation.LastInboundId > 0 && !await db.Messages.AnyAsync(
            m => m.TenantId == conversation.TenantId && m.ConversationId == conversation.Id && m.Id > conversation.LastInboundId
                && (m.Author == MessageAuthor.Operator || m.Author == MessageAuthor.Agent || m.Author == MessageAuthor.Echo)
                && m.Type != Message.Reaction && m.Status != MessageStatus.Withdrawn && m.Status != MessageStatus.Cancelled && m.Status != MessageStatus.Failed,
            cancel);

    /// <summary>Logs that the conversation's row changed.</summary>
    public static void RecordConversation(this AppDb db, Conversation conversation) =>
        db.Record(conversation.TenantId, ChangeKind.Conversation, conversation.Id.ToString(), conversation.Id);
}
