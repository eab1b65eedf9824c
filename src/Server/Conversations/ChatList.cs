using System.Globalization;
using ChatOperator.Attachments;
using ChatOperator.Conversations.Search;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>The chat list, newest first, page by page. Each page is one descent of an index, however deep it lies.</summary>
internal static class ChatList
{
    private const int DefaultLimit = 20;
    public const int MaxLimit = 200;

    /// <summary>The words of <c>channel</c>, as the specification closes them.</summary>
    private static readonly string[] ChannelSources = ["whatsapp", "instagram", "facebook", "web"];

    /// <summary>One page, and the cursor of the next; null at the end of the list.</summary>
    /// <exception cref="Problem">400: an unknown filter, a limit out of range, a cursor that is none.</exception>
    public static async Task<(List<ChatSummary> Chats, string? Next)> ReadAsync(
        this AppDb db, ChatListQuery query, ConversationSearch search, MediaLinks links, CancellationToken cancel)
    {
        var limit = Limit(query.Limit, DefaultLimit);
        var offset = query.Offset is null or >= 0 ? query.Offset ?? 0 : throw Problem.Invalid("offset must be 0 or more.");
        var found = Filter(db.Conversations.AsNoTracking(), query);
        if (query.Q is { } words && words.Trim().Length > 0)
        {
            var candidates = await search.FindAsync(db.Tenant!.Value, words, cancel);
            found = found.Where(c => candidates.Contains(c.Id));
        }
        if (query.Before is { Length: > 0 } cursor)
        {
            var (at, id) = Place(cursor);
            found = found.Where(c => c.LastMessageAt <= at && (c.LastMessageAt < at || c.Id.CompareTo(id) < 0));
        }
        // Of several in one moment the row shows the one that was stored last.
        var newest = db.Messages.Where(m => m.Type != Message.Reaction).OrderByDescending(m => m.Id);
        var files = db.Attachments;
        var ordered = found.OrderByDescending(c => c.LastMessageAt).ThenByDescending(c => c.Id);
        var rows = await (offset == 0 ? ordered : ordered.Skip(offset)).Take(limit + 1)
            .Select(c => new
            {
                Chat = new ChatSummary(
                    c.Id, c.Phone, c.DisplayName, c.LastMessage, c.LastMessageAt, c.ChannelSource, c.UnreadCount, c.IsLocked,
                    c.AccountId, c.LastInboundAt, c.WindowExpiresAt, c.HeldBy, c.HeldWhy, c.HeldUntil,
                    newest.Where(m => m.TenantId == c.TenantId && m.ConversationId == c.Id && m.At == c.LastMessageAt).Select(m => m.Author).FirstOrDefault(),
                    newest.Where(m => m.TenantId == c.TenantId && m.ConversationId == c.Id && m.At == c.LastMessageAt && m.Author == MessageAuthor.Operator).Select(m => m.AuthorName).FirstOrDefault(),
                    newest.Where(m => m.TenantId == c.TenantId && m.ConversationId == c.Id && m.At == c.LastMessageAt).Select(m => m.OperatorId).FirstOrDefault(), null),
                Picture = files.Where(a => a.TenantId == c.TenantId && a.ConversationId == c.Id && a.Kind == Attachment.Portrait && a.State == AttachmentState.Stored)
                    .Select(a => (Guid?)a.Id).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        var chats = rows.ConvertAll(r => r.Picture is { } picture ? r.Chat with { PictureUrl = links.ToPortrait(db.Tenant!.Value, picture) } : r.Chat);
        if (chats.Count <= limit) return (chats, null);
        chats.RemoveAt(limit);
        return (chats, Cursor(chats[^1]));
    }

    /// <summary>A limit within 1 to 200.</summary>
    /// <exception cref="Problem">400: it is out of range. Not clamped: a client that asks for more would believe to have it.</exception>
    public static int Limit(int? wanted, int otherwise) =>
        wanted is null or (>= 1 and <= MaxLimit) ? wanted ?? otherwise : throw Problem.Invalid($"limit must be 1 to {MaxLimit}.");

    private static IQueryable<Conversation> Filter(IQueryable<Conversation> all, ChatListQuery query)
    {
        all = query.HumanFilter switch
        {
            null or "" or "all" => all,
            "human_only" => all.Where(c => c.IsLocked),
            "bot_only" => all.Where(c => !c.IsLocked),
            _ => throw Problem.Invalid("human_filter must be all, human_only or bot_only."),
        };
        if (string.IsNullOrEmpty(query.Channel)) return all;
        if (!ChannelSources.Contains(query.Channel)) throw Problem.Invalid($"channel must be one of {string.Join(", ", ChannelSources)}.");
        all = all.Where(c => c.ChannelSource == query.Channel);
        return query.Channel == Conversation.CommonestSource ? all : all.Where(c => c.ChannelSource != Conversation.CommonestSource);
    }

    private static string Cursor(ChatSummary last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.Timestamp.ToUnixTimeMilliseconds()}-{last.Id:N}");

    private static (DateTimeOffset At, Guid Id) Place(string cursor)
    {
        var dash = cursor.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && long.TryParse(cursor.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 253402300800000
            && Guid.TryParseExact(cursor.AsSpan(dash + 1), "N", out var id)
                ? (DateTimeOffset.FromUnixTimeMilliseconds(at), id)
                : throw Problem.Invalid("before is not a cursor of this list.", "Pass the header X-Next-Cursor of the page before.");
    }
}
