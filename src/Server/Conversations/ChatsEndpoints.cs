using System.ComponentModel.DataAnnotations;
using ChatOperator.Attachments;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Conversations.Search;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>The specification's endpoints that read chats. None of them changes anything, least of all what is unread.</summary>
internal static class ChatsEndpoints
{
    /// <summary>Where to go on reading the list; absent at its end.</summary>
    private const string NextCursor = "X-Next-Cursor";

    /// <summary>The place in the change log that an answer shows at least.</summary>
    private const string Cursor = "X-Cursor";

    public static void MapChats(this WebApplication app)
    {
        var chats = app.MapGroup("/admin/chats").WithTags("Chats").RequireAuthorization(Access.Read);
        chats.MapGet("/summary", SummaryAsync).WithSummary("The chat list, newest first")
            .WithAnswerHeader(NextCursor, "What to pass as before for the next page; absent at the end of the list.")
            .WithAnswerHeader(Cursor, "The place in the change log that this answer shows at least.");
        chats.MapGet("/{id:guid}/messages", MessagesAsync).WithSummary("Messages of a chat, oldest first")
            .WithAnswerHeader(Cursor, "What to pass as since the next time.");
        chats.MapPost("/{id:guid}/read", ReadAsync).RequireAuthorization(Access.Write).WithSummary("Mark a chat as read up to a message");
        app.MapGet("/admin/conversations/{id:guid}", ConversationDetail.ReadAsync).WithTags("Chats").RequireAuthorization(Access.Read)
            .WithSummary("One conversation with its contact, account and holder");
        app.MapPost("/admin/conversations/{id:guid}/typing", TypingAsync).WithTags("Chats").RequireAuthorization(Access.Write)
            .WithSummary("Say that an operator is typing, to colleagues and, where the network can, to the contact; repeat it every few seconds");
    }

    private static async Task<TaggedJson<List<ChatSummary>>> SummaryAsync(
        [AsParameters] ChatListQuery query, AppDb db, ConversationSearch search, ChangeLog log, MediaLinks links, HttpResponse response, CancellationToken cancel)
    {
        var head = await log.HeadAsync(db, cancel);
        var (chats, next) = await db.ReadAsync(query, search, links, cancel);
        response.Headers[Cursor] = head.ToString();
        if (next is not null) response.Headers[NextCursor] = next;
        return new TaggedJson<List<ChatSummary>>(chats);
    }

    private static async Task<TaggedJson<List<MessageView>>> MessagesAsync(
        Guid id, [AsParameters] MessageQuery query, AppDb db, ChangeLog log, AccountDirectory accounts, MediaLinks links, HttpContext http,
        CancellationToken cancel)
    {
        var head = await log.HeadAsync(db, cancel);
        var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
        var (messages, cursor) = await db.ReadMessagesAsync(conversation, query, head, log, cancel);
        await db.ShowOwnReactionsAsync(messages, cancel);
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        var quoted = await db.QuotedAsync(conversation, messages, cancel);
        var files = await db.FilesOfAsync([.. messages.Where(m => m.Type != "text").Select(m => m.Id)], links, cancel);
        var words = new FailureText(account?.Channel.Info, Language.Of(http.Request));
        http.Response.Headers[Cursor] = cursor.ToString();
        http.Response.Headers.Vary = "Accept-Language";
        return new TaggedJson<List<MessageView>>(messages.ConvertAll(m => MessageView.Of(m, conversation, quoted, files, words)));
    }

    private static Task<ReadState> ReadAsync(Guid id, ReadMark mark, AppDb db, ContactSigns signs, CancellationToken cancel) =>
        MarkRead.AsReadAsync(db, id, mark.UpTo, signs, cancel);

    private static async Task<NoContent> TypingAsync(Guid id, CurrentCaller caller, AppDb db, ContactSigns signs, CancellationToken cancel)
    {
        await Typing.TellAsync(db, id, Typing.ByOperator(caller.OperatorId), cancel);
        await signs.OfferTypingAsync(db, id, cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>What of the list, and how much.</summary>
internal sealed record ChatListQuery
{
    [FromQuery(Name = "human_filter"), AllowedValues("all", "human_only", "bot_only")]
    public string? HumanFilter { get; init; }

    [FromQuery(Name = "channel"), AllowedValues("whatsapp", "instagram", "facebook", "web")]
    public string? Channel { get; init; }

    /// <summary>By default 20.</summary>
    [FromQuery(Name = "limit"), Range(1, ChatList.MaxLimit)]
    public int? Limit { get; init; }

    [FromQuery(Name = "offset"), Range(0, int.MaxValue)]
    public int? Offset { get; init; }

    /// <summary>In the name, the phone number or the messages.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>The header X-Next-Cursor of the page before.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }
}

/// <summary>Which messages of a chat; at most one of the three places.</summary>
internal sealed record MessageQuery
{
    /// <summary>A message id: by arrival, what was committed after it, however old its time.</summary>
    [FromQuery(Name = "after")]
    public long? After { get; init; }

    /// <summary>A message id: by position, what stands before it.</summary>
    [FromQuery(Name = "before")]
    public long? Before { get; init; }

    /// <summary>A cursor: what is new or changed after it.</summary>
    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    /// <summary>By default 50.</summary>
    [FromQuery(Name = "limit"), Range(1, ChatList.MaxLimit)]
    public int? Limit { get; init; }
}
