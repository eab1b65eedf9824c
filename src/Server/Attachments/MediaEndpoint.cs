using ChatOperator.Attachments.Store;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace ChatOperator.Attachments;

/// <summary>
/// Serves stored files, to whoever has a signed address and to callers of the file's tenant. The bytes are strangers': nothing in them may act
/// under our name, so only pictures, sound and film are shown in place, and a browser that opens one runs nothing in it.
/// </summary>
internal static class MediaEndpoint
{
    /// <summary>A page of its own with nothing of ours, without scripts, forms or plug-ins; pictures and sound of itself may show.</summary>
    private const string Policy = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    /// <summary>Types that browsers only show or play.</summary>
    private static readonly HashSet<string> Shown =
    [
        "image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/3gpp", "video/webm", "video/quicktime",
        "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/wav", "audio/webm",
    ];

    public static void MapMedia(this WebApplication app) =>
        app.MapMethods("/media/{tenant:guid}/{id:guid}/{name?}", ["GET", "HEAD"], ServeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(
        Guid tenant, Guid id, string? v, string? e, string? s, CurrentCaller caller, MediaLinks links, MediaStore store, Databases databases,
        HttpContext http, CancellationToken cancel)
    {
        var thumbnail = v == "t";
        var link = links.Check(tenant, id, thumbnail, e, s);
        if (link != LinkState.Good && !(caller.IsKnown && caller.Tenant == tenant && caller.Role != Role.Service))
            throw link == LinkState.Ended ? Ended() : Problem.NotFound();
        await using var db = databases.For(tenant);
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
        if (file is null || file.State == AttachmentState.Linked) throw Problem.NotFound();
        if (file.State != AttachmentState.Stored) throw file.State == AttachmentState.Waiting ? Awaited() : Gone(file);
        if (thumbnail && !file.HasThumbnail) throw Problem.NotFound();
        var bytes = (thumbnail ? store.OpenThumbnail(tenant, id) : store.Open(tenant, id)) ?? throw Problem.NotFound();
        var type = thumbnail ? "image/webp" : file.MimeType ?? "application/octet-stream";
        Guard(http.Response.Headers, file, type, thumbnail);
        return Results.File(bytes, type, lastModified: file.CreatedAt, entityTag: Tag(file, thumbnail), enableRangeProcessing: true);
    }

    private static void Guard(IHeaderDictionary headers, Attachment file, string type, bool thumbnail)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Signed addresses are also shown by pages of other origins, such as a customer's with the widget in it.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "private, max-age=86400";
        var disposition = new ContentDispositionHeaderValue(Shown.Contains(type) ? "inline" : "attachment");
        if (!thumbnail) disposition.SetHttpFileName(FileNames.WithEnding(file.FileName, file.MimeType, "file"));
        headers.ContentDisposition = disposition.ToString();
    }

    private static EntityTagHeaderValue Tag(Attachment file, bool thumbnail) =>
        new($"\"{Convert.ToHexStringLower(file.Sha256.AsSpan(0, 16))}{(thumbnail ? "-t" : "")}\"");

    /// <summary>Addresses are given out with the message, before the network has given us the file.</summary>
    private static Problem Awaited() =>
        new(404, "file_not_here_yet", "This file is still being fetched from its network.", "Ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };

    private static Problem Gone(Attachment file) =>
        new(410, "file_gone", "This file is not here any more, or never came.", "Ask whoever sent it to send it again.") { More = { ["reason"] = file.Reason } };

    private static Problem Ended() =>
        new(403, "link_expired", "This address of the file has ended.", "Read the message again; its answer has a fresh address.");
}
