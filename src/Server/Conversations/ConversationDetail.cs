using ChatOperator.Attachments;
using ChatOperator.ChannelAccounts;
using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>One conversation with everything that stands around it.</summary>
/// <param name="HeldUntil">When it goes back to the agent by itself.</param>
/// <param name="LockVersion">Moves whenever the holder changes.</param>
/// <param name="Reply">How long free text may be sent, and what may be sent after.</param>
/// <param name="PictureUrl">The contact's picture, a small WebP; null: the network gave none.</param>
public sealed record ConversationDetail(
    Guid Id, ContactView Contact, AccountOfConversation Account, string ChannelSource, DateTimeOffset CreatedAt,
    string LastMessage, long LastMessageId, DateTimeOffset LastMessageAt, DateTimeOffset? LastInteractionAt,
    DateTimeOffset? WindowExpiresAt, int UnreadCount, long ReadUpTo,
    bool IsLocked, string? HeldBy, Guid? HeldById, OverrideReason? Why, DateTimeOffset? HeldSince, DateTimeOffset? HeldUntil, int LockVersion,
    DateTimeOffset? AgentDueAt, ReplyPolicy Reply, string? PictureUrl)
{
    internal static async Task<TaggedJson<ConversationDetail>> ReadAsync(Guid id, AppDb db, MediaLinks links, CancellationToken cancel)
    {
        var c = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
        var contact = await db.ContactViewAsync(c.ContactId, cancel) ?? throw Problem.NotFound();
        var row = await db.ChannelAccounts.AsNoTracking().SingleAsync(a => a.Id == c.AccountId, cancel);
        var account = new AccountOfConversation(row.Id, row.Name, row.Channel, row.State, row.StateReason);
        var picture = await db.Attachments.AsNoTracking()
            .Where(a => a.ConversationId == id && a.Kind == Attachment.Portrait && a.State == AttachmentState.Stored).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancel);
        return new(new ConversationDetail(
            c.Id, contact, account, c.ChannelSource, c.CreatedAt, c.LastMessage, c.LastMessageId, c.LastMessageAt, c.LastInboundAt,
            c.WindowExpiresAt, c.UnreadCount, c.ReadUpTo, c.IsLocked, c.HeldBy, c.HeldById, c.HeldWhy, c.HeldSince, c.HeldUntil,
            c.LockVersion, c.AgentDueAt, ReplyPolicy.Of(c, row), picture is { } known ? links.ToPortrait(c.TenantId, known) : null));
    }
}

/// <summary>The account a conversation runs on.</summary>
/// <param name="Channel">Key of the channel that speaks for it.</param>
/// <param name="StateReason">Why it is paused; null otherwise.</param>
public sealed record AccountOfConversation(Guid Id, string Name, string Channel, AccountState State, string? StateReason);
