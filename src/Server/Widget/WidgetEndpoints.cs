using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>
/// The addresses under /widget, for visitors' browsers. Not signed in and not the operators' API, so they skip what looks for callers;
/// <see cref="WidgetGate"/> lets in.
/// </summary>
internal static class WidgetEndpoints
{
    public static void MapWidget(this WebApplication app)
    {
        var visitors = app.MapGroup("/widget/{key}").WithTags("Widget").AllowAnonymous();
        visitors.ShortCircuit();
        visitors.MapPost("/session", (string key, SessionRequest request, OpenSession open, HttpContext http, CancellationToken cancel) =>
            open.RunAsync(http, key, request, cancel)).WithSummary("Open a visitor's session");
        visitors.MapGet("/messages", (string key, long? before, ReadThread read, HttpContext http, CancellationToken cancel) =>
            read.RunAsync(http, key, before, cancel)).WithSummary("The visitor's newest messages, or those before one");
        visitors.MapPost("/messages", (string key, NewVisitorMessage message, PostMessage post, HttpContext http, CancellationToken cancel) =>
            post.RunAsync(http, key, message, cancel)).WithSummary("Say something; answered once it is stored");
        visitors.MapGet("/stream", (string key, string? cursor, VisitorStream stream, HttpContext http, CancellationToken cancel) =>
            stream.OpenAsync(http, key, cursor, cancel)).WithSummary("What happens in the visitor's conversation (server-sent events)");
        visitors.MapPost("/files", (string key, bool? voice, VisitorFiles files, HttpContext http, CancellationToken cancel) =>
            files.UploadAsync(http, key, voice == true, cancel)).Accepts<IFormFile>("multipart/form-data")
            .WithSummary("Upload a file; send it with its id within a day");
        visitors.MapPost("/receipts", async (string key, VisitorReceipts receipts, AcknowledgeMessages acknowledge, HttpContext http, CancellationToken cancel) =>
        {
            await acknowledge.RunAsync(http, key, receipts, cancel);
            return TypedResults.NoContent();
        }).WithSummary("Say what arrived and what was seen");
        visitors.MapPost("/typing", async (string key, WidgetGate gate, Databases databases, HttpContext http, CancellationToken cancel) =>
        {
            var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.Signal(by, v));
            await using var db = databases.For(visitor.Account.TenantId);
            if (await db.ConversationOfAsync(visitor, cancel) is { } conversation) await Typing.TellAsync(db, conversation.Id, Typing.ByContact, cancel);
            return TypedResults.NoContent();
        }).WithSummary("Say that the visitor is typing");
        visitors.MapMethods("/{**rest}", ["OPTIONS"], WidgetGate.AnswerPreflight).ExcludeFromDescription();
    }
}
