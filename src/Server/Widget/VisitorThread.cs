using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ChatOperator.Attachments;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Widget;

/// <summary>A message as its visitor sees it: no statuses of ours, no errors, nobody's ids.</summary>
/// <param name="From">visitor, operator or agent.</param>
/// <param name="Name">Of the operator or the agent; null for the visitor.</param>
/// <param name="ClientId">How the browser that wrote it numbered it; null for the others'.</param>
/// <param name="Read">Whether the visitor saw it; of our side's messages only.</param>
public sealed record VisitorMessage(
    long Id, string From, string? Name, string Type, string Text, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Read,
    IReadOnlyList<AttachmentView> Files);

/// <summary>What a visitor may see of a conversation: their own words, and of ours what the outbox has recorded as sent.</summary>
internal static partial class VisitorThread
{
    /// <summary>The visitor's conversation, or null while they have written nothing.</summary>
    public static async Task<Conversation?> ConversationOfAsync(this AppDb db, Visitor visitor, CancellationToken cancel)
    {
        var (tenant, account, keys) = (visitor.Account.TenantId, visitor.Account.Id, visitor.Keys);
        var found = await (
            from identity in db.ContactIdentities.AsNoTracking()
            join conversation in db.Conversations.AsNoTracking() on identity.ContactId equals conversation.ContactId
            where identity.TenantId == tenant && keys.Contains(identity.Key) && conversation.TenantId == tenant && conversation.AccountId == account
            select new { identity.Key, Conversation = conversation }).ToListAsync(cancel);
        return found.OrderBy(f => f.Key == keys[0] ? 0 : 1).FirstOrDefault()?.Conversation;
    }

    public static IQueryable<Message> VisibleTo(this AppDb db, Conversation conversation) =>
        db.Messages.AsNoTracking().Where(m => m.TenantId == conversation.TenantId && m.ConversationId == conversation.Id
            && (m.Author == MessageAuthor.Contact
                || ((m.Author == MessageAuthor.Operator || m.Author == MessageAuthor.Agent)
                    && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Delivered || m.Status == MessageStatus.Read
                        || m.Status == MessageStatus.Played))));

    /// <summary>Messages as the visitor sees them, with their files.</summary>
    public static async Task<List<VisitorMessage>> ViewAsync(
        this AppDb db, IReadOnlyList<Message> messages, Visitor visitor, MediaLinks links, CancellationToken cancel)
    {
        var files = await db.FilesOfAsync([.. messages.Where(m => m.Type != "text").Select(m => m.Id)], links, cancel);
        return [.. messages.Select(m => Of(m, visitor, [.. files[m.Id]]))];
    }

    private static VisitorMessage Of(Message message, Visitor visitor, IReadOnlyList<AttachmentView> files)
    {
        var own = visitor.ExternalId("");
        return new VisitorMessage(
            message.Id, message.Author switch { MessageAuthor.Contact => "visitor", MessageAuthor.Agent => "agent", _ => "operator" },
            message.Author == MessageAuthor.Contact ? null : message.AuthorName, message.Type,
            files.Count > 0 && Placeholder.IsMatch(message.Text) ? "" : message.Text, message.At,
            message.Author == MessageAuthor.Contact && message.ExternalId?.StartsWith(own, StringComparison.Ordinal) == true
                ? message.ExternalId[own.Length..] : null,
            message.Status is MessageStatus.Read or MessageStatus.Played,
            files);
    }

    /// <summary>What lists show where a file came without words; the visitor sees the file itself.</summary>
    [GeneratedRegex(@"^\[(Image|Video|Audio|Voice note|Sticker|Document)(: .*)?\]$", RegexOptions.Singleline)]
    private static partial Regex Placeholder { get; }
}
