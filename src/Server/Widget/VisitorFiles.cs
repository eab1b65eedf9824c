using System.Buffers.Text;
using System.Security.Cryptography;
using ChatOperator.Attachments;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Widget;

/// <summary>An uploaded file.</summary>
/// <param name="Id">For the message that carries it; of use to the visitor who uploaded it alone.</param>
public sealed record VisitorUpload(string Id, string Kind, string? Filename, string? MimeType, long? Size);

/// <summary>
/// Files of visitors, checked like those of operators: streamed to the disk, limited by the channel's capabilities, believed only as far as
/// their bytes tell. Whose a file is stands sealed in its id, so nobody can send another's.
/// </summary>
internal sealed class VisitorFiles(WidgetGate gate, Databases databases, SecretBox box, Settings settings, TimeProvider time, IServiceProvider services)
{
    private const int MaxId = 200;
    private const long Mega = 1024 * 1024;

    /// <exception cref="Problem">400; 401; 403 files_not_taken; 404; 408; 413; 415; 429.</exception>
    public async Task<VisitorUpload> UploadAsync(HttpContext http, string key, bool voice, CancellationToken cancel)
    {
        var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.File(by, v));
        if (visitor.Account.Settings.Or("attachments", "true") != "true")
            throw new Problem(403, "files_not_taken", "This widget takes no files.", "Write a message instead.");
        await using var db = databases.For(visitor.Account.TenantId);
        await CheckRoomAsync(db, visitor, cancel);
        var conversation = await db.ConversationOfAsync(visitor, cancel);
        var upload = ActivatorUtilities.CreateInstance<UploadFile>(services, db);
        var file = await upload.TakeAsync(visitor.Account, conversation?.Id, voice, http.Request, cancel);
        return new VisitorUpload(
            Base64Url.EncodeToString(box.Seal(file.Id.ToString("N"), Purpose(visitor))), file.Kind, file.FileName, file.MimeType, file.Size);
    }

    /// <summary>
    /// The file for one message, within a day of its upload. A browser that lost the answer sends its message again, with the same file: that is
    /// the same use of it, not a second one.
    /// </summary>
    /// <param name="message">The network's id of the message that is to carry it.</param>
    /// <exception cref="Problem">400: not an upload of this visitor, older than a day, or sent with another message.</exception>
    public async Task<Attachment> FindAsync(Visitor visitor, string id, string message, CancellationToken cancel)
    {
        await using var db = databases.For(visitor.Account.TenantId);
        if (Open(visitor, id) is { } upload && await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == upload, cancel) is { } file
            && await MaySendAsync(db, file, message, cancel))
            return file;
        throw Problem.Invalid("file.id is not an upload of this visitor that waits to be sent.", "Upload the file again.");
    }

    /// <remarks>The sweep of unsent files comes by now and then; the day ends when it ends.</remarks>
    private async Task<bool> MaySendAsync(AppDb db, Attachment file, string message, CancellationToken cancel) => file.MessageId is { } carrier
        ? await db.Messages.AnyAsync(m => m.Id == carrier && m.ExternalId == message, cancel)
        : file.State == AttachmentState.Stored && file.CreatedAt + Retention.UnsentKept > time.GetUtcNow();

    /// <summary>What is uploaded and never sent lies here for a day: it may not fill the disk.</summary>
    /// <exception cref="Problem">429 rate_limited.</exception>
    private async Task CheckRoomAsync(AppDb db, Visitor visitor, CancellationToken cancel)
    {
        var account = visitor.Account.Id;
        var unsent = await db.Attachments.Where(a => a.MessageId == null && a.Kind != Attachment.Portrait && a.AccountId == account).SumAsync(a => a.Size ?? 0, cancel);
        if (unsent >= settings.Widget.UnsentMegabytes * Mega) throw WidgetLimits.TooMuch();
    }

    private Guid? Open(Visitor visitor, string id)
    {
        if (id.Length > MaxId || !Base64Url.IsValid(id)) return null;
        try { return Guid.ParseExact(box.Open(Base64Url.DecodeFromChars(id), Purpose(visitor)), "N"); }
        catch (CryptographicException) { return null; }
    }

    private static string Purpose(Visitor visitor) => $"widget_file:{visitor.Account.Id:N}:{visitor.Browser}";
}
