using ChatOperator.Attachments.Facts;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments;

/// <summary>Brings a complete file into the store and its facts into its row. The caller saves the row.</summary>
internal sealed class KeepFile(MediaStore store, Film film)
{
    /// <param name="declared">What whoever brought it says it is; believed where the bytes cannot tell.</param>
    public async Task RunAsync(IncomingFile file, Attachment row, string? declared, CancellationToken cancel)
    {
        (row.Kind, row.MimeType) = FileType.Decide(row.Kind, declared, FileFacts.Head(file.Path));
        var facts = await FileFacts.ReadAsync(file.Path, row.MimeType, cancel);
        if (row.MimeType is "audio/webm" or "audio/aac") facts = await film.ListenAsync(file.Path, facts, cancel);
        if (row.Kind == "video") facts = await film.LookAsync(file.Path, facts, cancel);
        (row.Size, row.Sha256, row.Width, row.Height) = (file.Length, file.Sha256, facts.Width, facts.Height);
        row.DurationMs = (int?)facts.Duration?.TotalMilliseconds;
        row.FileName = row.FileName is null && row.Kind != "document" ? null : FileNames.WithEnding(row.FileName, row.MimeType, "file");
        if (facts.Thumbnail is { } small)
        {
            using var thumbnail = store.Create();
            thumbnail.Fill(small);
            store.KeepThumbnail(thumbnail, row.TenantId, row.Id);
        }
        row.HasThumbnail = facts.Thumbnail is not null;
        store.Keep(file, row.TenantId, row.Id);
        (row.State, row.Reason, row.DueAt) = (AttachmentState.Stored, null, null);
    }

    /// <summary>Keeps a contact's picture, small and written anew. False: it is none.</summary>
    public async Task<bool> AsPortraitAsync(IncomingFile file, Attachment row, CancellationToken cancel)
    {
        if (FileType.Sniff(FileFacts.Head(file.Path)) is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp")) return false;
        if (await Picture.PortraitAsync(file.Path, cancel) is not { } small) return false;
        using var picture = store.Create();
        picture.Fill(small);
        store.Keep(picture, row.TenantId, row.Id);
        // The hash of what came, by which an unchanged picture is known next time.
        (row.Sha256, row.Size, row.MimeType, row.State, row.DueAt) = (file.Sha256, small.Length, "image/webp", AttachmentState.Stored, null);
        return true;
    }
}
