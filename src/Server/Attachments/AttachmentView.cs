using System.ComponentModel.DataAnnotations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using System.Text.Json.Serialization;

namespace ChatOperator.Attachments;

/// <summary>A file of a message, as the API shows it.</summary>
public sealed record AttachmentView
{
    public required Guid Id { get; init; }

    [AllowedValues("image", "video", "audio", "document")]
    public required string Type { get; init; }
    public required AttachmentState State { get; init; }

    /// <summary>Why there is nothing to open: too_large, network_gone, account_gone, deleted, retention.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>
    /// Where the bytes are, or will be: until then, and when they are gone, it answers with a problem that says so. Holds for a day at least and is
    /// the same all day.
    /// </summary>
    public required string Url { get; init; }
    public string? Filename { get; init; }
    public string? MimeType { get; init; }

    /// <summary>Bytes, when known.</summary>
    public long? Size { get; init; }

    /// <summary>Pixels, so that the place can be kept before the bytes come.</summary>
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>Seconds, of what plays.</summary>
    public double? Duration { get; init; }

    /// <summary>A small WebP picture; null: there is none.</summary>
    public string? ThumbnailUrl { get; init; }

    /// <summary>A voice note.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Voice { get; init; }

    /// <summary>An image shown without a frame.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Sticker { get; init; }

    /// <summary>Words of this file alone, when a message has several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Caption { get; init; }

    internal static AttachmentView Of(Attachment file, MediaLinks links)
    {
        var stored = file.State == AttachmentState.Stored;
        return new AttachmentView
        {
            Id = file.Id, Type = file.Kind == "sticker" ? "image" : file.Kind, Sticker = file.Kind == "sticker", State = file.State, Reason = file.Reason,
            Url = (file.State == AttachmentState.Linked ? Links.Outside(file.Source) : null) ?? links.To(file),
            ThumbnailUrl = stored && file.HasThumbnail ? links.ToThumbnail(file) : null,
            Filename = file.FileName, MimeType = file.MimeType, Size = file.Size, Width = file.Width, Height = file.Height,
            Duration = file.DurationMs / 1000.0, Voice = file.Voice, Caption = file.Caption,
        };
    }
}

/// <summary>Reads the files of a page of messages.</summary>
internal static class MessageFiles
{
    /// <summary>By message, each in order.</summary>
    /// <param name="messages">Those that may have files.</param>
    public static async Task<ILookup<long, AttachmentView>> FilesOfAsync(
        this AppDb db, IReadOnlyCollection<long> messages, MediaLinks links, CancellationToken cancel)
    {
        if (messages.Count == 0) return Enumerable.Empty<Attachment>().ToLookup(_ => 0L, f => AttachmentView.Of(f, links));
        var ids = messages.Select(id => (long?)id).ToList();
        var files = await db.Attachments.AsNoTracking().Where(a => ids.Contains(a.MessageId)).OrderBy(a => a.Position).ToListAsync(cancel);
        return files.ToLookup(f => f.MessageId!.Value, f => AttachmentView.Of(f, links));
    }
}
