using ChatOperator.Attachments.Facts;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments;

/// <summary>Brings a complete file into the store and its facts into its row. The caller saves the row.</summary>
internal sealed class KeepFile(MediaStore store)
{
    /// <param name="declared">What whoever brought it says it is; believed where the bytes cannot tell.</param>
    public void Keep(IncomingFile file, Attachment row, string? declared)
    {
        (row.Kind, row.MimeType) = FileType.Decide(row.Kind, declared, FileFacts.Head(file.Path));
        var facts = FileFacts.Read(file.Path, row.MimeType);
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
}
