using ChatOperator.Attachments;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox.Files;

/// <summary>Turns what an operator attached into contents, and ties files to the message they leave with.</summary>
internal static class OutgoingFiles
{
    private static readonly string[] Kinds = ["image", "video", "audio", "document", "sticker"];

    /// <summary>Longest list of files of one message.</summary>
    private const int MostFiles = 30;

    /// <summary>The words, then the files in their order; the words become the first file's caption when the network has captions.</summary>
    /// <exception cref="Problem">400, 404, 409, 413, 415: see <see cref="FileLimits"/>.</exception>
    public static async Task<List<Content>> ContentsAsync(
        this AppDb db, ConnectedAccount account, string? words, IReadOnlyList<SendAttachment> files, CancellationToken cancel)
    {
        if (files.Count > MostFiles) throw Problem.Invalid($"attachments: at most {MostFiles} at once.");
        if (string.IsNullOrWhiteSpace(words) && files.Count == 0) throw Problem.Invalid("message is empty.", "Write something or attach a file.");
        var contents = new List<Content>(files.Count + 1);
        foreach (var file in files)
        {
            var media = file.Id is { } id ? await UploadedAsync(db, account, id, file, cancel) : Linked(account, file);
            if (media.Caption?.Length > CaptionOf(account, media.Kind))
                throw Problem.Invalid($"attachments: the caption of a file of this kind may have {CaptionOf(account, media.Kind)} characters.");
            contents.Add(media);
        }
        Outgoing.CheckLength("message", words);
        return WithWords(account, words, contents);
    }

    /// <summary>The words become the first file's caption when the network has captions; otherwise they go before it.</summary>
    public static List<Content> WithWords(ConnectedAccount account, string? words, IEnumerable<Content> files)
    {
        var contents = files.ToList();
        if (string.IsNullOrWhiteSpace(words)) return contents;
        if (contents is [MediaContent { Caption: null } first, ..] && words.Length <= CaptionOf(account, first.Kind)) contents[0] = first with { Caption = words };
        else contents.Insert(0, new TextContent(words));
        return contents;
    }

    /// <summary>Other captions for the files of a message that waits.</summary>
    public static async Task RecaptionAsync(this AppDb db, Message message, IReadOnlyList<Content> contents, CancellationToken cancel)
    {
        var rows = await db.Attachments.Where(a => a.MessageId == message.Id).OrderBy(a => a.Position).ToListAsync(cancel);
        foreach (var (row, media) in rows.Zip(contents.SelectMany(c => c.Files))) row.Caption = contents.Count > 1 ? media.Caption : null;
    }

    /// <summary>Ties uploads to their message, and notes files that the network fetches elsewhere.</summary>
    public static async Task AttachAsync(
        this AppDb db, Message message, Guid account, IReadOnlyList<Content> contents, DateTimeOffset now, CancellationToken cancel)
    {
        var files = contents.SelectMany(c => c.Files).ToList();
        for (var position = 0; position < files.Count; position++)
        {
            var media = files[position];
            var row = media.AttachmentId is { } id
                ? await db.Attachments.SingleAsync(a => a.Id == id && a.TenantId == message.TenantId, cancel)
                : db.Attachments.Add(new Attachment
                {
                    TenantId = message.TenantId, Id = Guid.CreateVersion7(now), AccountId = account, Kind = media.Kind, State = AttachmentState.Linked,
                    FileName = FileNames.Safe(media.FileName), MimeType = media.MimeType, Size = media.Bytes, Voice = media.Voice,
                    Source = ContentJson.Write(media), CreatedAt = now,
                }).Entity;
            (row.ConversationId, row.MessageId, row.Position) = (message.ConversationId, message.Id, position);
            row.Caption = contents.Count > 1 ? media.Caption : null;
        }
    }

    /// <summary>Whatever the networks hold of a message's files is not trusted any more: the next send hands them over anew.</summary>
    public static Task ForgetUploadsAsync(this AppDb db, Message message, CancellationToken cancel)
    {
        var files = db.Attachments.Where(a => a.MessageId == message.Id);
        return db.NetworkUploads.Where(u => files.Any(a => a.Id == u.AttachmentId)).ExecuteDeleteAsync(cancel);
    }

    private static int CaptionOf(ConnectedAccount account, string kind) =>
        account.Channel.Info.Capabilities.Media.FirstOrDefault(l => l.Kind == kind)?.MaxCaption ?? 0;

    private static async Task<MediaContent> UploadedAsync(AppDb db, ConnectedAccount account, Guid id, SendAttachment file, CancellationToken cancel)
    {
        var row = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.AccountId == account.Id && a.Kind != Attachment.Portrait, cancel) ?? throw Problem.NotFound();
        // Other requests of a shared transaction may have taken it, which is not stored yet.
        var isTaken = row.MessageId is not null || db.Attachments.Local.Any(a => a.Id == id && a.MessageId is not null);
        if (isTaken || row.State != AttachmentState.Stored)
            throw new Problem(409, "attachment_not_ready", "This upload was sent already, or is not complete.", "Upload the file again and send it with its new id.");
        FileLimits.Check(account.Channel.Info, row.Kind, row.MimeType, row.Size);
        return new MediaContent(
            row.Kind, null, null, row.MimeType, Words(file.Caption), row.FileName, Voice: row.Voice, Bytes: row.Size, AttachmentId: row.Id);
    }

    private static MediaContent Linked(ConnectedAccount account, SendAttachment file)
    {
        if (!Kinds.Contains(file.Type)) throw Problem.Invalid($"attachments: an id is needed, or a url with a type of {string.Join(", ", Kinds)}.");
        if (!Uri.TryCreate(file.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            throw Problem.Invalid("attachments: url must be a web address.");
        // Our own network shows files of ours alone: a visitor's browser is not sent to addresses elsewhere.
        if (account.Channel is IEmbeds)
            throw new Problem(415, "file_type_not_accepted", $"{account.Channel.Info.Name} does not take files by their address.", "Upload the file, or write its address into the message.");
        FileLimits.Check(account.Channel.Info, file.Type!, null, file.Size);
        return new MediaContent(file.Type!, null, file.Url, file.MimeType, Words(file.Caption), file.Filename, Bytes: file.Size);
    }

    private static string? Words(string? caption) => string.IsNullOrWhiteSpace(caption) ? null : caption;
}
