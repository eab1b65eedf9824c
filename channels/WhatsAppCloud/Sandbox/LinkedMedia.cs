using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Fetches media that a business gave as a link; like the network, the same link only once in ten minutes.</summary>
internal sealed class LinkedMedia(World world)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, MediaFile? File)> _cache = new();

    /// <summary>Null when the message carries no link or the link led somewhere; otherwise why the message fails.</summary>
    public async Task<GraphError?> FetchAsync(PhoneMessage message, CancellationToken cancellation)
    {
        if (message.Type is not ("image" or "video" or "audio" or "document" or "sticker")) return null;
        var media = message.Json().Object(message.Type);
        if (media?.Text("id") is { } id && world.Media.Find(id, world.Time.GetUtcNow()) is null)
            return GraphError.Of(131053, $"Media {id} does not exist or has expired.");
        if (media?.Text("link") is not { } link) return null;

        var now = world.Time.GetUtcNow();
        if (!_cache.TryGetValue(link, out var cached) || cached.Until < now)
        {
            var fetched = Uri.TryCreate(link, UriKind.Absolute, out var url) ? await world.Courier.FetchAsync(url, cancellation) : null;
            var file = fetched is { } found ? world.Media.Put(found.Bytes, found.MimeType, null, now + CacheTime) : null;
            cached = _cache[link] = (now + CacheTime, file);
        }
        return cached.File is null ? GraphError.Of(131053, $"Downloading media from weblink failed: {link}") : null;
    }

    /// <summary>What the link led to, once it was fetched.</summary>
    public MediaFile? Fetched(string link) => _cache.TryGetValue(link, out var cached) ? cached.File : null;

    public void Clear() => _cache.Clear();
}
