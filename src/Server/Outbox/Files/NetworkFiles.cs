using ChatOperator.Attachments;
using ChatOperator.Attachments.Store;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox.Files;

/// <summary>Makes a stored file sendable: handed over to a network that wants it so, once for as long as it keeps it; otherwise as a link of ours.</summary>
internal sealed class NetworkFiles(Databases databases, MediaStore store, MediaLinks links, TimeProvider time)
{
    /// <summary>The content to send, or why there is none. Repeating it sends nothing twice: nobody sees an upload.</summary>
    public async Task<ReadyFile> ReadyAsync(Guid id, MediaContent media, ConnectedAccount account, Connection connection, CancellationToken cancel)
    {
        await using var db = databases.For(account.TenantId);
        if (await FindAsync(db, id, cancel) is not { } row || !store.Has(row.TenantId, row.Id)) return ReadyFile.Not(Gone);
        var named = Named(media, row);
        if (account.Channel is not IUploadsMedia uploads) return new ReadyFile(named with { Url = links.To(row) }, null, false);
        var known = await db.NetworkUploads.AsNoTracking().SingleOrDefaultAsync(u => u.AttachmentId == id && u.AccountId == account.Id, cancel);
        if (known is not null && known.At + uploads.KeepsUploads > time.GetUtcNow()) return new ReadyFile(named with { MediaId = known.MediaId }, null, true);
        return await UploadAsync(db, row, named, account, uploads, connection, cancel);
    }

    /// <summary>Sends a file whose bytes go within the message.</summary>
    public async Task<SendOutcome> SendAsync(
        Guid id, OutboundMessage message, ConnectedAccount account, ISendsFiles channel, Connection connection, CancellationToken cancel)
    {
        await using var db = databases.For(account.TenantId);
        if (await FindAsync(db, id, cancel) is not { } row) return Gone;
        await using var bytes = store.Open(row.TenantId, row.Id);
        if (bytes is null) return Gone;
        var media = Named((MediaContent)message.Content, row);
        return await channel.SendFileAsync(message with { Content = media }, Upload(row, media, bytes), connection, cancel);
    }

    /// <summary>A network that refuses a file it had taken earlier has lost it: it is forgotten, so that the next try hands it over anew.</summary>
    public async Task<bool> WasStaleAsync(Guid id, ConnectedAccount account, ReadyFile file, SendOutcome outcome)
    {
        if (!file.WasKnown || outcome is not Refused { Failure: { Code: "media_rejected" or "invalid_message", Certain: true } }) return false;
        await using var db = databases.For(account.TenantId);
        await db.WriteAsync(() => db.NetworkUploads.Where(u => u.AttachmentId == id && u.AccountId == account.Id).ExecuteDeleteAsync());
        return true;
    }

    private async Task<ReadyFile> UploadAsync(
        AppDb db, Attachment row, MediaContent media, ConnectedAccount account, IUploadsMedia uploads, Connection connection, CancellationToken cancel)
    {
        UploadAnswer answer;
        await using (var bytes = store.Open(row.TenantId, row.Id))
        {
            if (bytes is null) return ReadyFile.Not(Gone);
            answer = await uploads.UploadMediaAsync(Upload(row, media, bytes), connection, cancel);
        }
        if (answer is UploadRefused refused) return ReadyFile.Not(new Refused(refused.Failure, refused.Raw));
        var uploaded = ((UploadedMedia)answer).MediaId;
        await db.WriteAsync(
            async () =>
            {
                var known = await db.NetworkUploads.SingleOrDefaultAsync(u => u.AttachmentId == row.Id && u.AccountId == account.Id, cancel);
                if (known is null) db.NetworkUploads.Add(known = new NetworkUpload { TenantId = row.TenantId, AttachmentId = row.Id, AccountId = account.Id, MediaId = uploaded });
                (known.MediaId, known.At) = (uploaded, time.Now());
            },
            cancel);
        return new ReadyFile(media with { MediaId = uploaded }, null, false);
    }

    private static Task<Attachment?> FindAsync(AppDb db, Guid id, CancellationToken cancel) =>
        db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.State == AttachmentState.Stored, cancel);

    private static MediaContent Named(MediaContent media, Attachment row) =>
        media with { FileName = FileNames.WithEnding(row.FileName, row.MimeType, "file"), MimeType = row.MimeType };

    private static MediaUpload Upload(Attachment row, MediaContent media, Stream bytes) => new(
        media.Kind, media.FileName!, row.MimeType is "audio/ogg" ? "audio/ogg; codecs=opus" : row.MimeType ?? "application/octet-stream", bytes.Length, bytes);

    private static readonly Refused Gone = new(new SendFailure("file_gone", FailureReaction.Stop), null);
}

/// <summary>A file on the threshold of a send.</summary>
/// <param name="WasKnown">The network had been given it earlier, and may have lost it.</param>
internal sealed record ReadyFile(MediaContent? Content, Refused? Refusal, bool WasKnown)
{
    public static ReadyFile Not(Refused refusal) => new(null, refusal, false);
}
