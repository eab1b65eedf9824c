using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>What a visitor says.</summary>
/// <param name="ClientId">Drawn by the browser, 8 to 64 letters, digits and dashes: sent again, it is the same message.</param>
/// <param name="Page">Where the visitor is; sent with the first message of a visit.</param>
/// <param name="File">An uploaded file; then the text is its caption and may be empty.</param>
public sealed record NewVisitorMessage(string ClientId, string Text, VisitorPlace? Page = null, VisitorFile? File = null);

/// <summary>A file of a message, by what its upload answered.</summary>
public sealed record VisitorFile(string Id);

/// <summary>The page a visitor writes from.</summary>
public sealed record VisitorPlace(string Url, string? Title = null);

/// <summary>That a message is durably stored.</summary>
public sealed record VisitorMessageStored(string ClientId);

/// <summary>Takes a visitor's message; answered once it is stored.</summary>
internal sealed class PostMessage(WidgetGate gate, WidgetLimits limits, VisitorInlet inlet, VisitorFiles files, Databases databases)
{
    private const int MaxUrl = 2000;

    /// <exception cref="Problem">400; 401; 403; 404; 429; 503.</exception>
    public async Task<VisitorMessageStored> RunAsync(HttpContext http, string key, NewVisitorMessage message, CancellationToken cancel)
    {
        var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.Post(by, v));
        CheckClientId(message.ClientId);
        var text = message.Text.Trim();
        var most = visitor.Account.Channel.Info.Capabilities.MaxText;
        if ((text.Length == 0 && message.File is null) || text.EnumerateRunes().Count() > most) throw Problem.Invalid($"text: 1 to {most} characters.");
        var file = message.File is { } named ? await files.FindAsync(visitor, named.Id, visitor.ExternalId(message.ClientId), cancel) : null;
        await using var db = databases.For(visitor.Account.TenantId);
        if (await db.ConversationOfAsync(visitor, cancel) is null) limits.Conversation(http, visitor);
        await inlet.TakeAsync(visitor, [new
        {
            type = "message", id = visitor.ExternalId(message.ClientId), at = inlet.Now,
            visitor = new { id = visitor.Browser, user = visitor.User, name = visitor.Name }, text,
            file = file is null ? null : new { id = file.Id, kind = file.Kind, mime_type = file.MimeType, name = file.FileName, bytes = file.Size, voice = file.Voice },
            page = message.Page is { Url.Length: > 0 and <= MaxUrl } page ? new { url = page.Url, title = page.Title } : null,
        }]);
        return new VisitorMessageStored(message.ClientId);
    }

    /// <exception cref="Problem">400.</exception>
    public static void CheckClientId(string id)
    {
        if (id.Length is < 8 or > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw Problem.Invalid("client_id: 8 to 64 letters, digits and dashes.");
    }
}
