using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// Upload, look-up, download and deletion of media. The bytes come from another host than the API, for five minutes, and only
/// with the account's bearer.
/// </summary>
internal sealed class MediaEndpoints(World world, Accounts accounts)
{
    public static readonly TimeSpan UploadLife = TimeSpan.FromDays(30);
    public static readonly TimeSpan InboundLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan UrlLife = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private static readonly Dictionary<string, int> LargestBytes = new()
    {
        ["image/jpeg"] = 5 << 20, ["image/png"] = 5 << 20, ["image/webp"] = 500 << 10,
        ["video/mp4"] = 16 << 20, ["video/3gpp"] = 16 << 20,
        ["audio/aac"] = 16 << 20, ["audio/amr"] = 16 << 20, ["audio/mpeg"] = 16 << 20, ["audio/mp4"] = 16 << 20, ["audio/ogg"] = 16 << 20,
    };

    /// <summary><c>POST /{phone-number-id}/media</c>.</summary>
    public async Task<IResult> UploadAsync(HttpContext http, string id)
    {
        if (accounts.Authorize(http, id, "post", out _) is { } denied) return denied;
        if (!http.Request.HasFormContentType) return GraphError.Of(100, "The upload must be multipart/form-data.");
        var form = await http.Request.ReadFormAsync();
        if (form["messaging_product"] != "whatsapp") return GraphError.Of(100, "The parameter messaging_product is required.");
        if (form.Files.GetFile("file") is not { } file) return GraphError.Of(100, "The parameter file is required.");
        var type = form["type"].ToString() is { Length: > 0 } declared ? declared : file.ContentType;
        var bare = type.Split(';')[0].Trim();
        var limit = LargestBytes.TryGetValue(bare, out var known) ? known
            : bare == "text/plain" || bare.StartsWith("application/", StringComparison.Ordinal) ? 100 << 20 : 0;
        if (limit == 0) return GraphError.Of(100, $"Param file must be a file with one of the supported types, not {type}.");
        if (file.Length > limit) return GraphError.Of(131053, $"The file is larger than the {limit} bytes that {bare} may have.");

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var stored = world.Media.Put(bytes.ToArray(), type, file.FileName, world.Time.GetUtcNow() + UploadLife, id);
        return Results.Json(new { id = stored.Id });
    }

    /// <summary>The answer to <c>GET /{media-id}</c>.</summary>
    public IResult Describe(MediaFile file, string? phoneNumberId)
    {
        if (phoneNumberId is not null && file.Owner is not null && file.Owner != phoneNumberId)
            return GraphError.NoSuchObject(file.Id, "get");
        return Results.Json(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = UrlOf(file).ToString(),
            ["mime_type"] = file.MimeType,
            ["sha256"] = Convert.ToHexStringLower(file.Sha256),
            ["file_size"] = file.Bytes.Length.ToString(CultureInfo.InvariantCulture),
            ["id"] = file.Id,
        });
    }

    /// <summary>A fresh URL for the file; the look-up of a media id and inbound webhooks both give one.</summary>
    public Uri UrlOf(MediaFile file)
    {
        var expires = (world.Time.GetUtcNow() + UrlLife).ToUnixTimeSeconds();
        return new Uri(world.MediaAddress, $"/whatsapp_business/attachments/?mid={file.Id}&ext={expires}&hash={Hash(file.Id, expires)}");
    }

    /// <summary>The media host.</summary>
    public void MapDownload(IEndpointRouteBuilder media) =>
        media.MapGet("/whatsapp_business/attachments", (HttpContext http, string? mid, long? ext, string? hash) =>
        {
            if (accounts.Authorize(http, out _) is not null) return Results.StatusCode(StatusCodes.Status401Unauthorized);
            var now = world.Time.GetUtcNow();
            if (mid is null || ext is not { } expires || hash != Hash(mid, expires) || expires < now.ToUnixTimeSeconds()
                || world.Media.Find(mid, now) is not { } file)
                return Results.NotFound();
            return Results.Bytes(file.Bytes, file.MimeType);
        });

    private string Hash(string id, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{id}/{expires}")))[..24];
}
