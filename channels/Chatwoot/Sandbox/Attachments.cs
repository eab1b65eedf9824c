using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>Files of messages. Their addresses lead on to where the bytes are, at another host and without any token.</summary>
internal sealed class Attachments(World world)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private readonly ConcurrentDictionary<(string Number, int Choice), string> _avatars = new();
    private long _lastId = 500;

    /// <summary>What a customer's message of this type carries; null for plain words.</summary>
    /// <exception cref="ControlException">The type is unknown, or the file does not exist.</exception>
    public JsonObject? Of(string type, JsonObject given)
    {
        switch (type)
        {
            case "text":
                return null;
            case "location":
                return new JsonObject
                {
                    ["id"] = Interlocked.Increment(ref _lastId), ["file_type"] = "location", ["coordinates_lat"] = -34.6037,
                    ["coordinates_long"] = -58.3816, ["fallback_title"] = "Obelisco", ["data_url"] = "",
                };
            case "contacts":
                return new JsonObject { ["id"] = Interlocked.Increment(ref _lastId), ["file_type"] = "contact", ["fallback_title"] = "+5491155550199" };
            case "image" or "video" or "audio" or "voice" or "document" or "sticker":
                var kind = type == "voice" ? "audio" : type;
                var sample = Samples.Of(kind);
                var wanted = (given["media"] ?? given[type]) as JsonObject;
                if (wanted?["id"]?.ToString() is { } id)
                    return Describe(world.Media.Find(id, world.Time.GetUtcNow()) ?? throw new ControlException($"media {id} does not exist"), kind);
                return Put(sample.Bytes, sample.MimeType, sample.Filename, kind);
            default:
                throw new ControlException($"type {type} is not known");
        }
    }

    public JsonObject Put(byte[] bytes, string mimeType, string fileName, string kind) =>
        Describe(world.Media.Put(bytes, mimeType, fileName, world.Time.GetUtcNow() + Life), kind);

    /// <summary>Where a contact's picture is: the same address until they choose another.</summary>
    public string AvatarOf(Phone phone) => _avatars.GetOrAdd((phone.Number, phone.Portrait), key => UrlOf(world.Media.Put(
        Portrait.Of(key.Number, key.Choice), "image/png", "avatar.png", world.Time.GetUtcNow() + Life)));

    public void Map(IEndpointRouteBuilder media)
    {
        media.MapGet("/rails/active_storage/blobs/redirect/{id}/{name}", (string id, string name) =>
            Results.Redirect($"/rails/active_storage/disk/{id}/{Uri.EscapeDataString(name)}"));
        media.MapGet("/rails/active_storage/disk/{id}/{name}", (string id, string name) =>
            world.Media.Find(id, world.Time.GetUtcNow()) is { } file ? Results.Bytes(file.Bytes, file.MimeType) : Results.NotFound());
    }

    private JsonObject Describe(MediaFile file, string kind) => new()
    {
        ["id"] = Interlocked.Increment(ref _lastId),
        ["file_type"] = kind switch { "document" => "file", "sticker" => "image", _ => kind },
        ["extension"] = null,
        ["data_url"] = UrlOf(file),
        ["thumb_url"] = "",
        ["file_size"] = file.Bytes.Length,
        ["media_id"] = file.Id,
    };

    private string UrlOf(MediaFile file) =>
        new Uri(world.MediaAddress, $"/rails/active_storage/blobs/redirect/{file.Id}/{Uri.EscapeDataString(file.Filename ?? "file")}").ToString();
}
